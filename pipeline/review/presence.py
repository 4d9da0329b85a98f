"""Who is at which article, what changes on the disk, and who is told of it."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.cldr import gettext_locale
from pipeline.late import dataclass
from pipeline.registry import format_suffixes

Place: TypeAlias = tuple[str, str]
"""Locale and domain."""

Event: TypeAlias = dict[str, object]

_TICK: Final = 0.3
_HEARTBEAT: Final = 15.0
_WAITING: Final = 100
"""Events that a browser may be behind; it misses what comes after them."""


@dataclass(eq=False, slots=True)
class Listener:
    """One browser that waits for events, and where its person is."""

    name: str
    owner: object
    place: Place | None
    events: asyncio.Queue[Event | None] = field(
        default_factory=lambda: asyncio.Queue(_WAITING)
    )


class Presence:
    """Everything here happens in the server's own thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listeners: set[Listener] = set()
        self._stamps: dict[Place, tuple[object, ...]] = {}
        self._is_closed = False

    def names(self, place: Place, *, besides: object = None) -> list[str]:
        """Who is at an article, each once."""
        there = {
            each.name
            for each in self._listeners
            if each.place == place and each.owner is not besides and each.name
        }
        return sorted(there)

    async def listen(self, listener: Listener) -> AsyncIterator[Event | None]:
        """The events for one browser, and None now and then, until it goes."""
        self._listeners.add(listener)
        self._tell_presence(listener.place)
        try:
            while not self._is_closed:
                try:
                    async with asyncio.timeout(_HEARTBEAT):
                        event = await listener.events.get()
                except TimeoutError:
                    event = None
                yield event
        finally:
            self._listeners.discard(listener)
            self._tell_presence(listener.place)

    def moved(self, owner: object, place: Place) -> None:
        """A person opened an article: her browsers that have no place are there."""
        for each in self._listeners:
            if each.owner is owner and each.place is None:
                each.place = place
                self._tell_presence(place)

    def close(self) -> None:
        """Let everybody go."""
        self._is_closed = True
        self._tell(None)

    async def watch(self) -> None:
        """Look at the files of the articles that somebody has open, again and again."""
        while not self._is_closed:
            await asyncio.sleep(_TICK)
            for locale, domain in self.look():
                self._tell({"type": "changed", "locale": locale, "domain": domain})

    def opened(self, place: Place) -> None:
        """
        An article is about to be read for a browser, which will listen in a moment.

        What is saved in between is a change to it.
        """
        if not any(each.place == place for each in self._listeners):
            self._stamps[place] = self._stamped(place)

    def look(self) -> list[Place]:
        """The open articles of which a file is another than at the last look."""
        open_ones = {each.place for each in self._listeners if each.place}
        changed: list[Place] = []
        for place in open_ones:
            stamps = self._stamped(place)
            if self._stamps.setdefault(place, stamps) != stamps:
                self._stamps[place] = stamps
                changed.append(place)
        return changed

    def _stamped(self, place: Place) -> tuple[object, ...]:
        return tuple(map(_stamp, self._files(*place)))

    def _files(self, locale: str, domain: str) -> Iterable[Path]:
        top = self._root / "locales" / gettext_locale(locale)
        yield top / "LC_MESSAGES" / f"{domain}.po"
        yield top / "reviews" / f"{domain}.jsonl"
        yield top / "comments" / f"{domain}.jsonl"
        for suffix in format_suffixes():
            yield self._root / "source" / f"{domain}{suffix}"

    def _tell_presence(self, place: Place | None) -> None:
        if place is not None:
            locale, domain = place
            names = self.names(place)
            self._tell(
                {
                    "type": "presence",
                    "locale": locale,
                    "domain": domain,
                    "names": names,
                }
            )

    def _tell(self, event: Event | None) -> None:
        for each in self._listeners:
            with suppress(asyncio.QueueFull):
                each.events.put_nowait(event)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
