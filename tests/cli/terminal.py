"""A terminal of our own, in which the command believes that a person looks at it."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(r"\x1b\[[0-9;]*(?:3[0-9]|4[0-9]|9[0-7])[0-9;]*m")


def in_terminal(root: Path, *args: str, **env: str) -> tuple[int, str]:
    """The exit code, and everything that the command wrote to the terminal."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *args],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | env,
        stdin=its,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    written = b""
    try:
        while data := os.read(ours, 65536):
            written += data
    except OSError:  # Linux says so where the other end is closed
        pass
    finally:
        os.close(ours)
    return process.wait(), written.decode()
