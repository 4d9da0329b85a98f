"""
Persons as headers, options and forms name them: `Name, role` and `Name <address>`.

The question is always whether two of them may be one and the same, because nobody is to
approve what they alone translated. In doubt they are.
"""

import unicodedata
from typing import Final

from pipeline.confusables import latin_looks
from pipeline.late import dataclass, regex

_MAIL: Final = regex(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_WORD: Final = regex(r"\w+")
_UMLAUT: Final = regex(r"([aou])e")
_TITLES: Final = frozenset(
    "dr doc dt op prof professor uzm yrd ogr gor md phd mr mrs ms herr frau".split()
)
_NOBODY: Final = frozenset(
    {
        "",
        "full name <email@address>",
        "automatically generated",
        "none",
        "unknown",
        "anonymous",
        "author",
    }
)
"""What tools write where they know no name."""

_FOLDED: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "_": " "}
)


@dataclass(frozen=True, slots=True)
class _Person:
    mails: frozenset[str]
    name: frozenset[str]
    """All words of the name, in whatever order."""

    head: frozenset[str]
    """Those before the first comma, behind which a role may stand."""


def is_known(person: str) -> bool:
    """Whether a text names a person, and is not what a tool writes for none."""
    text = " ".join(person.split())
    return text.casefold() not in _NOBODY and bool(_WORD.search(text))


def may_be_same(one: str, other: str) -> bool:
    """
    Whether two texts may name one person; an unknown one may be anybody.

    Capitals, accents, the dots of a Turkish i, letters that look alike, the order of
    names, initials, a further name, spaces, titles and a role behind a comma make no
    other person, and neither does another address. Where one text has only a name and
    the other only an address, nothing tells them apart.
    """
    if not is_known(one) or not is_known(other):
        return True
    first, second = _person(one), _person(other)
    if first.mails & second.mails:
        return True
    if first.name and second.name:
        return _same_name(first, second)
    return not (first.mails and second.mails)


def _same_name(one: _Person, other: _Person) -> bool:
    if other.name in {one.name, one.head} or one.name == other.head:
        return True
    # `Surname, first name` has one word there, which many persons share.
    if one.head == other.head and len(one.head) > 1:
        return True
    if _is_called_alike(one.name, other.name) or _is_called_alike(one.head, other.head):
        return True
    return any(
        _is_spelt_alike(first, second)
        for first in (one.name, one.head)
        for second in (other.name, other.head)
    )


def _is_called_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether somebody may have left a part of her name away."""
    return bool(one and other) and (one < other or other < one)


def _is_spelt_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether only spaces, initials, umlauts or further names tell two names apart."""
    fewer, more = sorted((one, other), key=len)
    if len(fewer) < len(more) and _letters(one) == _letters(other):
        return True
    if len(fewer) < 2:  # noqa: PLR2004 - a name alone is shared by many
        return False
    whole, short = fewer & more, fewer - more
    return bool(whole) and all(
        any(_shortens(word, each) for each in more - whole) for word in short
    )


def _shortens(one: str, other: str) -> bool:
    """Whether one of them is the initial of the other, or an umlaut is all."""
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return _UMLAUT.sub(r"\1", one) == _UMLAUT.sub(r"\1", other)


def _letters(words: frozenset[str]) -> list[str]:
    return sorted("".join(words))


def _person(text: str) -> _Person:
    folded = _folded(text)
    mails = frozenset(match.strip(".") for match in _MAIL.findall(folded))
    bare = _MAIL.sub(" ", folded)
    return _Person(mails, _words(bare), _words(bare.partition(",")[0]))


def _words(text: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(text))
    return words - _TITLES or words


def _folded(text: str) -> str:
    """Without capitals, accents and the dots that a Turkish i has or lacks."""
    plain = unicodedata.normalize(
        "NFKD", latin_looks(unicodedata.normalize("NFKC", text).casefold())
    )
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(
        letter
        for letter in bare.translate(_FOLDED)
        # Nothing that cannot be seen makes another person.
        if unicodedata.category(letter) not in {"Cf", "Cc"} or letter.isspace()
    )
