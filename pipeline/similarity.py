"""How near two texts are, as the field counts it: 0 to 100, and 100 only if equal."""

from collections.abc import Sequence
from typing import Final

NEAR: Final = 75
"""From here on a translation is worth showing for a text that is not quite its own."""


def similarity(a: str, b: str) -> int:
    """
    The share of the characters that both texts have in the same order, in percent.

    It is what `difflib`, msgmerge and rapidfuzz's `ratio` count; only equal texts have
    100, and two that differ in one character of a thousand have 99.
    """
    if a == b:
        return 100
    from rapidfuzz.fuzz import ratio

    return _percent(ratio(a, b))


def best(query: str, choices: Sequence[str], *, cutoff: int) -> tuple[int, int] | None:
    """
    The index and the similarity of the choice that is nearest to `query`.

    The first of several that are equally near; None if none has `cutoff` or more.
    """
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    if query in choices:
        return choices.index(query), 100
    found = process.extractOne(query, choices, scorer=ratio, score_cutoff=cutoff)
    if found is None:
        return None
    _, score, index = found
    return int(index), _percent(score)


def ranked(query: str, choices: Sequence[str], *, cutoff: int) -> list[tuple[str, int]]:
    """The choices that have `cutoff` or more, with their similarity, nearest first."""
    from rapidfuzz import process
    from rapidfuzz.fuzz import ratio

    found = process.extract(
        query, choices, scorer=ratio, score_cutoff=cutoff, limit=None
    )
    return [
        (text, 100 if text == query else _percent(score)) for text, score, _ in found
    ]


def _percent(ratio: float) -> int:
    return min(int(ratio), 99)


def edit_rate(draft: str, final: str) -> float:
    """
    The share of the characters that somebody changed, 0 to 1, by Levenshtein's count.

    Of the longer of both texts; 0 only if they are equal.
    """
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_distance(draft, final))
