"""
A site's folder in parcels, for machines that do not see it.

A parcel is a zip of the files of one part of the site, named by what they hold, so that
what has not changed is not sent again. What a machine made there comes back as a zip of
what it wrote in `.publish/`: outputs that are staged, and what it added to bodies.
"""

import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Final

from pipeline.errors import StoreError
from pipeline.late import regex
from pipeline.store.files import plain_causes, read_bytes

_FOLDERS: Final = ("source", "templates", "locales", ".publish/bodies")
_PUBLISH: Final = ".publish"
_STAGED: Final = regex(r"\.publish-[0-9a-f]{16}\.tmp")
_MADE: Final = regex(
    rf"([0-9]{{1,15}})/({_STAGED.pattern}|bodies/[a-z]+-[0-9a-f]{{16}}\.pack)"
)
"""Where in its file a piece belongs, and the file; nothing else is taken back."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def parts_of(root: Path) -> dict[str, tuple[str, ...]]:
    """The files that a build reads, below the root, by the part they belong to."""
    parts: dict[str, list[str]] = {}
    for top in _FOLDERS:
        for path in _files(root, top):
            parts.setdefault(_part(path), []).append(path)
    return {part: tuple(sorted(paths)) for part, paths in parts.items()}


def digest_of(root: Path, paths: Sequence[str]) -> str:
    """Tells the files of one part from what they were."""
    found = blake2b(digest_size=16)
    for path in paths:
        data = read_bytes(root / path, root=root)
        found.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        found.update(data)
    return found.hexdigest()


def packed(root: Path, paths: Sequence[str]) -> bytes:
    """These files as a zip."""
    return _zipped((path, read_bytes(root / path, root=root)) for path in paths)


def unpack(data: bytes, root: Path) -> None:
    """The files of a parcel, below a folder of our own."""
    with plain_causes("cannot be written", root, root), _opened(data) as parcel:
        parcel.extractall(root)


def lying_in(root: Path) -> dict[str, int]:
    """How long each file is that `made_since` would send, before any work is done."""
    return {
        path.removeprefix(f"{_PUBLISH}/"): (root / path).stat().st_size
        for path in _files(root, _PUBLISH)
    }


def made_since(root: Path, sent: dict[str, int]) -> bytes | None:
    """
    What was written in `.publish/` since the last time, as a zip; None if nothing was.

    `sent` tells how much of each file went before. What is staged is gone afterwards.
    """
    pieces: list[tuple[str, bytes]] = []
    staged: list[Path] = []
    for path in _files(root, _PUBLISH):
        name = path.removeprefix(f"{_PUBLISH}/")
        start = sent.get(name, 0)
        if not _MADE.fullmatch(f"{start}/{name}"):
            continue
        file = root / path
        if _STAGED.fullmatch(name):
            staged.append(file)
        data = file.read_bytes()[start:]
        if data or name not in sent:
            pieces.append((f"{start}/{name}", data))
            sent[name] = start + len(data)
    made = _zipped(iter(pieces)) if pieces else None
    for file in staged:
        file.unlink()
    return made


def take_back(data: bytes, root: Path) -> None:
    """
    Put what a machine made where it would have written it here.

    Raises StoreError for anything that is not of `.publish/`, before any is written.
    """
    with plain_causes("cannot be written", root, root), _opened(data) as parcel:
        places = [(name, _MADE.fullmatch(name)) for name in parcel.namelist()]
        for name, place in places:
            if place is None:
                raise StoreError(f"a machine of the cluster sent a file {name!r}")
        for name, place in places:
            assert place is not None  # noqa: S101 - just looked at
            target = root / _PUBLISH / place[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(target, os.O_WRONLY | os.O_CREAT, 0o666)
            try:
                os.pwrite(handle, parcel.read(name), int(place[1]))
            finally:
                os.close(handle)


def _part(path: str) -> str:
    """Source and templates are a part each, and so is every language and every pack."""
    first, *rest = path.split("/")
    if first == _PUBLISH:
        return path
    return f"{first}/{rest[0]}" if first == "locales" and len(rest) > 1 else first


def _files(root: Path, top: str) -> Iterator[str]:
    """Every file below a folder of the root, those behind links to folders too."""
    seen: set[str] = set()
    for folder, folders, names in os.walk(root / top, followlinks=True):
        real = os.path.realpath(folder)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in names:
            path = Path(folder, name)
            with suppress(OSError):
                if path.is_file():
                    yield path.relative_to(root).as_posix()


def _zipped(files: Iterator[tuple[str, bytes]]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parcel:
        for name, data in files:
            parcel.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as error:
        raise StoreError(f"what the cluster shares is damaged: {error}") from error
