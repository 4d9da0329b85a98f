"""A machine that has lost its way says the same over and over."""

from itertools import groupby
from typing import Final

from pipeline.late import regex

_WORD: Final = regex(r"\w+")
_MOST_LETTERS: Final = 8
"""The same letter so often in a row stands in no word."""
_MOST_TIMES: Final = 4
"""Words so often in a row stand in no sentence; three times may be emphasis."""
_LONGEST: Final = 4
"""Words that are repeated together."""


def is_loop(answer: str, source: str) -> bool:
    """Whether an answer repeats itself as no text does that its source does not."""
    letters, times = _letters(answer), _times(answer)
    return (letters >= _MOST_LETTERS and letters > _letters(source)) or (
        times >= _MOST_TIMES and times > _times(source)
    )


def _letters(text: str) -> int:
    """How often the same letter stands in a row at most."""
    runs = (sum(1 for _ in run) for char, run in groupby(text) if char.isalpha())
    return max(runs, default=0)


def _times(text: str) -> int:
    """How often the same words stand in a row at most."""
    words = _WORD.findall(text.casefold())
    most = 0
    for size in range(1, _LONGEST + 1):
        same = (a == b for a, b in zip(words, words[size:], strict=False))
        runs = (sum(1 for _ in run) for is_same, run in groupby(same) if is_same)
        most = max(most, max(runs, default=0) // size + 1)
    return most
