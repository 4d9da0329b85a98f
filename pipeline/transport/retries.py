"""Second tries with pauses, and a pace that all threads of an engine keep."""

import random
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from pipeline.errors import EngineError, RateLimited
from pipeline.transport.deadlines import Passing, late

_T = TypeVar("_T")
_JITTER: Final = 0.25
"""How much a pause varies, so that many callers do not come back together."""


class Pace:
    """When the next call to a service may be made."""

    def __init__(self, rate: float = 0.0) -> None:
        """`rate`: calls a second; 0: as many as there are."""
        self._gap = 1 / rate if rate else 0.0
        self._free = 0.0
        self._lock = threading.Lock()

    def wait(self, until: float, origin: str) -> None:
        """Wait for a turn. Raises EngineUnavailable if it comes after `until`."""
        with self._lock:
            turn = max(time.monotonic(), self._free)
            if turn > until:
                raise late(origin)
            self._free = turn + self._gap
        time.sleep(max(turn - time.monotonic(), 0.0))

    def rest(self, seconds: float) -> None:
        """Let nobody call for so long."""
        with self._lock:
            self._free = max(self._free, time.monotonic() + seconds)


def persist(
    attempt: Callable[[], _T],
    *,
    origin: str,
    until: float,
    retries: int,
    pause: float,
    pace: Pace,
) -> _T:
    """
    The outcome of the first attempt that does not fail in passing.

    Pauses double, and are as long as the service asks for. Raises the last error when
    the tries, or the time, are used up.
    """
    while True:
        pace.wait(until, origin)
        try:
            return attempt()
        except Passing as passing:
            error = passing.error
        wait = _wait(error, pause)
        if not retries or wait > until - time.monotonic():
            raise error
        if isinstance(error, RateLimited):
            pace.rest(wait)
        else:
            time.sleep(wait)
        retries -= 1
        pause *= 2


def _wait(error: EngineError, pause: float) -> float:
    asked = error.retry_after if isinstance(error, RateLimited) else None
    varied = pause * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - no secret
    # What a service asks for is a least, and all come back at different moments.
    return varied if asked is None else asked + varied * _JITTER
