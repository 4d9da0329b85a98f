"""
What the last build saw and made, so that the next one can tell that nothing changed.

A file counts as unchanged if its size and its time of modification are, and if that
time is older than the build that recorded it: an edit within the same tick of the
clock could hide behind equal numbers (git calls such entries racy).
"""

import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.errors import PublishError
from pipeline.store.files import write_atomically

Stamp: TypeAlias = tuple[int, int]
"""Size in bytes and time of modification in nanoseconds."""

RACY: Final = 20_000_000
"""Nanoseconds: longer than the tick of the file systems that we meet."""


@dataclass(frozen=True, slots=True)
class BuildState:
    """One build, remembered."""

    key: str
    """Options and code: where it differs, nothing else counts."""

    started: int
    """Nanoseconds since 1970."""

    inputs: Mapping[str, Stamp]
    outputs: Mapping[str, Stamp]
    report: Mapping[str, object]


def stamp_trees(
    root: Path, tops: Iterable[str], *, but: Container[str] = ()
) -> dict[str, Stamp]:
    """
    The stamp of every file below some folders (or of single files) of the root.

    Folders named as in `but` are left out.
    """
    found: dict[str, Stamp] = {}
    for top in tops:
        path = root / top
        try:
            if path.is_dir():
                found.update(_scan(str(path), top, but))
            else:
                stat = path.stat()
                found[top] = (stat.st_size, stat.st_mtime_ns)
        except FileNotFoundError:
            continue
    return found


def stamp_files(root: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """The stamp of each of these files of the root that is there."""
    found: dict[str, Stamp] = {}
    # There may be tens of thousands: no Path, and no walk from the top for each.
    top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for path in paths:
            with suppress(FileNotFoundError, NotADirectoryError):
                stat = os.stat(path, dir_fd=top)
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


def is_current(state: BuildState, inputs: Mapping[str, Stamp]) -> bool:
    """Whether the inputs are those of that build, none of them racy."""
    newest = max((mtime for _, mtime in inputs.values()), default=0)
    return state.inputs == inputs and newest < state.started - RACY


def state_path(root: Path, name: str) -> Path:
    """Where the state of a kind of build lies; it can be deleted at any time."""
    return root / ".publish" / f"{name}.json"


def read_state(root: Path, name: str) -> BuildState | None:
    """The last build of this kind; None if there is none that can be read."""
    try:
        values = json.loads(state_path(root, name).read_bytes())
        return BuildState(
            key=values["key"],
            started=values["started"],
            inputs=_stamps(*values["inputs"]),
            outputs=_stamps(*values["outputs"]),
            report=values["report"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_state(root: Path, name: str, state: BuildState) -> None:
    """Remember a build. Raises StoreError."""
    values = {
        "key": state.key,
        "started": state.started,
        "inputs": _columns(state.inputs),
        "outputs": _columns(state.outputs),
        "report": state.report,
    }
    data = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogateescape")
    write_atomically(state_path(root, name), data, root=root, durable=False)


def _columns(stamps: Mapping[str, Stamp]) -> tuple[Sequence[object], ...]:
    """Paths, sizes and times: three long lists are read faster than many short ones."""
    return (
        list(stamps),
        [size for size, _ in stamps.values()],
        [mtime for _, mtime in stamps.values()],
    )


def _stamps(
    paths: Sequence[str], sizes: Sequence[int], mtimes: Sequence[int]
) -> dict[str, Stamp]:
    return dict(zip(paths, zip(sizes, mtimes, strict=True), strict=True))


def forget_state(root: Path, name: str) -> None:
    """The last build no longer says anything about what is on the disk."""
    try:
        state_path(root, name).unlink(missing_ok=True)
    except OSError as error:
        path = state_path(root, name).relative_to(root).as_posix()
        raise PublishError(f"cannot be removed: {error.strerror}", path=path) from error
