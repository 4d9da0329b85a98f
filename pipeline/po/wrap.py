"""A string of a PO file on as many lines as GNU `msgcat` gives it."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipeline.po.directives import directives
from pipeline.po.linebreak import LINE_ENDS, columns, opportunities, paragraphs

WIDTH: Final = 79
"""The longest line, `msgcat`'s own default."""

_ESCAPES: Final = str.maketrans(
    {
        "\a": r"\a",
        "\b": r"\b",
        "\f": r"\f",
        "\n": r"\n",
        "\r": r"\r",
        "\t": r"\t",
        "\v": r"\v",
        "\\": r"\\",
        '"': r"\"",
    },
)
_PORTION: Final = re.compile(r"[^\n]*+\n?+")
_ESCAPED_BACKSLASH: Final = re.compile(r"\\(\\|.)", re.DOTALL)


def escape(text: str) -> str:
    """The characters of a text as they stand between quotation marks."""
    return text.translate(_ESCAPES)


def wrap(
    keyword: str,
    text: str,
    *,
    prefix: str = "",
    flags: Sequence[str] = (),
) -> list[str]:
    """
    The lines of one keyword and its string, without line ends.

    A string that takes more than one line begins with an empty one. A line break of the
    text ends a line; otherwise it is broken where `linebreak` allows it, as late as
    possible, and overlong only where nothing allows it. `no-wrap` in `flags` keeps long
    lines; inside the directives of a format flag nothing is broken.
    """
    room = WIDTH - len(prefix) - 2
    if len(text) < room - len(keyword) and text.isascii() and text.isprintable():
        escaped = escape(text)
        if len(escaped) < room - len(keyword):
            return [f'{prefix}{keyword} "{escaped}"']
    kept = _kept(text, flags)
    portions = _portions(text)
    if len(portions) == 1:
        portion, inside = portions[0], _inside(portions[0], 0, kept)
        column = len(keyword) + 1
        if _is_whole(portion, flags) or not _ends(portion, column, room, inside):
            return [f'{prefix}{keyword} "{escape(portion)}"']
    lines = [f'{prefix}{keyword} ""']
    offset = 0
    for portion in portions:
        inside = _inside(portion, offset, kept)
        offset += len(portion)
        escaped = escape(portion)
        ends = [] if _is_whole(portion, flags) else _ends(portion, 0, room, inside)
        start = 0
        for end in (*ends, len(escaped)):
            lines.append(f'{prefix}"{escaped[start:end]}"')
            start = end
    return lines


def _portions(text: str) -> list[str]:
    """The text cut after each line break; one empty portion if it is empty."""
    return [match[0] for match in _PORTION.finditer(text) if match[0]] or [""]


def _is_whole(portion: str, flags: Sequence[str]) -> bool:
    return "no-wrap" in flags or not portion


def _kept(text: str, flags: Sequence[str]) -> list[int]:
    """The places inside directives, counted in the unescaped text."""
    return [
        place
        for start, end in directives(text, flags)
        for place in range(start + 1, end)
    ]


def _inside(portion: str, offset: int, kept: Sequence[int]) -> set[int]:
    """The same places of one portion, counted in its escaped characters."""
    end = offset + len(portion)
    return {
        len(escape(portion[: place - offset])) for place in kept if offset < place < end
    }


def _ends(portion: str, column: int, room: int, inside: Collection[int]) -> list[int]:
    """
    Where in its escaped characters the lines of one portion end, but for the last.

    `column` is where its first line begins, seen from where the others begin.
    """
    escaped = escape(portion)
    if column + columns(escaped) <= room:
        return []
    barred = {*inside}
    if portion.endswith("\n"):
        barred.add(len(escaped) - 2)
    if "\\\\" in escaped:
        barred |= {match.start(1) for match in _ESCAPED_BACKSLASH.finditer(escaped)}
    ends: list[int] = []
    base = 0
    for paragraph in paragraphs(escaped):
        body = paragraph.rstrip(LINE_ENDS)
        places = [end for end in opportunities(body) if base + end not in barred]
        ends += [base + end for end in _filled(body, places, column, room)]
        base += len(paragraph)
        column = 0
    return ends


def _filled(
    paragraph: str,
    places: Sequence[int],
    column: int,
    room: int,
) -> Iterator[int]:
    """The places that are taken where each line is filled before the next begins."""
    start = 0
    is_narrow = paragraph.isascii() and paragraph.isprintable()
    for end in (*places, len(paragraph)):
        width = end - start if is_narrow else columns(paragraph[start:end])
        if start and column + width > room:
            yield start
            column = 0
        column += width
        start = end
