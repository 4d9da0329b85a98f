"""Whether a translation kept the numbers; the same numbers in another way."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from pipeline.late import regex
from pipeline.numbers import Number, numbers

_RUN: Final = regex(r"\d+(?:\S\d+)*")
"""A number, or what could be one: digits, and what holds them together."""

_SEPARATED: Final = regex(r"(?<![\d.,])\d+(?:[.,]\d+)+(?!\d)", re.ASCII)
_SWAP: Final = str.maketrans(".,", ",.")
_MARK: Final = regex(
    r"""(?<=\d)[⁰¹²³⁴-⁹⁺⁻]+               # 10⁶
        | [¼-¾⅐-⅞]
        | (?:[<>]=?|[≤≥⩽⩾±])(?=\s?\d)    # < 5""",
    re.VERBOSE,
)
_ALIKE: Final = {"<=": "≤", "⩽": "≤", ">=": "≥", "⩾": "≥"}
_DOSES: Final = frozenset("mg µg ng g kg ml dl l IU mmol % °C °F".split())
"""Units that are known by their symbols in every language."""


def have_equal_numbers(text: str, answer: str, *, source: str, target: str) -> bool:
    """
    Whether two texts have the same numbers, as often, in any order.

    Each may write them in its own locale's way. What makes another amount of a number
    counts too: an exponent, a fraction, a sign of comparison, and the unit of a dose.
    """
    if _marks(text) != _marks(answer):
        return False
    ours, theirs = numbers(text, source), numbers(answer, target)
    if not _have_equal_doses(ours, theirs):
        return False
    if Counter(n.value for n in ours) == Counter(n.value for n in theirs):
        return True
    # The word for a million is not known in every language.
    return not any(n.unscaled for n in theirs) and Counter(
        n.unscaled or n.value for n in ours
    ) == Counter(n.value for n in theirs)


def _marks(text: str) -> Counter[str]:
    return Counter(_ALIKE.get(mark, mark) for mark in _MARK.findall(text))


def _have_equal_doses(ours: Sequence[Number], theirs: Sequence[Number]) -> bool:
    """Whether no number has another unit, where both sides' units are known."""
    known, found = _doses(ours), _doses(theirs)
    return all(not known[value] or found[value] <= known[value] for value in found)


def _doses(found: Sequence[Number]) -> dict[str, Counter[str]]:
    units: dict[str, Counter[str]] = defaultdict(Counter)
    for number in found:
        if number.unit in _DOSES:
            units[number.value][number.unit] += 1
    return units


def with_target_separators(text: str, answer: str, *, source: str, target: str) -> str:
    """
    The answer with the numbers that an engine copied, written as the target does.

    Only where the same characters mean another number there: `1,500` in Spanish is one
    and a half.
    """
    for run in dict.fromkeys(_SEPARATED.findall(text)):
        swapped = run.translate(_SWAP)
        ours = [number.value for number in numbers(run, source)]
        is_misread = [number.value for number in numbers(run, target)] != ours
        if is_misread and [n.value for n in numbers(swapped, target)] == ours:
            copied = rf"(?<![\d.,]){re.escape(run)}(?!\d|[.,]\d)"
            answer = re.sub(copied, swapped, answer)
    return answer


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
