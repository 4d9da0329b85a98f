"""
How the words of a language change: one small file a language, and a default.

A language says which stems a word of the glossary has, and which endings may follow
each. It knows no dictionary: where grammar leaves a choice, what would also hit other
words is left out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pipeline.late import dataclass, regex

NOTHING: Final = regex("")
"""No ending."""

LONGEST_ENDING: Final = 40
"""Letters after a stem; what has more is no word."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a term, folded, and its place there."""

    text: str
    is_last: bool = True
    is_alone: bool = True
    """Whether it is the whole term."""

    is_verb: bool = False
    is_capitalized: bool = False
    is_foreign: bool = False
    """Whether the translation is the source's own word."""

    before: str = ""
    """The word before it, folded."""

    last: str = ""
    """The last word of the term, folded."""


@dataclass(frozen=True, slots=True)
class Stem:
    """How a word may begin, and what may follow up to its end."""

    text: str
    ending: re.Pattern[str] = NOTHING
    may_follow: bool = False
    """Whether it may stand within a longer word: the second part of a compound."""


def casefolded(text: str) -> str:
    """The text without capitals, invisible signs and variants of one letter."""
    return without_invisible(unicodedata.normalize("NFC", text)).casefold()


def without_invisible(text: str) -> str:
    """The text without soft hyphens, joiners and the like."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


_INVISIBLE: Final = regex("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")


def from_its_start(_token: str, _raw: str) -> Iterable[int]:
    """A word begins where the token does."""
    return (0,)


@dataclass(frozen=True, slots=True)
class Language:
    """What is to be known of a language in order to find its words."""

    stems: Callable[[Word], Iterator[Stem]]
    fold: Callable[[str], str] = casefolded
    starts: Callable[[str, str], Iterable[int]] = from_its_start
    """Where in a token, folded and as written, a stem may begin: behind an article."""

    clitic: Callable[[], re.Pattern[str]] | None = None
    """What belongs to the word though an apostrophe stands before it."""


def any_of(*endings: str) -> re.Pattern[str]:
    """A pattern of alternative endings, none included."""
    return re.compile(f"(?:{'|'.join(endings)})?")


_LONG: Final = 8
_SHORT: Final = 4
_UNKNOWN: Final = regex(r"\w{0,4}")


def changing_ends(word: Word) -> Iterator[Stem]:
    """Of a language without a file: the last letters may change, and a few follow."""
    text = word.text
    if not text.isalpha() or len(text) < _SHORT:
        yield Stem(text)
        return
    yield Stem(text, _UNKNOWN)
    yield Stem(text[: -2 if len(text) > _LONG else -1], _UNKNOWN)


UNKNOWN: Final = Language(changing_ends)
