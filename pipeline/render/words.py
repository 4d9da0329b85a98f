"""
The words of admitted HTML, and texts that were never HTML.

Reads what the gate has admitted, which is regular.
"""

from html import unescape
from typing import Final

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.late import regex

_MARKUP: Final = regex(r"<[^>]*+>")

# Characters that turn the order of others around: "12 mg" would read "gm 21".
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e"
_OVERRIDES: Final = regex(f"[{_TURNING}]")

# Line breaks, controls, and what no XML and no UTF-8 can hold.
_BREAKS: Final = regex(r" *[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]+ *")


def plain(html: str) -> str:
    """The text of an admitted fragment, on one line."""
    return " ".join(text_of(html).split())


def words(html: str) -> list[str]:
    """The text of an admitted fragment, parted where there are blanks."""
    return text_of(html).split()


def text_of(html: str) -> str:
    """The text of an admitted fragment, as it stands there."""
    return unescape("".join(_MARKUP.split(html)) if "<" in html else html)


def plain_text(text: str, *, locale: str = "") -> str:
    """A text that was never HTML: on one line, without what turns others around."""
    return one_line(text, locale).strip()


def one_line(text: str, locale: str) -> str:
    """A text that was never HTML, without breaks, controls and what turns others."""
    if text.isprintable():  # As most are: none of what is taken out can be printed.
        return text
    return _BREAKS.sub(" ", without_overrides(text, locale))


def without_overrides(text: str, locale: str) -> str:
    """The text without characters that turn the order of others around."""
    # Hardly any text has one, which is found out fastest by one after the other.
    if text.isascii() or not any(map(text.__contains__, _TURNING)):
        return text
    # Pseudo-translations from right to left are made of such characters.
    return text if locale in PSEUDO_LOCALES else _OVERRIDES.sub("", text)
