"""
Several calls to an engine at the same time.

Each call has a thread of its own, which is left behind where its time is up; what it
answers is looked at here, one after the other. A thread gets its next batch when its
last answer has been saved: whatever kills the program, no more than one call a worker
is bought and not there.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

from pipeline.engines import Engine
from pipeline.errors import EngineUnavailable
from pipeline.late import dataclass
from pipeline.pretranslate.calls import Batch, Outcome, called

_LOOK: Final = 0.05
"""Seconds between two looks at whether somebody wants it to end."""
_FAREWELL: Final = 0.25
"""Seconds that calls under way get when somebody does."""
_SPARE: Final = 2.0
"""Seconds after its own deadline that an engine is left alone."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    batch: Batch
    until: float


@dataclass(frozen=True, slots=True)
class Crew:
    """Asks engines; as many calls at once as their limits say."""

    is_stopped: Callable[[], bool] = lambda: False

    def ask(
        self, engine: Engine, batches: Iterator[Batch], source: str, target: str
    ) -> Iterator[Outcome]:
        """The outcomes as they come; see `pretranslate.calls.Asking`."""
        done: queue.SimpleQueue[tuple[int, Outcome]] = queue.SimpleQueue()
        under_way: dict[int, _UnderWay] = {}
        numbers = count()

        def start(batch: Batch) -> None:
            number = next(numbers)
            until = time.monotonic() + engine.limits.deadline + _SPARE
            under_way[number] = _UnderWay(batch, until)

            def work() -> None:
                done.put((number, called(engine, batch, source, target)))

            threading.Thread(target=work, daemon=True, name=engine.origin).start()

        while True:
            while len(under_way) < max(engine.limits.workers, 1):
                batch = next(batches, None)
                if batch is None:
                    break
                start(batch)
            if not under_way:
                return
            outcomes = self._outcomes(engine, done, under_way)
            yield from outcomes
            if not outcomes:
                # Stopped, and what was under way had its time.
                return

    def _outcomes(
        self,
        engine: Engine,
        done: "queue.SimpleQueue[tuple[int, Outcome]]",
        under_way: dict[int, _UnderWay],
    ) -> list[Outcome]:
        """At least one outcome; none if somebody wants it to end and none comes."""
        farewell = None
        while True:
            try:
                number, outcome = done.get(timeout=_LOOK)
            except queue.Empty:
                pass
            else:
                if under_way.pop(number, None):
                    return [outcome]
                continue
            now = time.monotonic()
            late = [number for number, each in under_way.items() if each.until < now]
            if late:
                return [_late(engine, under_way.pop(number).batch) for number in late]
            if self.is_stopped():
                farewell = farewell or now + _FAREWELL
                if now > farewell:
                    return []


def _late(engine: Engine, batch: Batch) -> Outcome:
    error = EngineUnavailable(f"{engine.origin} did not answer in time")
    error.may_pass = True
    return Outcome(batch, (), error)
