"""A text as words: where each stands, and what it is without capitals and signs."""

from typing import Final

from pipeline.glossary.languages import Language
from pipeline.late import dataclass, regex

# Signs that belong to the letter before them: accents, vowel signs, joiners, the soft
# hyphen.
_MARK: Final = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd"
    "\u0b82\u0bbe-\u0bcd\u0c00-\u0c03\u0c3e-\u0c4d\u0d00-\u0d03\u0d3e-\u0d4d"
    "\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff"
)
# Signs of scripts that put no blanks between words: each is a word of its own.
_ALONE: Final = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6"
    "\u1000-\u102a\u103f\u1780-\u17b3\u3041-\u3096\u3099-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9d"
)
_ALONE_MARK: Final = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e"
    "\u17b4-\u17d3\u3099\u309a\uff9e\uff9f"
)
_WORD: Final = regex(
    rf"[{_ALONE}][{_ALONE_MARK}{_MARK}]*+|(?:(?![{_ALONE}])[^\W_][{_MARK}]*+)++"
)
_KATAKANA: Final = regex("[\u30a1-\u30fa\u30fc\uff66-\uff9d]")
_GAP: Final = regex("[\\s*_~\\[\\]'’ʼ`´\u2010\u2011\ufffc\u00ad\u200b-\u200f-]*")
APOSTROPHES: Final = frozenset("'’ʼ`´‘")
"""What people type for an apostrophe."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text."""

    text: str
    """Folded, as the language does it."""

    raw: str
    start: int
    end: int


def tokens(text: str, language: Language) -> list[Token]:
    """The words of a text, in their order."""
    fold = language.fold
    return [
        Token(fold(match[0]), match[0], match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


def may_part(gap: str) -> bool:
    """Whether what stands between two words may do so within a term."""
    return (
        not gap or gap == " " or (_GAP.fullmatch(gap) is not None and "\n\n" not in gap)
    )


def is_katakana(token: Token) -> bool:
    """Whether it is of the syllables that Japanese writes foreign words with."""
    return _KATAKANA.match(token.raw) is not None
