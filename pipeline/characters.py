"""
The signs of a text: what lets most checks pass most texts without reading them.

Signs are the characters that are no letters: digits, brackets, quotation marks, what
nobody sees. Most sentences have none, and need no look at numbers, markup, links or
fields. They are found once a text, however many checks ask, and in a build once a
source for all its locales.
"""

from functools import lru_cache
from string import ascii_letters, digits
from typing import Final

from pipeline.late import regex

KEPT: Final = 2048
"""Texts of which something is remembered: those of an article, in each locale."""

DIGIT: Final = "0"
"""Stands among the signs for every decimal digit of any script."""

ZEROS: Final = "00"
"""Stands for two zeros in a row, with which a phone number may begin."""

WWW: Final = "www."
"""Stands for the one beginning of an address that has letters only."""

NO_LETTER: Final = ""
"""Stands for a beginning that is neither a letter nor a digit."""

HIDDEN: Final = "\u200b"
"""Stands for every character of `hidden`."""

hidden: Final = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0"
    "\ufff0-\uffff\U000e0000-\U000e007f\U000f0000-\U0010ffff]",
)
"""What cannot be seen, or has no shape of its own: controls, fillers, private use."""

LETTERS: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"  # Latin
    "\u0386\u0388-\u03ff\u0400-\u0481\u048a-\u0527"  # Greek, Cyrillic
    "\u05d0-\u05ea\u060c\u061b\u061f-\u0652\u066e-\u06d4"  # Hebrew, Arabic
    "\u0904-\u0963\u0e01-\u0e4e"  # Devanagari, Thai
)
"""Those of the scripts that are met most, as in a set of `re`, with some marks."""

PLAIN: Final = rf" !',\-.;?\u2019{LETTERS}"
"""What is no sign. All else is one, which may cost a little time."""

_SIGN: Final = regex(f"[^{PLAIN}]")

# Chinese, Japanese, Korean: so many take long to compile, and most sites have none.
FIRST_WIDE: Final = "\u3001"
WIDE: Final = "\u3001\u3002\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SIGN_AMONG_WIDE: Final = regex(f"[^{PLAIN}{WIDE}]")
_PLAIN_ASCII: Final = b" !',-.;?" + ascii_letters.encode()
"""Of ASCII, what is plain."""

_NO_LETTERS: Final = bytes(set(range(128)) - {*map(ord, ascii_letters + digits)})
_NO_LETTER_OR_FIGURE: Final = regex(r"[\W_]+")

_ASCII_DIGITS: Final = frozenset(digits)
_NONE: Final[frozenset[str]] = frozenset()


@lru_cache(maxsize=KEPT)
def signs(text: str) -> frozenset[str]:
    """The signs of a text, and what stands for some of them."""
    if text.isascii():  # To delete what is none takes half the time of a search.
        there = text.encode().translate(None, _PLAIN_ASCII).decode()
    else:
        there = "".join(_SIGN.findall(text))
        if there and max(there) >= FIRST_WIDE:
            there = "".join(_SIGN_AMONG_WIDE.findall(text))
    begins_with_letter = text[:1].isalnum()
    if not there and begins_with_letter and WWW not in text:
        return _NONE
    return _meant(there, begins_with_letter, ZEROS in text, WWW in text)


@lru_cache(maxsize=KEPT)
def _meant(
    there: str,
    begins_with_letter: bool,  # noqa: FBT001 - private, one caller
    has_zeros: bool,  # noqa: FBT001
    has_www: bool,  # noqa: FBT001
) -> frozenset[str]:
    """The signs, and what stands for some: few of the texts of a site have others."""
    found = set(there)
    if any(map(str.isdecimal, found)):
        # Texts that differ in their figures only have the same signs.
        found = found - _ASCII_DIGITS | {DIGIT}
    if hidden.search(there):
        found.add(HIDDEN)
    if has_www:
        found.add(WWW)
    if not begins_with_letter:
        found.add(NO_LETTER)
    if has_zeros:
        found.add(ZEROS)
    return _same(frozenset(found))


@lru_cache(maxsize=KEPT)
def _same(found: frozenset[str]) -> frozenset[str]:
    """The first of those that are equal: what is the same object is equal at once."""
    return found


@lru_cache(maxsize=KEPT)
def letter_count(text: str) -> int:
    """How many letters and figures a text has."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    return len(_NO_LETTER_OR_FIGURE.sub("", text))


def has_digit(text: str) -> bool:
    """Whether there is a decimal digit of any script."""
    return DIGIT in signs(text)
