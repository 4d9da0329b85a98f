"""
The user's own cache, `$XDG_CACHE_HOME/publish/` or `~/.cache/publish/`.

What is compiled is code to whoever runs it, and a site's folder may be shared with
people who translate, or come in an archive from anywhere. So it is kept where nobody
else can have written it. All that is there can be deleted at any time.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.files import write_in_pieces


def read_cached(name: str) -> bytes | None:
    """What was kept under a name; None where there is nothing of this user's own."""
    folder = _folder()
    if folder is None or not _is_own(folder):
        return None
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def cached_lines(name: str) -> Iterator[bytes]:
    """The lines of what was kept under a name; none where `read_cached` finds none."""
    folder = _folder()
    if folder is None or not _is_own(folder):
        return
    with suppress(OSError), (folder / name).open("rb") as file:
        yield from file


def write_cached(name: str, data: bytes | Iterable[bytes]) -> None:
    """
    Keep it, whole or in pieces; not where the folder cannot be this user's own, or the
    disk refuses.
    """
    folder = _folder()
    if folder is None:
        return
    pieces = (data,) if isinstance(data, bytes) else data
    with suppress(OSError, StoreError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_own(folder):
            write_in_pieces(folder / name, pieces, root=folder)


def _folder() -> Path | None:
    cache = os.environ.get("XDG_CACHE_HOME", "").strip() or "~/.cache"
    try:
        return Path(cache).expanduser() / "publish"
    except RuntimeError:  # This user has no home.
        return None


def _is_own(folder: Path) -> bool:
    """Whether nobody else can write there."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    others = stat.S_IWGRP | stat.S_IWOTH
    is_ours = status.st_uid == os.geteuid() and not status.st_mode & others
    return is_ours and stat.S_ISDIR(status.st_mode)
