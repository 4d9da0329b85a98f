"""How much may be sent to engines, and what it costs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Final

from pipeline.errors import UsageError
from pipeline.late import dataclass

_PER: Final = 1_000_000
"""Services state their prices for so many characters."""


@dataclass(slots=True)
class Spent:
    """What one engine was sent."""

    calls: int = 0
    texts: int = 0
    characters: int = 0
    cost: Fraction | None = Fraction(0)
    """None: what it costs is not known."""


@dataclass(slots=True)
class Budget:
    """
    The limits of one run, and what is used up of them.

    It is asked by one thread, before each call, so workers cannot overstep it together.
    """

    prices: Mapping[tuple[str, str], float | None]
    """For a million characters, by engine and locale; None: it is not known."""

    max_characters: int | None = None
    max_cost: float | None = None
    is_dry: bool = False
    """Count only: nothing may be sent."""

    characters: int = 0
    cost: Fraction = Fraction(0)
    withheld: int = 0
    """Texts that the limits did not allow."""

    spent: dict[str, Spent] = field(default_factory=lambda: defaultdict(Spent))
    """By engine."""

    def require_prices(self) -> None:
        """Raise UsageError where a limit of cost cannot be kept."""
        for (origin, _), price in self.prices.items():
            if self.max_cost is not None and price is None:
                raise UsageError(
                    f"--max-cost needs a price for {origin}",
                    hint="set price_per_million in its [engine] table",
                )

    def price(self, origin: str, locale: str, characters: int) -> Fraction | None:
        """What so many characters cost; None if that is not known."""
        price = self.prices.get((origin, locale))
        return None if price is None else Fraction(str(price)) * characters / _PER

    def may_send(self, origin: str, locale: str, sizes: Sequence[int]) -> int:
        """How many of the next texts fit in; those count from here on."""
        fitting = 0
        characters = 0
        for size in sizes:
            if not self.is_dry and not self._fits(origin, locale, characters + size):
                break
            characters += size
            fitting += 1
        self.withheld += len(sizes) - fitting
        if fitting:
            self._note(origin, locale, fitting, characters)
        return 0 if self.is_dry else fitting

    def _fits(self, origin: str, locale: str, more: int) -> bool:
        cost = self.cost + (self.price(origin, locale, more) or 0)
        return (
            self.max_characters is None or self.characters + more <= self.max_characters
        ) and (self.max_cost is None or cost <= Fraction(str(self.max_cost)))

    def _note(self, origin: str, locale: str, texts: int, characters: int) -> None:
        cost = self.price(origin, locale, characters)
        self.characters += characters
        self.cost += cost or 0
        spent = self.spent[origin]
        spent.calls += 1
        spent.texts += texts
        spent.characters += characters
        spent.cost = None if cost is None or spent.cost is None else spent.cost + cost

    @property
    def note(self) -> str:
        """What a person should know of it; empty if nothing."""
        if self.is_dry and self.cost:
            return f"the engines would cost about {float(self.cost):.2f}"
        if self.withheld:
            more = "text was" if self.withheld == 1 else "texts were"
            return f"the limit was reached: {self.withheld} more {more} not sent"
        return ""
