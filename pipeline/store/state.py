"""
What the last build saw and made, so that the next one can tell that nothing changed.

A file counts as unchanged if its size and its time of modification are, and if that
time is older than the build that recorded it: an edit within the same tick of the
clock could hide behind equal numbers (git calls such entries racy).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import chain
from pathlib import Path
from typing import Final, cast

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.store.files import append_exactly, write_in_pieces
from pipeline.store.seen import Seen, read_seen
from pipeline.store.stamps import RACY, Stamp, columns

_ENTRIES: Final = 1000
"""Of a list that are written at once."""

_LINES: Final = 50
"""Of builds that are added to a file, before it is written anew."""

_FEW: Final = 8
"""Entries of a list that is written whole."""

_SOME: Final = 200
"""Entries that are others in a longer one, before the file is written anew."""


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

    ledger: str = ""
    """The mark of the ledger that was written with it."""

    size: int = field(default=0, compare=False)
    """Of the file that it was read from."""

    later: int = field(default=0, compare=False)
    """How many builds were added to that."""


def is_current(state: BuildState, inputs: Mapping[str, Stamp]) -> bool:
    """Whether the inputs are those of that build, none of them racy."""
    newest = max((mtime for _, mtime in inputs.values()), default=0)
    return state.inputs == inputs and newest < state.started - RACY


def state_path(root: Path, name: str) -> Path:
    """Where the state of a kind of build lies; it can be deleted at any time."""
    return root / ".publish" / f"{name}.json"


def read_state(root: Path, name: str, seen: Seen | None = None) -> BuildState | None:
    """
    The last build of this kind; None if there is none that can be read.

    `seen` is what its file says, where somebody has just read it.
    """
    try:
        seen = seen or read_seen(state_path(root, name))
        return BuildState(
            key=seen.key,
            started=seen.started,
            inputs=seen.inputs,
            outputs=seen.outputs,
            report=_told(seen),
            around=seen.around,
            said=seen.said,
            ledger=seen.ledger,
            size=seen.size,
            later=seen.later,
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _told(seen: Seen) -> Mapping[str, object]:
    """The report as it is by now. Raises ValueError, LookupError, TypeError."""
    report: dict[str, object] = json.loads(seen.report)
    for each in seen.told:
        report |= each["whole"]
        for key, entries in each["entries"].items():
            for place, entry in cast("dict[str, object]", entries).items():
                cast("list[object]", report[key])[int(place)] = entry
    return report


def _told_since(
    now: Mapping[str, object], before: Mapping[str, object]
) -> dict[str, dict[str, object]] | None:
    """
    What of a report is another, of long lists by place; None where that is much.

    `before` is as it was read.
    """
    if now is before:
        return {}
    if now.keys() != before.keys():
        return None
    whole: dict[str, object] = {}
    entries: dict[str, object] = {}
    for key, value in now.items():
        old = before[key]
        if not isinstance(value, list | tuple) or len(value) <= _FEW:
            if _json(value) != _json(old):
                whole[key] = value
            continue
        if not isinstance(old, list) or len(old) != len(value):
            return None
        pairs = enumerate(zip(value, old, strict=True))
        others = {str(n): each for n, (each, was) in pairs if each != was != [*each]}
        if len(others) > _SOME:
            return None
        entries |= {key: others} if others else {}
    return {"whole": whole, "entries": entries}


def write_state(
    root: Path, name: str, state: BuildState, *, since: BuildState | None = None
) -> None:
    """
    Remember a build: of one with much the same report as another, what is another
    `since`.

    Raises StoreError.
    """
    if since and _added(root, name, state, since):
        return
    head = {
        "inputs": columns(state.inputs),
        "outputs": columns(state.outputs),
        **_small(state),
    }
    # In lines: who only asks whether anything has changed reads the first.
    text = chain(_pieces(head), ("\n",), _pieces(state.report), ("\n",))
    pieces = (piece.encode("utf-8", "surrogateescape") for piece in text)
    write_in_pieces(state_path(root, name), pieces, root=root)


def _added(root: Path, name: str, state: BuildState, since: BuildState) -> bool:
    """Whether a line could be added to the file that `since` was read from."""
    told = _told_since(state.report, since.report)
    if told is None or since.later >= _LINES:
        return False
    before = _small(since)
    line = {
        **({"told": told} if told else {}),
        "inputs": columns(_others(state.inputs, since.inputs)),
        "outputs": columns(_others(state.outputs, since.outputs)),
        "gone": [path for path in since.inputs if path not in state.inputs],
        "lost": [path for path in since.outputs if path not in state.outputs],
        **{k: v for k, v in _small(state).items() if _json(v) != _json(before[k])},
    }
    data = f"{_json(line)}\n".encode("utf-8", "surrogateescape")
    return append_exactly(state_path(root, name), data, size=since.size, root=root)


def _others(now: Mapping[str, Stamp], since: Mapping[str, Stamp]) -> dict[str, Stamp]:
    return {path: stamp for path, stamp in now.items() if since.get(path) != stamp}


def _small(state: BuildState) -> dict[str, object]:
    """What a build says beside its long lists."""
    return {
        "key": state.key,
        "started": state.started,
        "around": state.around,
        "said": state.said,
        "ledger": state.ledger,
    }


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
