"""A purchase: what an engine was paid for, and what it is known by."""

from pipeline.late import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """What a bought answer is known by."""

    origin: str
    """The engine, what of its settings changes answers, and the terms in the text."""

    source: str
    """The locale of the text, BCP 47."""

    target: str
    text: str
    """Masked."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was bought before."""

    answer: str
    dialect: str = ""
    """As it came, in this dialect, and looked at by nobody; empty: found good."""
