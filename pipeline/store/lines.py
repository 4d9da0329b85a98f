"""Files of JSON lines, which are only ever appended to."""

import errno
import json
import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.store.files import plain_causes


def append_line(path: Path, line: str, *, root: Path | None = None) -> None:
    """
    Add one line at the end of a file, which is made if it is not there.

    Raises StoreError.
    """
    append_lines(path, (line,), root=root)


def append_lines(path: Path, lines: Iterable[str], *, root: Path | None = None) -> None:
    """
    Add lines at the end of a file, which is made if it is not there; none: nothing.

    They are written in one call and forced to the disk. A last line without an end is
    ended first; one that is no JSON was cut by a crash before anybody was told that
    it is written, and is taken away. Raises StoreError.
    """
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        return
    with plain_causes("cannot be written", path, root):
        path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(path, flags, 0o666)
        try:
            size = os.fstat(handle).st_size
            data = text.encode()
            if last := _open_line(handle, size):
                if _is_json(last):
                    data = b"\n" + data
                else:
                    size -= len(last)
                    os.ftruncate(handle, size)
            if os.write(handle, data) != len(data):
                os.ftruncate(handle, size)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)


def _open_line(handle: int, size: int) -> bytes:
    """What stands behind the last end of a line."""
    if not size or os.pread(handle, 1, size - 1) == b"\n":
        return b""
    return os.pread(handle, size, 0).rpartition(b"\n")[2]


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
