"""
The stamps of files: whether they changed, told without reading them.

Every command that has nothing to do spends its time here and on imports, so that this
module needs nothing but the system's own calls.
"""

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

Stamp = tuple[int, int]
"""Size in bytes and time of modification in nanoseconds."""

RACY = 20_000_000
"""Nanoseconds: longer than the tick of the file systems that we meet."""


def stamp_trees(
    root: str | os.PathLike[str], tops: Iterable[str], *, but: Container[str] = ()
) -> dict[str, Stamp]:
    """
    The stamp of every file below some folders (or of single files) of the root.

    Folders named as in `but` are left out.
    """
    found: dict[str, Stamp] = {}
    for top in tops:
        path = f"{os.fspath(root)}/{top}"
        try:
            found.update(_scan(path, top, but))
        except NotADirectoryError:
            found |= stamp_files(root, [top])
        except FileNotFoundError:
            continue
    return found


def stamp_files(root: str | os.PathLike[str], paths: Iterable[str]) -> dict[str, Stamp]:
    """The stamp of each of these files of the root that is there."""
    found: dict[str, Stamp] = {}
    # There may be tens of thousands: no walk from the top of the disk for each.
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for path in paths:
            try:
                stat = os.stat(path, dir_fd=top)
            except (FileNotFoundError, NotADirectoryError):
                continue
            found[path] = (stat.st_size, stat.st_mtime_ns)
    finally:
        os.close(top)
    return found


def _scan(folder: str, name: str, but: Container[str]) -> Iterator[tuple[str, Stamp]]:
    pending = [(folder, name)]
    while pending:
        here, below = pending.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                child = f"{below}/{entry.name}"
                if entry.is_dir():
                    if not entry.is_symlink() and entry.name not in but:
                        pending.append((entry.path, child))
                    continue
                try:
                    stat = entry.stat()
                except FileNotFoundError:
                    continue
                yield child, (stat.st_size, stat.st_mtime_ns)


def columns(stamps: Mapping[str, Stamp]) -> tuple[Sequence[object], ...]:
    """Paths, sizes and times: three long lists are read faster than many short ones."""
    return (
        list(stamps),
        [size for size, _ in stamps.values()],
        [mtime for _, mtime in stamps.values()],
    )


def from_columns(
    paths: Sequence[str], sizes: Sequence[int], mtimes: Sequence[int]
) -> dict[str, Stamp]:
    """The stamps that `columns` wrote. Raises ValueError and TypeError."""
    return dict(zip(paths, zip(sizes, mtimes, strict=True), strict=True))
