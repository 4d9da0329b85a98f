"""A term: what a word of the field is called in a locale."""

from pipeline.late import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a glossary."""

    source: str
    target: str
    status: str = "preferred"
    """`preferred`, `admitted` or `forbidden`."""

    note: str = ""
    pos: str = ""
    """The part of speech, as `noun` or `verb`; empty where nobody said it."""

    case: str = ""
    """
    `any`: capitals do not matter; `exact`: they stand as in the row. Empty: they do not
    matter, unless the word has nothing but capitals.
    """
