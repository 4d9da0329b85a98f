"""
Files below `.publish/` that nobody but this user can have written.

What is compiled is code to whoever runs it, and a site's folder may be shared with
people who translate, or come in an archive from anywhere. So such a file is sealed with
a key that lies in the user's own cache, where only code of this user's gets: without
the seal it counts as not there. It can be deleted at any time, and so can the key.
"""

import os
import stat
from contextlib import suppress
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from typing import Final

from pipeline.errors import StoreError
from pipeline.store.files import write_atomically

_SEAL: Final = 32
"""Bytes, of the seal and of the key."""


def read_sealed(path: Path) -> bytes | None:
    """What was written; None where it is not there, or where another wrote it."""
    key = _key()
    if key is None:
        return None
    try:
        whole = path.read_bytes()
    except OSError:
        return None
    seal, data = whole[:_SEAL], whole[_SEAL:]
    return data if compare_digest(seal, _seal(data, key)) else None


def write_sealed(path: Path, data: bytes, *, root: Path) -> None:
    """Write and seal; nothing where there can be no key, or the disk refuses."""
    key = _key() or _new_key()
    if key is not None:
        with suppress(StoreError):
            write_atomically(path, _seal(data, key) + data, root=root, durable=False)


def _seal(data: bytes, key: bytes) -> bytes:
    return blake2b(data, key=key, digest_size=_SEAL).digest()


def _key_path() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME", "").strip() or "~/.cache"
    return Path(cache).expanduser() / "publish" / "seal"


def _key() -> bytes | None:
    """The key; none where anybody else may have read or written it."""
    try:
        with _key_path().open("rb") as file:
            status = os.fstat(file.fileno())
            key = file.read(_SEAL + 1)
    except (OSError, RuntimeError):  # RuntimeError: this user has no home
        return None
    others = stat.S_IRWXG | stat.S_IRWXO
    is_ours = status.st_uid == os.geteuid() and not status.st_mode & others
    return key if is_ours and len(key) == _SEAL else None


def _new_key() -> bytes | None:
    with suppress(OSError, RuntimeError):
        path = _key_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        # One that is there and no good is not mended: somebody else's it may be.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(_SEAL))
    return _key()
