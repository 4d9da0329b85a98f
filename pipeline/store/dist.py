"""The built files: written whole, where their bytes differ, and removed by name."""

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.files import has_bytes, plain_cause, remove, write_atomically
from pipeline.store.stamps import Stamp

FOLDER = "dist"


def stage(
    root: Path,
    path: str,
    data: bytes | bytearray,
    *,
    digest: str,
    is_there: bool = True,
) -> bool:
    """
    Write an output aside, to be put in its place when the whole set is made.

    Whether there was a need: not if the output holds these bytes already, which is
    looked at if it `is_there`. What is never put in its place is swept away. Raises
    StoreError.
    """
    _refuse_outside(path)
    try:
        if is_there and _holds(f"{root}/{path}", data):
            return False
        staged = _aside(root, path, digest)
        try:
            _write(staged, data)
        except FileNotFoundError:
            Path(staged).parent.mkdir(exist_ok=True)
            _write(staged, data)
    except (OSError, ValueError) as error:
        raise plain_cause(error, "cannot be written", root / path, root) from error
    return True


def place(root: Path, path: str, *, digest: str) -> tuple[Stamp, bool]:
    """
    Put an output that was staged in its place. Raises StoreError.

    Gives back its stamp, and whether the output held other bytes: who staged it may not
    have seen it.
    """
    _refuse_outside(path)
    target, source = f"{root}/{path}", _aside(root, path, digest)
    try:
        is_new = _renamed(source, target)
        if not is_new:
            data = Path(source).read_bytes()
            is_new = write_atomically(root / path, data, root=root, durable=False)
            Path(source).unlink()
        status = os.stat(target)  # noqa: PTH116 - Path takes several times as long
    except (OSError, ValueError) as error:
        raise plain_cause(error, "cannot be written", root / path, root) from error
    return (status.st_size, status.st_mtime_ns), is_new


def _aside(root: Path, path: str, digest: str) -> str:
    """Where an output is staged: nobody has to remember that of so many."""
    name = blake2b(f"{path}\0{digest}".encode(), digest_size=8).hexdigest()
    return f"{root}/.publish/.publish-{name}.tmp"


def _write(path: str, data: bytes | bytearray) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
    handle = os.open(path, flags, 0o666)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, memoryview(data)[written:])
    finally:
        os.close(handle)


def _renamed(source: str, target: str) -> bool:
    """Whether a new file could take its place as it is."""
    folder = target.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102 - the same
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        if os.path.lexists(target):
            return False
    try:
        os.rename(source, target)  # noqa: PTH104 - the same
    except OSError:
        return False
    return True


def _holds(path: str, data: bytes | bytearray) -> bool:
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - the same
        return size == len(data) and has_bytes(path, data)
    except FileNotFoundError:
        return False


def write_dist(root: Path, files: Mapping[str, bytes | bytearray]) -> tuple[str, ...]:
    """
    Write files by path below the root; give back those whose bytes were different.

    Raises StoreError: each file that was written until then is whole.
    """
    return tuple(
        path
        for path, data in files.items()
        if write_atomically(_inside(root, path), data, root=root, durable=False)
    )


def remove_dist(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Remove files that are no longer built, and the folders they leave empty."""
    removed: list[str] = []
    for path in sorted(paths):
        target = _inside(root, path)
        if not target.exists():
            continue
        remove(target, root=root)
        removed.append(path)
        _remove_empty(target.parent, root / FOLDER)
    return tuple(removed)


def list_dist(root: Path, folder: str) -> tuple[str, ...]:
    """Every file below a folder of the root, by path below the root."""
    top = root / folder
    return tuple(
        sorted(
            path.relative_to(root).as_posix()
            for path in top.rglob("*")
            if path.is_file() and not path.is_symlink()
        ),
    )


def _inside(root: Path, path: str) -> Path:
    """The place of an output. Raises StoreError if it would leave dist/."""
    _refuse_outside(path)
    return root / path


def _refuse_outside(path: str) -> None:
    parts = path.split("/")
    if parts[0] != FOLDER or ".." in parts:
        raise StoreError("an output would leave dist/", path=path)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and folder.is_relative_to(top):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
