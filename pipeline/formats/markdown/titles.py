"""
The titles of links, images and link definitions: `[a](b "title")`, `[a]: b 'title'`.

A title within a sentence is a part of the sentence. One whose link has no words around
it, and that of a definition, is a text of its own, without its quotes and escapes.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from pipeline.formats.markdown.fields import hide
from pipeline.late import regex

_GAP: Final = r"[ \t]*+(?:(?:\r\n?|\n)[ \t>]*+)?+"
_TARGET: Final = r"(?:<(?:[^<>\\\r\n]|\\.)*+>|(?!<)\S++)"
_TITLE: Final = (
    r"""(?P<title>"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"""
)
_PATTERNS: Final = {
    "](": regex(rf"\]\({_GAP}{_TARGET}{_GAP}{_TITLE}{_GAP}\)\Z", re.DOTALL),
    "]:": regex(rf"\]:{_GAP}{_TARGET}{_GAP}{_TITLE}\s*\Z", re.DOTALL),
}
_MOST_TRIES: Final = 20
_LEADING: Final = regex(r"\A(?:[ \t]*+(?:\r\n?|\n)[ \t>]*+)*+[ \t]*+")
_TRAILING: Final = regex(r"(?<![ \t])(?:[ \t]*+[\r\n][ \t\r\n>]*|[ \t]+)\Z")
_FOLD: Final = regex(r"[ \t]*+(?:\r\n?|\n)[ \t>]*")
_ESCAPED: Final = regex(
    r"\\([!-/:-@\[-`{-~])|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);"
)
_SPECIAL: Final = regex(r"""[\\"'()<>`&]""")
_BLOCK_SIGN: Final = regex(r"\A(\d{0,9})([-+*#=~_|:.)])")
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "`": "&#96;", "&": "&amp;"}


def find(text: str, opening: str, title: str) -> tuple[int, int] | None:
    """
    Where the title stands between its quotes; None where it cannot be told.

    `text` is the whole link or definition, `opening` what its target comes after:
    `](` or `]:`.
    """
    wanted = "".join(title.split())
    for place in _places(text, opening):
        match = _PATTERNS[opening].match(text, place)
        if match is not None:
            words = _LEADING.sub("", match["title"][1:-1])
            start = match.end("title") - 1 - len(words)
            words = _TRAILING.sub("", words)
            is_found = "".join(decoded(words).split()) == wanted
            return (start, start + len(words)) if words and is_found else None
    return None


def decoded(raw: str) -> str:
    """The words of a title, on one line."""
    return _ESCAPED.sub(_character, _FOLD.sub(" ", raw))


def encoded(text: str) -> str:
    """The words as a title's characters, whatever its quotes are."""
    hidden = hide(text)
    words = _SPECIAL.sub(
        lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), hidden.text
    )
    # A title may stand on a line of its own, which must not look like a block.
    return hidden.restore(_BLOCK_SIGN.sub(r"\1\\\2", words))


def _places(text: str, opening: str) -> Iterator[int]:
    start = -1
    for _ in range(_MOST_TRIES):
        start = text.find(opening, start + 1)
        if start < 0:
            return
        yield start


def _character(match: re.Match[str]) -> str:
    return match[1] or unescape(match[0])
