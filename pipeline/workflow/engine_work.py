"""What each engine did in one run: filled, refused and why, time, cost."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import field

from pipeline.engines import Engine
from pipeline.late import dataclass
from pipeline.pretranslate.calls import Asking, Batch, Outcome
from pipeline.workflow.budget import Budget, Spent


@dataclass(frozen=True, slots=True)
class EngineWork:
    """One engine's line of the report."""

    engine: str
    filled: int
    """Messages."""

    refused: dict[str, int]
    """Texts that it did not translate, by the reason."""

    spent: Spent
    seconds: float
    """From the first question to the last answer, all pauses in it."""

    def as_json(self) -> dict[str, object]:
        """The line as `pretranslate --json` shows it."""
        cost = self.spent.cost
        return {
            "engine": self.engine,
            "filled": self.filled,
            "refused": self.refused,
            "calls": self.spent.calls,
            "texts": self.spent.texts,
            "characters": self.spent.characters,
            "cost": None if cost is None else float(cost),
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class Ledger:
    """What is noted while engines work."""

    filled: Counter[str] = field(default_factory=Counter)
    refused: dict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def timed(self, ask: Asking) -> Asking:
        """Ask in the same way, and note how long it took."""

        def asking(
            engine: Engine, batches: Iterator[Batch], source: str, target: str
        ) -> Iterator[Outcome]:
            began = time.monotonic()
            try:
                yield from ask(engine, batches, source, target)
            finally:
                self.seconds[engine.origin] += time.monotonic() - began

        return asking

    def lines(self, budget: Budget) -> tuple[EngineWork, ...]:
        """A line for each engine that did anything."""
        origins = dict.fromkeys((*budget.spent, *self.filled, *self.refused))
        return tuple(
            EngineWork(
                origin,
                self.filled[origin],
                dict(self.refused[origin].most_common()),
                budget.spent[origin],
                self.seconds[origin],
            )
            for origin in origins
        )
