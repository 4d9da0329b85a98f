"""Calls to engines: what is asked at once, and who asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from pipeline.engines import Answer, Engine, Request
from pipeline.errors import EngineError, EngineUnavailable
from pipeline.late import dataclass

Batch: TypeAlias = Sequence[Request]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one call: the answers, and the error that ended it, if any."""

    batch: Batch
    answers: tuple[Answer, ...] = ()
    error: EngineError | None = None


Asking: TypeAlias = Callable[[Engine, Iterator[Batch], str, str], Iterator[Outcome]]
"""
Ask an engine for batches, from a source locale into a target locale.

A further batch is taken only when the outcome of an earlier one has been looked at.
What was asked for is waited for, also when there is no further batch.
"""


class Noting:
    """An engine whose answers are noted one by one, as soon as it has them."""

    def __init__(self, engine: Engine, note: Callable[[Answer], None]) -> None:
        """`note` is called in the thread of the call, before the answer is seen."""
        self.name = engine.name
        self.origin = engine.origin
        self.needs_network = engine.needs_network
        self.limits = engine.limits
        self._engine = engine
        self._note = note

    def translate(
        self, requests: Sequence[Request], *, source: str, target: str
    ) -> Iterator[Answer]:
        """What the engine answers."""
        for answer in self._engine.translate(requests, source=source, target=target):
            self._note(answer)
            yield answer


def called(engine: Engine, batch: Batch, source: str, target: str) -> Outcome:
    """The outcome of one call: what came before a failure counts."""
    answers: list[Answer] = []
    error: EngineError | None = None
    try:
        for answer in engine.translate(batch, source=source, target=target):
            answers.append(answer)  # noqa: PERF402 - those before an error stay
    except EngineError as caught:
        error = caught
    except Exception as foreign:  # noqa: BLE001 - an engine's fault loses no bought text
        fault = type(foreign).__name__
        error = EngineUnavailable(f"{engine.origin} has a fault ({fault})")
    return Outcome(batch, tuple(answers), error)


def one_by_one(
    engine: Engine, batches: Iterator[Batch], source: str, target: str
) -> Iterator[Outcome]:
    """Each call after the one before."""
    for batch in batches:
        yield called(engine, batch, source, target)
