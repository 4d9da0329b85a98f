"""
Files, read strictly and written whole.

A file is either as it was or as it should be: what is new is written beside it, forced
to the disk, and takes the file's name in one step.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import BusyError, SourceError, StoreError
from pipeline.store.exchange import take_place

_BESIDE: Final = ".publish-"
_CHUNK: Final = 1 << 16
"""Bytes that are written at once."""

_CAUSES: Final = {
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than is allowed",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOENT: "there is no such file or folder",
    errno.EISDIR: "it is a folder, not a file",
    errno.ENOTDIR: "a part of its path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.EIO: "the disk reports an error",
}

_NOT_SYNCED: Final = frozenset(
    {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM}
)
"""What is said where a folder cannot be forced to the disk, or not by us."""


def shown(path: Path, root: Path | None) -> str:
    """The path as errors name it: below the site's root, with slashes, if it is."""
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return str(path)


def read_bytes(
    path: Path, *, root: Path | None = None, most: int | None = None
) -> bytes:
    """The bytes of a file; with `most`, of an ordinary one. Raises StoreError."""
    try:
        if most is not None:
            _refuse_unusual(path, most, root)
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path takes twice as long
            return file.read()
    except (OSError, ValueError) as error:
        raise plain_cause(error, "cannot be read", path, root) from error


def _refuse_unusual(path: Path, most: int, root: Path | None) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    if status.st_size > most:
        raise StoreError(
            f"has {status.st_size:,} bytes, and no file of its kind has over {most:,}",
            path=shown(path, root),
            hint="look for what made it so large",
        )


def read_text(path: Path, *, root: Path | None = None) -> str:
    """
    The text of a UTF-8 file, without a byte order mark, its line ends as they are.

    Raises StoreError, or SourceError with the line of a byte that is not UTF-8.
    """
    data = read_bytes(path, root=root)
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"the byte 0x{data[error.start]:02x} is not UTF-8",
            path=shown(path, root),
            line=data.count(b"\n", 0, error.start) + 1,
            hint="save the file as UTF-8",
        ) from None


def write_atomically(
    path: Path,
    data: bytes | bytearray,
    *,
    root: Path | None = None,
    durable: bool = True,
) -> bool:
    """
    Make `data` the file's bytes; whether they were others.

    Mode and owner stay, a symbolic link keeps pointing where it does, missing folders
    are made, and where the bytes are equal nothing is touched. Raises StoreError, and
    the file is as it was. `durable` also forces it to the disk: what can be built again
    need not wait for that.
    """
    with plain_causes("cannot be written", path, root):
        target = Path(os.path.realpath(path))
        before = _status(target)
        if before and _holds(target, before, data):
            return False
        _make_folder(target.parent, durable=durable)
        with _beside(target, (data,), before, durable=durable) as beside:
            beside.replace(target)
        if durable:
            _sync_folder(target.parent)
        return True


def write_in_pieces(
    path: Path, pieces: Iterable[bytes], *, root: Path | None = None
) -> None:
    """
    Write a file whole that is too large to be in memory, and can be made again.

    As `write_atomically`, not `durable`; what was in it is not looked at. Raises
    StoreError.
    """
    with plain_causes("cannot be written", path, root):
        target = Path(os.path.realpath(path))
        before = _status(target)
        _make_folder(target.parent, durable=False)
        with _beside(target, _chunks(pieces), before, durable=False) as beside:
            beside.replace(target)


def append_exactly(
    path: Path, data: bytes, *, size: int, root: Path | None = None
) -> bool:
    """
    Add to the end of a file of so many bytes that can be made again.

    False where it is another file, or has another name besides, under which it stays as
    it is: nothing is written then. Raises StoreError, and the file is as it was.
    """
    with plain_causes("cannot be written", path, root):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            status = os.fstat(handle)
            is_ours = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
            if not is_ours or status.st_size != size:
                return False
            rest = memoryview(data)
            try:
                while rest:
                    rest = rest[os.write(handle, rest) :]
            except BaseException:
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)
        return True


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces, for each is written by a call of its own."""
    chunk = bytearray()
    for piece in pieces:
        chunk += piece
        if len(chunk) >= _CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


def replace_exactly(
    path: Path,
    data: bytes,
    *,
    of: bytes | None,
    root: Path | None = None,
    unsynced: set[Path] | None = None,
) -> None:
    """
    Make `data` the bytes of a file that holds `of`; None: of one that is not there.

    As `write_atomically`; and BusyError if the file holds anything else, even if that
    was saved in the very last moment: it stays as it was saved. Who writes many
    files gives a set for the folders that `sync_folder` has yet to be called with.
    """
    with plain_causes("cannot be written", path, root):
        target = Path(os.path.realpath(path))
        before = _status(target)
        _make_folder(target.parent)
        with _beside(target, (data,), before, durable=True) as beside:
            if not take_place(beside, target, of=of):
                raise saved_meanwhile(shown(path, root))
        if unsynced is None:
            _sync_folder(target.parent)
        else:
            unsynced.add(target.parent)


def sync_folder(folder: Path, *, root: Path | None = None) -> None:
    """Force the names of a folder to the disk. Raises StoreError."""
    with plain_causes("cannot be forced to the disk", folder, root):
        _sync_folder(folder)


def saved_meanwhile(name: str) -> BusyError:
    """A file is not what it was when it was read."""
    return BusyError(
        "was saved by somebody else in the meantime, and is left as it is now",
        path=name,
        hint="run the same command again: it starts from the file as it is now",
    )


def make_folder(folder: Path, *, root: Path | None = None) -> None:
    """Make a folder that lasts, and those above it that are missing. StoreError."""
    with plain_causes("cannot be made", folder, root):
        _make_folder(folder)


def move(source: Path, target: Path, *, root: Path | None = None) -> None:
    """
    Give a file another name, in one step; missing folders are made.

    Raises StoreError, also where the target is there already.
    """
    with plain_causes("cannot be moved", source, root):
        if target.exists():
            raise StoreError(
                f"cannot be moved: {shown(target, root)} is there already",
                path=shown(source, root),
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        source.rename(target)
        _sync_folder(target.parent)
        _sync_folder(source.parent)


def remove(path: Path, *, root: Path | None = None) -> bool:
    """Remove a file; whether it was there. Raises StoreError."""
    with plain_causes("cannot be removed", path, root):
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync_folder(path.parent)
        return True


def sweep(folder: Path, *, root: Path | None = None, deep: bool = True) -> None:
    """
    Remove what a process that was killed left beside its files.

    To be called with the lock held, for a process at work has such files too. Raises
    StoreError. Not `deep`: in the folder itself alone.
    """
    find = folder.rglob if deep else folder.glob
    for path in sorted(find(f"{_BESIDE}*.tmp")):
        remove(path, root=root)


def is_left_over(path: str) -> bool:
    """Whether a process that was killed left this file beside its own."""
    name = path.rpartition("/")[2]
    return name.startswith(_BESIDE) and name.endswith(".tmp")


def _status(path: Path) -> os.stat_result | None:
    """What the disk says of a file, or None if it is not there."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return status


def _holds(path: Path, status: os.stat_result, data: bytes | bytearray) -> bool:
    return status.st_size == len(data) and has_bytes(path, data)


def has_bytes(path: Path | str, data: bytes | bytearray) -> bool:
    """
    Whether a file of this length has just these bytes. Raises OSError.

    It is read piece by piece: a sitemap may have tens of megabytes.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path takes longer
        return all(
            file.read(_CHUNK) == data[start : start + _CHUNK]
            for start in range(0, len(data) or 1, _CHUNK)
        )


@contextmanager
def _beside(
    target: Path,
    pieces: Iterable[bytes | bytearray],
    before: os.stat_result | None,
    *,
    durable: bool,
) -> Iterator[Path]:
    """A new file beside the target with its rights, to take its place."""
    beside = target.parent / f"{_BESIDE}{os.urandom(8).hex()}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(beside, flags, 0o666)
    try:
        try:
            if before:
                _keep_rights(handle, before)
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    rest = rest[os.write(handle, rest) :]
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        yield beside
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _keep_rights(handle: int, before: os.stat_result) -> None:
    """Owner and group first, for a change of owner resets bits of the mode."""
    if (before.st_uid, before.st_gid) != (os.geteuid(), os.fstat(handle).st_gid):
        for owner in (before.st_uid, -1):
            with suppress(PermissionError):
                os.fchown(handle, owner, before.st_gid)
                break
    with suppress(PermissionError):
        os.fchmod(handle, stat.S_IMODE(before.st_mode))


def _make_folder(folder: Path, *, durable: bool = True) -> None:
    """Make a folder, and those above it that are missing."""
    if folder.exists():
        return
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
    for each in missing if durable else ():
        _sync_folder(each.parent)


def _sync_folder(folder: Path) -> None:
    """Force a rename to the disk; some file systems know no such thing."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_SYNCED:
            raise


@contextmanager
def plain_causes(what: str, path: Path, root: Path | None) -> Iterator[None]:
    """Every OSError as a StoreError that a translator understands."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise plain_cause(error, what, path, root) from error


def plain_cause(
    error: OSError | ValueError, what: str, path: Path, root: Path | None
) -> StoreError:
    """What the system said as a StoreError; a ValueError is a NUL in the path."""
    cause = str(error)
    if isinstance(error, OSError):
        cause = _CAUSES.get(error.errno or 0) or error.strerror or cause
    return StoreError(f"{what}: {cause}", path=shown(path, root))
