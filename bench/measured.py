"""What a run of a whole process costs, and what it wrote."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Final

CACHE: Final = ".cache"
"""Of the user, as the programs see it: a folder of the site."""


@dataclass(frozen=True)
class Cost:
    """Of one run of a whole process with its children."""

    clock: float
    cpu: float
    megabytes: float
    """Of the largest of its processes."""

    out: str = ""


class SlowError(Exception):
    """A command took longer than it was given."""


def cost(command: Sequence[str], folder: Path, limit: int | None = None) -> Cost:
    """Run a command; stop everything if it fails, raise SlowError after `limit` s."""
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=out,
            stderr=out,
            env=_environment(folder),
            start_new_session=True,
        )
        # `wait4` tells of this process and its children alone; it knows no time limit.
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(process.pid, 9))
        signal.alarm(limit or 0)
        _, status, usage = os.wait4(process.pid, 0)
        signal.alarm(0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode == -9:
        raise SlowError
    if process.returncode not in {0, 3}:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}\n{text[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(clock, cpu, usage.ru_maxrss / 1024, text)


def _environment(folder: Path) -> dict[str, str]:
    """Ours, with Python's compiled modules: who installs a program has them."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    # What a first run leaves in the user's cache must not help the next first run.
    return kept | {"XDG_CACHE_HOME": str(folder / CACHE)}


def figures(found: Cost) -> dict[str, float]:
    """As they are kept."""
    return {
        "clock": round(found.clock, 3),
        "cpu": round(found.cpu, 3),
        "megabytes": round(found.megabytes),
    }


def best(run: Callable[[], Cost], runs: int) -> Cost:
    return min((run() for _ in range(runs)), key=lambda each: each.clock)


@dataclass(frozen=True)
class File:
    written: tuple[int, int]
    digest: bytes


@dataclass(frozen=True)
class State:
    """The files of a folder: when each was written, and what it holds."""

    files: Mapping[str, File]

    @classmethod
    def of(cls, top: Path) -> "State":
        return cls(
            {
                path.relative_to(top).as_posix(): _file(path)
                for path in top.rglob("*")
                if path.is_file()
            }
        )

    def only(self, suffix: str) -> "State":
        return State({n: f for n, f in self.files.items() if n.endswith(suffix)})

    def written_since(self, before: "State") -> int:
        """Files that were written, whether they became another or not."""
        return sum(
            name not in before.files or before.files[name].written != file.written
            for name, file in self.files.items()
        )

    def new_since(self, before: "State") -> int:
        """Files that hold something else than before, or were not there."""
        return sum(
            name not in before.files or before.files[name].digest != file.digest
            for name, file in self.files.items()
        )

    def unlike(self, other: "State") -> int:
        """Files that are another there, or not there, or only there."""
        gone = other.files.keys() - self.files.keys()
        return self.new_since(other) + len(gone)


def _file(path: Path) -> File:
    status = path.stat()
    digest = blake2b(path.read_bytes(), digest_size=16).digest()
    return File((status.st_mtime_ns, status.st_ino), digest)


def machine() -> dict[str, str]:
    """When and on what something is measured, and what else goes on there."""
    return {
        "date": f"{datetime.now(tz=UTC):%Y-%m-%d}",
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "load": f"{os.getloadavg()[0]:.1f}",
    }
