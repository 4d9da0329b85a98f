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
    found: list[str] = []
    words: list[str] = []
    literal = 0
    for piece in tokens(html):
        if piece.kind in {"text", "reference"}:
            words.append(piece.data if literal else _BLANKS.sub(" ", piece.data))
            continue
        if literal or (words := ["".join(words).strip(" ")]) != [""]:
            found.append("".join(words))
        words = []
        if piece.name in {"pre", "textarea"}:
            literal = max(0, literal + (1 if piece.kind == "start" else -1))
        found.append(_tag(piece))
    if rest := "".join(words).strip():
        found.append(rest)
    return found


def _tag(piece: Piece) -> str:
    attributes = sorted(
        f"{name}={_BLANKS.sub(' ', value)!r}" for name, value in piece.attributes
    )
    return f"{piece.kind} {piece.name} {attributes} {_BLANKS.sub(' ', piece.data)}"
