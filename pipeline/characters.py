"""
Which characters a text has: what lets most checks pass most texts without reading them.

A set is made once a text, however many checks ask, and in a build once a source for
all its locales. To ask it costs a tenth of a regular expression.
"""

from functools import lru_cache
from typing import Final

KEPT: Final = 2048
"""Texts of which something is remembered: those of an article, in each locale."""

_ASCII_DIGITS: Final = frozenset("0123456789")


@lru_cache(maxsize=KEPT)
def characters(text: str) -> frozenset[str]:
    """Every character of a text."""
    return frozenset(text)


@lru_cache(maxsize=KEPT)
def has_digit(text: str) -> bool:
    """Whether there is a decimal digit of any script."""
    found = characters(text)
    if not _ASCII_DIGITS.isdisjoint(found):
        return True
    return not text.isascii() and any(map(str.isdecimal, found))
