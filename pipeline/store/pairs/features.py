"""
By what texts are looked up that resemble another one: words, pairs of words, and in
short texts runs of four characters.

Each feature is a number, and its texts are kept apart by their length, since no text is
near one of another size. Of the features of a text that is looked up, the rarest tell
most: a thousand texts that have one of them are counted rather than compared.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zlib import crc32

from pipeline.late import regex

_WORD: Final = regex(r"\w+")
_RUN: Final = 4
_SHORT: Final = 30
"""Characters below which a text is looked up by its runs too."""

_LONG_WORD: Final = 24
"""Characters of a word from which on a script writes none apart."""

_CLASS: Final = math.log(1.5)
_BITS: Final = 20
_CLASSES: Final = 64
ROOM: Final = _CLASSES << _BITS
"""How many keys there are for one locale."""

_FEWEST: Final = 8_000
_MOST: Final = 10_000
"""Occurrences of features that are counted in one look-up."""

_RARE: Final = 200
"""Texts up to which a feature is rare, and counts twice."""

_LEAST: Final = 400
_CANDIDATES: Final = 3_000
"""
Texts that are compared, by how many there are to choose from: with 300 of a million,
three in a hundred best matches were lost, and with 3,000 of a thousand, time.
"""


def keys(text: str) -> Iterable[int]:
    """Under which keys a text is filed."""
    start = _length_class(len(text)) << _BITS
    return [start | feature for feature in _features(text, short=len(text) < _SHORT)]


def keys_around(text: str, cutoff: int) -> Sequence[int]:
    """The keys that texts have that may be as near as `cutoff`, and more."""
    shortest, longest = lengths_around(len(text), cutoff)
    classes = range(_length_class(shortest), _length_class(longest) + 1)
    features = _features(text, short=shortest < _SHORT)
    return [each << _BITS | feature for each in classes for feature in features]


def lengths_around(length: int, cutoff: int) -> tuple[float, float]:
    """How short and how long a text may be: 2 * shorter / (shorter + longer)."""
    return length * cutoff / (200 - cutoff), length * (200 - cutoff) / cutoff


def candidates(
    sizes: Mapping[int, int], read: Callable[[Sequence[int]], Iterable[Sequence[int]]]
) -> list[int]:
    """
    The numbers of the texts that have most of the features, in any order.

    `sizes` tells how many texts there are by key, `read` gives those of some keys.
    """
    there = sum(sizes.values())
    most = min(_MOST, _FEWEST + there // 50)
    chosen: list[int] = []
    total = 0
    for key in sorted(sizes, key=lambda key: (sizes[key], key)):
        total += sizes[key]
        if chosen and total > most:
            break
        chosen.append(key)
    counted: Counter[int] = Counter()
    for numbers in read(chosen):
        counted.update(numbers)
        if len(numbers) <= _RARE:
            counted.update(numbers)
    return _first(counted, min(_CANDIDATES, _LEAST + there // 200))


def _first(counted: Counter[int], most: int) -> list[int]:
    """Those that were counted most often, in any order; quicker than sorting them."""
    often = Counter(counted.values())
    enough, least = 0, 0
    for least in sorted(often, reverse=True):
        enough += often[least]
        if enough >= most:
            break
    above = [number for number, count in counted.items() if count > least]
    level = [number for number, count in counted.items() if count == least]
    return (above + level)[:most]


def _length_class(length: float) -> int:
    return min(int(math.log(max(length, 1)) / _CLASS), _CLASSES - 1)


def _features(text: str, *, short: bool) -> set[int]:
    folded = text.casefold()
    words = _WORD.findall(folded)
    found = {*words, *map(" ".join, pairwise(words))}
    if short or any(len(word) > _LONG_WORD for word in words):
        around = f" {folded} "
        found.update(
            around[start : start + _RUN] for start in range(len(around) - _RUN + 1)
        )
    return set(map(_number, found))


@lru_cache(maxsize=1 << 16)
def _number(feature: str) -> int:
    return crc32(feature.encode(errors="surrogatepass")) & ((1 << _BITS) - 1)
