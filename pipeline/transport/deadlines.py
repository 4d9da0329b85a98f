"""Calls that end in time, and failures that another try may mend."""

import queue
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from pipeline.errors import EngineError, EngineUnavailable

_T = TypeVar("_T")


class Passing(Exception):
    """An error that may be gone at the next try."""

    def __init__(self, error: EngineError) -> None:
        super().__init__(error)
        self.error = error


def within(until: float, call: Callable[[], _T], origin: str) -> _T:
    """The outcome of a call, in another thread, if it is there in time."""
    outcome: queue.SimpleQueue[tuple[_T | None, BaseException | None]]
    outcome = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - carried into the waiting thread
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True, name=origin).start()
    try:
        result, error = outcome.get(timeout=max(until - time.monotonic(), 0.001))
    except queue.Empty:
        raise late(origin) from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # it is a result where there is no error


def left(until: float, origin: str) -> float:
    """The seconds until then. Raises EngineUnavailable if there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise late(origin)
    return seconds


def late(origin: str) -> EngineUnavailable:
    """What is said of a service that did not answer by the deadline."""
    name = origin.partition(":")[0]
    return passing(
        f"{origin} did not answer in time",
        f"try again later, or set a longer deadline in [engine.{name}]",
    )


def passing(message: str, hint: str) -> EngineUnavailable:
    """An error that is of these texts alone: others may fare better."""
    error = EngineUnavailable(message, hint=hint)
    error.may_pass = True
    return error
