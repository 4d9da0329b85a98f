"""What every command's report has: its errors, its JSON and its exit code."""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from pipeline.errors import PublishError
from pipeline.late import dataclass

DONE: Final = 0
FAILED: Final = 1
"""A finding of severity error, or an article, catalog or text that failed."""

WRONG_USE: Final = 2
HELD: Final = 3
"""Done, and something is held because it is not reviewed."""


class Progress(Protocol):
    """Called with what is being done, how many are done, and how many there are."""

    def __call__(self, what: str, done: int, total: int, note: str = "") -> None:
        """`note`: what else a person should see meanwhile, such as the cost."""


def silent(what: str, done: int, total: int, note: str = "") -> None:
    """The progress of one who does not look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a command; each command adds its own fields."""

    errors: tuple[PublishError, ...] = ()
    notes: tuple[str, ...] = ()
    """Warnings, a line each; they never change the exit code."""

    def body(self) -> dict[str, object]:
        """The command's own part of the JSON document."""
        return {}

    def as_json(self) -> dict[str, object]:
        """The JSON document."""
        return self.body() | {"errors": [error.as_json() for error in self.errors]}

    @property
    def exit_code(self) -> int:
        """0 to 3, as `docs/editors.md` explains them."""
        return worst(error.exit_code for error in self.errors)


def worst(codes: Iterable[int]) -> int:
    """The exit code that goes before the others: 2, then 1, then 3, then 0."""
    found = set(codes)
    order: Sequence[int] = (WRONG_USE, FAILED, HELD)
    return next((code for code in order if code in found), DONE)
