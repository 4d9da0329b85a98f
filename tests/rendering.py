"""HTML, so that what a browser shows alike is equal."""

import re

from pipeline.hypertext.tokens import Piece, tokens

_BLANKS = re.compile(r"[ \t\r\n\f]+")


def rendered(html: str) -> list[str]:
    """
    The tags and words, one after the other.

    Blanks and line breaks are one blank, and none beside a tag, but for those in
    `<pre>`; character references are what they stand for.
    """
    found = [""]
    depth = 0
    for piece in tokens(html):
        if piece.kind in {"text", "reference"}:
            found[-1] += piece.data if depth else _BLANKS.sub(" ", piece.data)
            continue
        if not depth:
            found[-1] = found[-1].strip(" ")
        if piece.name == "pre":
            depth = max(0, depth + (1 if piece.kind == "start" else -1))
        found += [_tag(piece), ""]
    return [part for part in (*found[:-1], found[-1].strip(" ")) if part]


def _tag(piece: Piece) -> str:
    attributes = sorted(
        f"{name}={_BLANKS.sub(' ', value)!r}" for name, value in piece.attributes
    )
    return f"{piece.kind} {piece.name} {attributes} {_BLANKS.sub(' ', piece.data)}"
