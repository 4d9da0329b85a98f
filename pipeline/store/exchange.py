"""
A file takes the name of another, in one step, and only of the one that it should.

Between a last look at a file and a plain rename, somebody else's save would be lost
without anybody having seen it. Linux can exchange two names instead (renameat2, since
3.15): what was replaced is then still there, and can be looked at and put back.
"""

import errno
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, Protocol, cast

_NO_REPLACE: Final = 1
_EXCHANGE: Final = 2
_HERE: Final = -100
"""AT_FDCWD: paths are as the process sees them."""

_UNKNOWN: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})
"""What a file system or a kernel says that cannot do it."""


def take_place(source: Path, target: Path, *, of: bytes | None) -> bool:
    """
    Give `source` the name `target`, if that holds the bytes `of` (None: is not there).

    Whether it was so; if it was not, `target` is as the other one saved it, and
    `source` is still there. Raises OSError.
    """
    if of is None:
        return _take_new(source, target)
    try:
        if _renamed(source, target, _EXCHANGE):
            return _keep_if_it_was(of, source, target)
        if target.read_bytes() != of:
            return False
    except FileNotFoundError:
        return False
    source.replace(target)
    return True


def _keep_if_it_was(of: bytes, source: Path, target: Path) -> bool:
    """Look at what was replaced, which is called `source` now; put it back if wrong."""
    try:
        is_right = source.read_bytes() == of
    except BaseException:
        _renamed(source, target, _EXCHANGE)
        raise
    if is_right:
        with suppress(OSError):  # `sweep` finds it
            source.unlink()
    else:
        _renamed(source, target, _EXCHANGE)
    return is_right


def _take_new(source: Path, target: Path) -> bool:
    try:
        if _renamed(source, target, _NO_REPLACE):
            return True
    except FileExistsError:
        return False
    if target.exists():
        return False
    source.rename(target)
    return True


class _Rename(Protocol):
    def __call__(
        self, from_: int, source: bytes, to: int, target: bytes, flags: int, /
    ) -> int: ...


def _renamed(source: Path, target: Path, flags: int) -> bool:
    """Whether the system knows this way of renaming; if so, it is done."""
    rename = _system_rename()
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(source), _HERE, os.fsencode(target), flags) == 0:
        return True
    number = _last_error()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@cache
def _system_rename() -> _Rename | None:
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    return cast("_Rename | None", getattr(library, "renameat2", None))


def _last_error() -> int:
    import ctypes

    return ctypes.get_errno()
