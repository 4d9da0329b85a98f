"""Lighthouse, as its makers run it, with Debian's Chromium."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import CHROMIUM

PROGRAM = Path(".venv/node/node_modules/lighthouse/cli/index.js")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"


def scores(address: str, *, desktop: bool) -> dict[str, int]:
    """The score of each category, from 0 to 100."""
    program = Path(__file__).parents[1] / PROGRAM
    node = shutil.which("node")
    if node is None or not program.exists():
        pytest.fail(f"node or {PROGRAM} is missing: `make .venv/tested` installs them")
    preset = ["--preset", "desktop"] if desktop else []
    command = [node, str(program), address, "--quiet", "--output", "json", *preset]
    ran = subprocess.run(
        [*command, f"--chrome-flags={FLAGS}"],
        env=os.environ | {"CHROME_PATH": str(CHROMIUM)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=True,
    )
    categories = json.loads(ran.stdout)["categories"]
    return {name: round(each["score"] * 100) for name, each in categories.items()}
