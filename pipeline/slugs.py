"""
Addresses made of words: the folder name of a page and the anchors of its headings.

A slug is ASCII, because it is typed, spoken and mailed. An anchor keeps its letters,
because it is only followed.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Final
from urllib.parse import quote

from pipeline.late import regex

MAX_LENGTH: Final = 80
"""Characters; a longer slug is cut at a word."""

_LONGEST_LETTERS: Final = 60
"""Characters of a slug in any script; the name of a folder has up to 255 bytes."""

# What decomposition (NFKD) does not fold to ASCII by itself.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "å": "a",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŋ": "n",
        "ŧ": "t",
        "ə": "e",
        "’": None,
        "'": None,
    },
)
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NORDIC: Final = str.maketrans({"ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "å": "aa"})

# How a language itself writes its letters without the marks; Turkish, for one, simply
# drops them (`ö` is `o`).
_BY_LANGUAGE: Final = {
    "de": _GERMAN,
    "da": _NORDIC,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
}

_SIGNS: Final = {"+": "plus", "-": "minus", "−": "minus", "#": "sharp"}
_SIGN: Final = regex(r"(?<=[\w+])(?:\+(?!\w)|[-−#](?![\w-]))")

_NOT_WORD: Final = regex(r"[^\w-]|_")
"""A character that is neither letter nor digit, but for what parts words anyway."""

_NOT_SLUG: Final = regex(r"[^a-z0-9]+")


def slugify(text: str, *, locale: str) -> str:
    """
    The text as a slug: `[a-z0-9]` words joined by `-`, folded as the locale folds.

    Empty where nothing Latin remains (Arabic, Cyrillic); the caller then takes the
    file's stem.
    """
    folded = _lower(unicodedata.normalize("NFC", text))
    rules = _BY_LANGUAGE.get(locale.partition("-")[0])
    if rules:
        folded = folded.translate(rules)
    folded = unicodedata.normalize("NFKD", folded.translate(_LETTERS)).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    slug = _NOT_SLUG.sub("-", bare).strip("-")
    if len(slug) > MAX_LENGTH:
        cut = slug[: MAX_LENGTH + 1].rpartition("-")[0]
        slug = cut or slug[:MAX_LENGTH]
    return slug


def topic_slug(text: str, *, locale: str) -> str:
    """
    The address of a tag or a section: a slug, where all letters have a Latin one.

    Else its own letters stay, so that two words are not one. For the same reason a sign
    behind a word is named: `HIV+` is `hiv-plus`, and `HIV-` is `hiv-minus`. Empty where
    there is neither a letter nor a digit.
    """
    text = _SIGN.sub(_said, text)
    slug = slugify(text, locale=locale)
    lost = unicodedata.normalize("NFKD", _lower(text).translate(_LETTERS)).casefold()
    if all(char.isascii() or not char.isalnum() for char in lost):
        return slug
    return heading_id(text, ())[:_LONGEST_LETTERS].rstrip("-")


def _said(match: re.Match[str]) -> str:
    return f"-{_SIGNS[match[0]]}"


def heading_id(text: str, taken: Collection[str]) -> str:
    """The anchor of a heading, with its own letters; numbered where it is taken."""
    parted = _lower(unicodedata.normalize("NFC", text)).replace(" ", "-")
    is_plain = parted.replace("-", "").isalnum()  # As most are; a pattern takes long.
    kept = parted if is_plain else _NOT_WORD.sub(_parting, parted)
    words = kept.strip("-") or "section"
    if "--" in words:
        words = "-".join(filter(None, words.split("-")))
    if words not in taken:
        return words
    # Numbers are given in turn, so halving finds the first free one; a text of nothing
    # but equal headings must not cost the square of their count.
    free = 2
    while f"{words}-{free}" in taken:
        free *= 2
    used = free // 2
    while free - used > 1:
        middle = (used + free) // 2
        if f"{words}-{middle}" in taken:
            used = middle
        else:
            free = middle
    return f"{words}-{free}"


def _parting(match: re.Match[str]) -> str:
    """What stands in an anchor for a character that is neither letter nor digit."""
    if match[0] in "’'":
        return ""
    return match[0] if unicodedata.category(match[0]).startswith("M") else "-"


def _lower(text: str) -> str:
    """Lower case, with a Turkish capital as one letter and not as i and a dot."""
    return text.replace("İ", "i").lower()


_UNQUOTED: Final = regex(r"[A-Za-z0-9_.~/-]*+")


class _Quoted(dict[int, str]):
    """Each character as addresses have it, found when it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = written = quote(chr(code))
        return written


_QUOTED: Final = _Quoted()


def quoted(path: str) -> str:
    """As `urllib.parse.quote` has it; of most, nothing is written otherwise there."""
    if path.isascii() and _UNQUOTED.fullmatch(path):
        return path
    return path.translate(_QUOTED)


def one_by_form(paths: Iterable[str]) -> dict[str, str]:
    """
    Paths by what they read as, composed (NFC), but none that two of them read as.

    File systems and archives keep `ç` in one character or in two; authors see one.
    """
    found: dict[str, str | None] = {}
    for path in paths:
        if not path.isascii():
            form = unicodedata.normalize("NFC", path)
            found[form] = path if found.get(form, path) == path else None
    return {form: path for form, path in found.items() if path is not None}


def composed(path: str) -> str:
    """A path in the form that `one_by_form` knows it under."""
    return unicodedata.normalize("NFC", path)
