"""
The Check protocol: a message in, findings out.

A check is silenced beside the string by a translator's comment:
`# publish: ignore=NAME reason`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.model.term import Term


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check may know besides the message."""

    locale: str
    """BCP 47."""

    source_locale: str = "en"
    nplurals: int = 2
    hosts: frozenset[str] = frozenset()
    """Hosts that a link may lead to though the source does not."""

    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says; `check.py` adds where."""

    message: str
    severity: Severity | None = None
    """None: the check's own severity."""


class Check(Protocol):
    """One thing that can be wrong with a translation."""

    name: str
    severity: Severity
    explanation: str
    """For a translator: what it finds, why it matters, what to do."""

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        """The remarks on a message that has a translation, fuzzy or not."""
