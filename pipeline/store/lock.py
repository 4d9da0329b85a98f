"""The lock of a site: one process at a time writes to it."""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import BusyError
from pipeline.store.files import plain_causes, shown

LOCK: Final = ".publish/lock"
_PAUSE: Final = 0.05


@contextmanager
def locked(root: Path, *, timeout: float = 10.0, below: str = LOCK) -> Iterator[None]:
    """
    Hold the lock of the site at `root`, so that one process at a time writes to it.

    Another file `below` is another lock, for what may go on beside that.

    Raises BusyError after `timeout` seconds, naming the process that holds it. It is
    not reentrant, and it is free again when its process ends, however that ends.
    """
    path = root / below
    with plain_causes("cannot be locked", path, root):
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        handle = os.open(path, flags, 0o666)
    try:
        _wait(handle, path, root, timeout)
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
        with suppress(OSError):  # a full disk does not matter here
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()} {command}\n".encode(errors="replace"), 0)
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _wait(handle: int, path: Path, root: Path, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise _busy(handle, path, root) from None
            time.sleep(_PAUSE)
        else:
            return


def _busy(handle: int, path: Path, root: Path) -> BusyError:
    text = os.pread(handle, 1000, 0).decode(errors="replace").strip()
    process, _, command = text.partition(" ")
    holder = f"`{command}` (process {process})" if process else "another process"
    return BusyError(
        f"{holder} is at work on this site",
        path=shown(path, root),
        hint="wait until it is done, then try again",
    )
