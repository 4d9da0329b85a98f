"""
The glossary: what the words of the field are called in a locale.

`table` and `tbx` read and write it, `matching` finds its terms in texts.
"""

from pipeline.glossary.matching import Occurrence, find_terms, occurrences, preferred
from pipeline.glossary.table import (
    STATUSES,
    Row,
    added_to_glossary,
    compose_glossary,
    parse_glossary,
    parse_rows,
    require_no_contradiction,
)
from pipeline.glossary.tbx import compose_tbx, parse_tbx, tbx_locales

__all__ = [
    "STATUSES",
    "Occurrence",
    "Row",
    "added_to_glossary",
    "compose_glossary",
    "compose_tbx",
    "find_terms",
    "occurrences",
    "parse_glossary",
    "parse_rows",
    "parse_tbx",
    "preferred",
    "require_no_contradiction",
    "tbx_locales",
]
