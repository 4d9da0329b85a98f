"""One service of an engine: its key, its connections, its pace."""

import time
from collections.abc import Callable
from functools import partial

from pipeline.errors import EngineRefused
from pipeline.transport.retries import Pace, persist
from pipeline.transport.safety import scrub, shortened
from pipeline.transport.settings import Endurance, Settings
from pipeline.transport.web import Call, Reply, Web

_LONGEST_FILE = 3_600.0
"""Seconds that a file may take."""


class Service:
    """What an engine asks; any thread may use it."""

    def __init__(self, origin: str, table: Settings, endurance: Endurance) -> None:
        """`table` may name the place of a key, and allow plain http."""
        self.origin = origin
        self.endurance = endurance
        self._place = table.key()
        self._secrets: set[str] = set()
        self._pace = Pace(endurance.rate)
        self._web = Web(
            origin, secrets=self._secrets, plain_http=table.flag("plain_http")
        )

    def key(self) -> str:
        """
        The key, which no message shows from now on; empty where none is named.

        Raises EngineUnavailable naming its place if it is not there.
        """
        key = self._place.read(self.origin)
        if key:
            self._secrets.add(key)
        return key

    def shown(self, text: str) -> str:
        """A service's own words as a message may show them."""
        return shortened(scrub(text, self._secrets))

    def deadline(self) -> float:
        """Until when an answer is waited for that is asked for now."""
        return time.monotonic() + self.endurance.deadline

    def ask(self, call: Call, until: float | None = None) -> Reply:
        """
        The answer, after as many tries as settings and deadline allow.

        `until`, a `deadline()`, is for several calls that share one. Raises an
        EngineError; an EngineRefused means this call alone.
        """
        until = self.deadline() if until is None else until
        return persist(
            partial(self._web.send, call, until),
            origin=self.origin,
            until=until,
            retries=self.endurance.retries,
            pause=self.endurance.pause,
            pace=self._pace,
        )

    def ask_json(self, call: Call, until: float | None = None) -> object:
        """The answer as JSON. Raises an EngineError, also where it is none."""
        try:
            return self.ask(call, until).json()
        except (ValueError, RecursionError):
            raise EngineRefused(
                f"{self.origin} gave an answer that cannot be read"
            ) from None

    def download(
        self, url: str, start: Callable[[], Callable[[bytes], object]]
    ) -> None:
        """
        Hand over a file piece by piece; `start` is called before each try.

        Only silence and an hour end it, not the deadline of a call. Raises an
        EngineError.
        """
        until = time.monotonic() + _LONGEST_FILE
        persist(
            lambda: self._web.download(url, start(), until),
            origin=self.origin,
            until=until,
            retries=self.endurance.retries,
            pause=self.endurance.pause,
            pace=self._pace,
        )
