"""
What is measured of every program that builds a site: its time, its writing, its errors.

After each edit the result is compared with what the same program makes of the same
input from nothing. A page that is different there, is only there or is only here is
wrong: readers are shown what nobody wrote, or what was taken back.
"""

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from bench.measured import Cost, SlowError, State, cost, figures

COLD: Final = "cold"
NOTHING: Final = "nothing"
ARTICLE: Final = "article"
ENTRY: Final = "entry"
TEMPLATE: Final = "template"
REMOVED: Final = "removed"
EDITS: Final = (ARTICLE, ENTRY, TEMPLATE, REMOVED)
CASES: Final = (COLD, NOTHING, *EDITS)

_SHORT: Final = 10.0
"""Seconds; what takes less is run again."""

Undo: TypeAlias = Callable[[], object]
Edit: TypeAlias = Callable[[Path], Undo]
Figures: TypeAlias = dict[str, float]
"""Seconds, megabytes, and numbers of pages: `clock`, `cpu`, `megabytes`, `written`,
`needed` and, after an edit, `wrong`."""

Measured: TypeAlias = dict[str, Figures]
"""By case; what could not be measured is not there."""


@dataclass(frozen=True)
class Builder:
    """A program, and the site that it is given."""

    name: str
    command: tuple[str, ...]
    site: Path
    made: str
    """The folder of what it makes, below the site."""

    counted: str
    """The suffix of what is counted: its pages, or its texts."""

    edits: Mapping[str, Edit] = field(default_factory=dict)
    memory: tuple[str, ...] = ()
    """What else it keeps below the site from one run to the next."""

    first: tuple[str, ...] = ()
    """The command where nothing is there yet, if it is another."""

    is_whole: bool = False
    """Whether all that it makes is compared with a clean build, not its pages alone."""

    limit: int | None = 600
    """Seconds that it may take; None for as long as it wants."""

    looks_twice: bool = False
    """Whether it looks once more at what was saved within a tick of the clock."""

    only_cold_above: int = sys.maxsize
    """The number of articles above which it is too slow for more than one run."""

    def clean(self, site: Path) -> None:
        """As if nothing had ever been built."""
        for name in (self.made, *self.memory):
            put_aside(site / name, site.parent)

    def cold(self, site: Path) -> Cost:
        self.clean(site)
        (site / self.made).mkdir(parents=True)
        return cost(self.first or self.command, site, self.limit)

    def again(self) -> Cost:
        return cost(self.command, self.site, self.limit)

    def state(self, site: Path | None = None) -> State:
        found = State.of((site or self.site) / self.made)
        return found if self.is_whole else found.only(self.counted)

    def wrong(self) -> int:
        """How many pages a build from nothing would not have made so."""
        other = self.site.with_name(f"{self.site.name}-clean")
        ignored = shutil.ignore_patterns(self.made, *self.memory)
        shutil.copytree(self.site, other, ignore=ignored)
        self.cold(other)
        found = self.state().unlike(self.state(other))
        put_aside(other, other.parent)
        return found


def put_aside(path: Path, folder: Path) -> None:
    """
    Out of the way of the next run, and not deleted before all have been measured.

    For a minute after a file was deleted ext4 passes over its place whenever it looks
    for one for a new file, so that a thousand deletions make the next build slow.
    """
    if path.exists():
        aside = folder / "aside"
        aside.mkdir(exist_ok=True)
        path.rename(aside / f"{sum(1 for _ in aside.iterdir())}")


def measure(builder: Builder, count: int, edits: Sequence[str] = EDITS) -> Measured:
    """The figures of a first build, of one more, and of one after each edit."""
    found: Measured = {}
    if count > builder.only_cold_above and builder.first not in {(), builder.command}:
        return found  # its first build is another row's
    try:
        cold = _best(lambda: builder.cold(builder.site))
        found[COLD] = _figures(builder, cold, State({}))
        if count > builder.only_cold_above:
            return found
        if builder.looks_twice:
            builder.again()
        before = builder.state()
        found[NOTHING] = _figures(builder, _best(builder.again), before)
        found[NOTHING]["wrong"] = builder.state().unlike(before)
        for name in (edit for edit in edits if edit in builder.edits):
            found[name] = _edited(builder, builder.edits[name])
            if found[name]["wrong"]:
                builder.cold(builder.site)
            if builder.looks_twice:
                builder.again()
    except SlowError:
        print(
            f"{builder.name}: not done within {builder.limit} seconds", file=sys.stderr
        )
    return found


def _edited(builder: Builder, edit: Edit) -> Figures:
    """
    What a build costs after an edit, and what it makes.

    Where it takes little time the edit is undone and made again: the best of three.
    """
    before = builder.state()
    undo = edit(builder.site)
    first = builder.again()
    found = _figures(builder, first, before)
    found["wrong"] = builder.wrong()

    def run() -> Cost:
        nonlocal undo
        undo()
        builder.again()
        if builder.looks_twice:
            builder.again()
        undo = edit(builder.site)
        return builder.again()

    if first.clock < _SHORT:
        found |= figures(min(first, run(), run(), key=_clock))
    return found


def _best(run: Callable[[], Cost]) -> Cost:
    """One run, or the best of three where that takes little time."""
    found = run()
    return found if found.clock > _SHORT else min(found, run(), run(), key=_clock)


def _clock(found: Cost) -> float:
    return found.clock


def _figures(builder: Builder, found: Cost, before: State) -> Figures:
    """With the pages that were written, and how many of them became others."""
    after = builder.state().only(builder.counted)
    return figures(found) | {
        "written": after.written_since(before),
        "needed": after.new_since(before),
    }
