"""Whether a translation kept the numbers, and a translation with other numbers."""

import re
from collections import Counter
from typing import Final

from pipeline.numbers import numbers

_RUN: Final = re.compile(r"\d+(?:\S\d+)*")
"""A number, or what could be one: digits, and what holds them together."""


def have_equal_numbers(text: str, answer: str, *, source: str, target: str) -> bool:
    """
    Whether two texts have the same numbers, as often, in any order.

    Each may write them in its own locale's way.
    """
    ours, theirs = numbers(text, source), numbers(answer, target)
    if Counter(n.value for n in ours) == Counter(n.value for n in theirs):
        return True
    # The word for a million is not known in every language.
    return not any(n.unscaled for n in theirs) and Counter(
        n.unscaled or n.value for n in ours
    ) == Counter(n.value for n in theirs)


def carry_numbers(source: str, translation: str, other: str) -> str | None:
    """
    The translation of `source`, made into one of `other` by its numbers alone.

    None unless the two sources differ in whole numbers only, and each number that
    changes stands once in the source and once in the translation.
    """
    if source == other or _RUN.sub("0", source) != _RUN.sub("0", other):
        return None
    before, after = _RUN.findall(source), _RUN.findall(other)
    changes = {old: new for old, new in zip(before, after, strict=True) if old != new}
    stand = Counter(_RUN.findall(translation))
    for old, new in changes.items():
        is_plain = old.isdecimal() and new.isdecimal()
        if not is_plain or before.count(old) != 1 or stand[old] != 1:
            return None
    return _RUN.sub(lambda match: changes.get(match[0], match[0]), translation)
