"""How much may be sent to engines, and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.errors import UsageError

_PER: Final = 1_000_000
"""Services state their prices for so many characters."""


@dataclass(slots=True)
class Budget:
    """The limits of one run, and what is used up of them."""

    prices: Mapping[str, float | None]
    """For a million characters, by engine; None: it is not known."""

    max_characters: int | None = None
    max_cost: float | None = None
    is_dry: bool = False
    """Count only: nothing may be sent."""

    characters: int = 0
    cost: float = 0.0
    withheld: int = 0
    """Calls that the limits did not allow."""

    def require_prices(self) -> None:
        """Raise UsageError where a limit of cost cannot be kept."""
        for origin, price in self.prices.items():
            if self.max_cost is not None and price is None:
                raise UsageError(
                    f"--max-cost needs a price for {origin}",
                    hint="set price_per_million in its [engine] table",
                )

    def may_send(self, origin: str, characters: int) -> bool:
        """Whether a call fits in; if so it counts from here on."""
        cost = (self.prices.get(origin) or 0.0) * characters / _PER
        if not self.is_dry and not self._fits(characters, cost):
            self.withheld += 1
            return False
        self.characters += characters
        self.cost += cost
        return not self.is_dry

    def _fits(self, characters: int, cost: float) -> bool:
        return (
            self.max_characters is None
            or self.characters + characters <= self.max_characters
        ) and (self.max_cost is None or self.cost + cost <= self.max_cost)

    @property
    def note(self) -> str:
        """What a person should know of it; empty if nothing."""
        if self.is_dry and self.cost:
            return f"the engines would cost about {self.cost:.2f}"
        if self.withheld:
            return f"the limit was reached: {self.withheld} more calls were not made"
        return ""
