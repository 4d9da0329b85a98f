"""
`publish build` where nothing has changed: what the last build said, said again.

This is all that such a build runs, and it imports next to nothing: the reading of
options and of the configuration alone would take longer than the rest of it. Where
anything is not as it was, or was not plain, it answers nothing, and the build is asked.
"""

import os
from collections.abc import Callable, Sequence

from pipeline.store.seen import Seen, read_seen
from pipeline.store.stamps import RACY, Stamp, stamp_files, stamp_trees

INPUTS = ("source", "locales", "templates")
SETTINGS = ("publish.toml", "pyproject.toml")
NOTHING = "0 files written, 0 removed"
HELD = ("language", "article", "state", "why")
"""What is told of each that is not out, or not all of it."""

ADVICE = "`publish explain ARTICLE` says what to do."

_JUST = 1_000_000_000
"""Nanoseconds between the reading of the settings and the look at their stamps."""

Count = tuple[str, int, int]
"""Of one locale: how many pages and mails are out."""

Row = tuple[str, str, str, str]
Said = tuple[Sequence[Count], Sequence[str], Sequence[Row], int]
"""What there is to say of a build: counts, notes, what is held, and the exit code."""

Draw = Callable[[Sequence[str], Sequence[Row]], str | None]
"""How the table of what is held is drawn from the names of its columns and its rows."""


def said_again(root: str, draw: Draw = lambda *_: None) -> tuple[str, int] | None:
    """
    What a build of the site in this folder says, and its exit code.

    None where it must be run: also where what is held cannot be drawn.
    """
    try:
        place = os.path.realpath(root)
        state = _read[place] = read_seen(f"{root}/.publish/build.json")
        here = _around[place] = around(root)
        if state.said is None or state.around != here:
            return None
        now = _looked[place] = stamp_trees(root, INPUTS)
        times = [mtime for _, mtime in (*now.values(), *_settings(root).values())]
        if (
            max(times) >= state.started - RACY
            or state.inputs != now
            or stamp_files(root, state.outputs) != state.outputs
        ):
            return None
        counts, notes, held, code = state.said
        table = draw(HELD, held) if held else ""
        lines = [line_of(*each) for each in counts]
        after = [*([ADVICE] if held else ()), NOTHING]
        after += [f"note: {note}" for note in notes]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    is_plain = all(each.isascii() and each.isprintable() for each in (*lines, *after))
    if table is None or not is_plain:
        return None
    return "".join([*_ended(lines), table, *_ended(after)]), code


def _ended(lines: Sequence[str]) -> list[str]:
    return [f"{line}\n" for line in lines]


def look(root: str | os.PathLike[str]) -> dict[str, Stamp]:
    """The stamps of all inputs; once, as `said_again` found them a moment ago."""
    found = _looked.pop(os.path.realpath(root), None)
    return stamp_trees(root, INPUTS) if found is None else found


def seen(root: str | os.PathLike[str]) -> Seen | None:
    """What the last build saw, if `said_again` has read it a moment ago; once."""
    return _read.pop(os.path.realpath(root), None)


def around_now(root: str | os.PathLike[str]) -> list[object]:
    """As `around`; once, as `said_again` found it a moment ago."""
    return _around.pop(os.path.realpath(root), None) or around(root)


_looked: dict[str, dict[str, Stamp]] = {}
_around: dict[str, list[object]] = {}
_read: dict[str, Seen] = {}


def line_of(locale: str, pages: int, mails: int) -> str:
    """What a build says of a locale."""
    return f"{locale}: {_count(pages, 'page')}, {_count(mails, 'mail')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def is_settled(root: str | os.PathLike[str], now: int) -> bool:
    """Whether the settings are older than a command that has just read them."""
    return all(mtime < now - _JUST for _, mtime in _settings(root).values())


def around(root: str | os.PathLike[str]) -> list[object]:
    """All that a plain build depends on besides its inputs: first, the program."""
    settings = [[path, *stamp] for path, stamp in _settings(root).items()]
    return [code_stamp(), os.environ.get("SOURCE_DATE_EPOCH", ""), settings]


def _settings(root: str | os.PathLike[str]) -> dict[str, tuple[int, int]]:
    return stamp_files(root, SETTINGS)


def code_stamp() -> Sequence[object]:
    """The newest file of the program: an update or an edit of it rebuilds."""
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - no Path
    above, name = os.path.split(package)
    # The built-in templates lie beside the package, or in it.
    stamps = stamp_trees(above, [name, "templates"], but={"__pycache__"})
    return [len(stamps), max((mtime for _, mtime in stamps.values()), default=0)]
