"""
What the last build saw and made, so that the next one can tell that nothing changed.

A file counts as unchanged if its size and its time of modification are, and if that
time is older than the build that recorded it: an edit within the same tick of the
clock could hide behind equal numbers (git calls such entries racy).
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.store.files import write_in_pieces
from pipeline.store.stamps import RACY, Stamp, columns, from_columns

_ENTRIES: Final = 1000
"""Of a list that are written at once."""


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
    around: object = None
    said: object = None
    """What `workflow/again.py` says without asking anybody; None where it must ask."""


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
        head, _, report = state_path(root, name).read_bytes().partition(b"\n")
        values = json.loads(head)
        return BuildState(
            key=values["key"],
            started=values["started"],
            inputs=from_columns(*values["inputs"]),
            outputs=from_columns(*values["outputs"]),
            report=json.loads(report),
            around=values["around"],
            said=values["said"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_state(root: Path, name: str, state: BuildState) -> None:
    """Remember a build. Raises StoreError."""
    head = {
        "key": state.key,
        "started": state.started,
        "inputs": columns(state.inputs),
        "outputs": columns(state.outputs),
        "around": state.around,
        "said": state.said,
    }
    # In lines: who only asks whether anything has changed reads the first.
    text = chain(_pieces(head), ("\n",), _pieces(state.report))
    pieces = (piece.encode("utf-8", "surrogateescape") for piece in text)
    write_in_pieces(state_path(root, name), pieces, root=root)


def _pieces(document: Mapping[str, object]) -> Iterator[str]:
    """The JSON of a document, bit by bit: of a large site it has many megabytes."""
    before = "{"
    for key, value in document.items():
        yield f"{before}{_json(key)}: "
        before = ", "
        yield from _value(value)
    yield "}" if document else "{}"


def _value(value: object) -> Iterator[str]:
    """Of a long list, or of several, some entries at a time."""
    if not isinstance(value, (list, tuple)):
        yield _json(value)
        return
    before = "["
    if any(isinstance(each, list) for each in value):
        for each in value:
            yield before
            yield from _value(each)
            before = ", "
    else:
        for start in range(0, len(value), _ENTRIES):
            yield f"{before}{_json(value[start : start + _ENTRIES])[1:-1]}"
            before = ", "
    yield "]" if value else "[]"


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def forget_state(root: Path, name: str) -> None:
    """The last build no longer says anything about what is on the disk."""
    try:
        state_path(root, name).unlink(missing_ok=True)
    except OSError as error:
        path = state_path(root, name).relative_to(root).as_posix()
        raise PublishError(f"cannot be removed: {error.strerror}", path=path) from error
