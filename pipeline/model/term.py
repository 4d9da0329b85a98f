"""A term: what a word of the field is called in a locale."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary."""

    source: str
    target: str
    status: str = "preferred"
    """`preferred`, `admitted` or `forbidden`."""

    note: str = ""
