"""Refilling: a translation as the HTML that stands in the place of a cut."""

from collections import Counter
from functools import lru_cache
from html import escape
from typing import Final

from pipeline.errors import UnfitError
from pipeline.hypertext.tokens import BLOCKS, EMBEDDED, RAW, VOID, tokens

_UNQUOTED: Final = "attribute "
_QUOTES: Final = {'"': "&quot;", "'": "&#x27;"}
_STRUCTURE: Final = BLOCKS | RAW | EMBEDDED
"""Elements that are not a part of a sentence."""

_LITERAL: Final = RAW | EMBEDDED


def fit(place: str, source: str, text: str) -> str:
    """
    The raw characters that put a translation, on one line, in the place of `source`.

    Ampersands and angle brackets that are plainly text are escaped. Raises UnfitError
    for what is left open, and for elements that would divide the block and are not in
    the source.
    """
    if place == "rcdata":
        return escape(text, quote=False)
    if place.startswith("attribute"):
        quote = place[len(_UNQUOTED) :] or '"'
        value = escape(text, quote=False).replace(quote, _QUOTES[quote])
        return f'"{value}"' if place == _UNQUOTED else value
    if "<" not in text and "&" not in text:
        return text
    _refuse_elements(source, text)
    for end in _loose_ends(text) - _loose_ends(source):
        raise UnfitError(f"`{end}` is not closed in the translation")
    return _escaped(text)


def shape(text: str) -> tuple[str, ...]:
    """The tags of blocks and of embedded media, for comparison."""
    return tuple(
        f"/{piece.name}" if piece.kind == "end" else piece.name
        for piece in tokens(text)
        if piece.name in _STRUCTURE
    )


def _escaped(text: str) -> str:
    parts = []
    within = ""
    for piece in tokens(text):
        raw = text[piece.start : piece.end]
        if piece.kind == "start" and not within and piece.name in _LITERAL:
            within = piece.name
        elif piece.kind == "end" and piece.name == within:
            within = ""
        elif piece.kind == "text" and not within:
            # Without what a browser drops.
            raw = piece.data.replace("&", "&amp;").replace("<", "&lt;")
        parts.append(raw)
    return "".join(parts)


def _refuse_elements(source: str, text: str) -> None:
    for name in _elements(text) - _elements(source):
        raise UnfitError(
            f"<{name}> cannot stand here: it is not in the source",
            hint="leave it out, or write `&lt;` for `<`",
        )


def _elements(text: str) -> Counter[str]:
    """How often each element occurs that is not a part of a sentence."""
    return Counter(piece.name for piece in tokens(text) if piece.name in _STRUCTURE)


@lru_cache(maxsize=256)
def _loose_ends(text: str) -> frozenset[str]:
    """Tags and comments that have no other half, and a tag that the text ends in."""
    opened: list[str] = []
    loose = set()
    end = 0
    for piece in tokens(text):
        raw = text[piece.start : piece.end]
        if piece.start > end:
            loose.add(text[end : piece.start])
        end = piece.end
        if piece.kind in {"comment", "other"} and not raw.endswith(">"):
            loose.add(raw[:4])
        elif piece.kind == "start" and piece.name not in VOID:
            opened.append(piece.name)
        elif piece.kind == "end" and piece.name in opened:
            opened.remove(piece.name)
        elif piece.kind == "end":
            loose.add(f"</{piece.name}>")
    if end < len(text):
        loose.add(text[end:])
    loose.update(f"<{name}>" for name in opened)
    return frozenset(loose)
