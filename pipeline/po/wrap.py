"""A string of a PO file on as many lines as GNU `msgcat` gives it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from pipeline.late import regex
from pipeline.po.directives import directives
from pipeline.po.linebreak import (
    LINE_ENDS,
    columns,
    is_narrow,
    opportunities,
    paragraphs,
    plain_lines,
)

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
_SPECIAL: Final = regex(r'[\a\b\f\n\r\t\v\\"]')
_HARMLESS: Final = ((), ("fuzzy",))
"""Flags that do not say where a line must not be broken."""

_PORTION: Final = regex(r"[^\n]*+\n?+")
_ESCAPED_BACKSLASH: Final = regex(r"\\(\\|.)", re.DOTALL)


def escape(text: str) -> str:
    """The characters of a text as they stand between quotation marks."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


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
    escaped = escape(text)
    if flags in _HARMLESS and "\n" not in text and "\\\\" not in escaped:
        ends = plain_lines(escaped, len(keyword) + 1, room)
        if ends is not None:
            return _lines(f"{prefix}{keyword}", escaped, prefix, ends)
    portions = _portions(text, flags)
    can_break = "no-wrap" not in flags
    if len(portions) == 1:
        (portion,) = portions
        if not (can_break and portion.ends(len(keyword) + 1, room)):
            return [f'{prefix}{keyword} "{portion.escaped}"']
    lines = [f'{prefix}{keyword} ""']
    for portion in portions:
        start = 0
        ends = portion.ends(0, room) if can_break else []
        for end in (*ends, len(portion.escaped)):
            lines.append(f'{prefix}"{portion.escaped[start:end]}"')
            start = end
    return lines


def _lines(beginning: str, text: str, prefix: str, ends: list[int]) -> list[str]:
    if not ends:
        return [f'{beginning} "{text}"']
    lines = [f'{beginning} ""']
    start = 0
    for end in ends:
        lines.append(f'{prefix}"{text[start:end]}"')
        start = end
    return lines


class _Paragraph(NamedTuple):
    """What is filled on its own: its place in the portion, and where it may break."""

    base: int
    text: str
    places: list[int]


class _Portion:
    """A text up to and with its line break, escaped."""

    def __init__(self, text: str, kept: Sequence[int] = ()) -> None:
        """`kept` are the places where it must not be broken, counted in `text`."""
        self.escaped = escape(text)
        self._text = text
        self._kept = kept

    def ends(self, column: int, room: int) -> list[int]:
        """
        Where its lines end, but for the last.

        `column` is where its first line begins, seen from where the others begin.
        """
        if column + self._width <= room:
            return []
        found: list[int] = []
        for paragraph in self._paragraphs:
            fill = _filled_narrow if is_narrow(paragraph.text) else _filled
            ends = fill(paragraph.text, paragraph.places, column, room)
            found += [paragraph.base + end for end in ends]
            column = 0
        return found

    @cached_property
    def _width(self) -> int:
        return columns(self.escaped)

    @cached_property
    def _paragraphs(self) -> list[_Paragraph]:
        barred, base, found = self._barred(), 0, []
        for paragraph in paragraphs(self.escaped):
            body = paragraph.rstrip(LINE_ENDS)
            places = opportunities(body)
            if barred:
                places = [end for end in places if base + end not in barred]
            found.append(_Paragraph(base, body, places))
            base += len(paragraph)
        return found

    def _barred(self) -> set[int]:
        """Inside directives and escapes, and before the line break at the end."""
        barred = {*self._kept}
        if barred and len(self.escaped) > len(self._text):
            lengths = [*accumulate((len(escape(c)) for c in self._text), initial=0)]
            barred = {lengths[place] for place in self._kept}
        if self._text.endswith("\n"):
            barred.add(len(self.escaped) - 2)
        if "\\\\" in self.escaped:
            found = _ESCAPED_BACKSLASH.finditer(self.escaped)
            barred |= {match.start(1) for match in found}
        return barred


def _portions(text: str, flags: Sequence[str]) -> list[_Portion]:
    """The text cut after each line break; one empty portion if it is empty."""
    cut = [match[0] for match in _PORTION.finditer(text) if match[0]]
    kept = [
        place
        for start, end in directives(text, flags)
        for place in range(start + 1, end)
    ]
    if not kept:
        return [_Portion(part) for part in cut] or [_Portion("")]
    starts = [*accumulate(map(len, cut), initial=0)]
    portions = []
    for start, part in zip(starts, cut, strict=False):
        first, last = bisect_right(kept, start), bisect_left(kept, start + len(part))
        portions.append(_Portion(part, [place - start for place in kept[first:last]]))
    return portions


def _filled(text: str, places: Sequence[int], column: int, room: int) -> Iterator[int]:
    """The places that are taken where each line is filled before the next begins."""
    start = 0
    for end in (*places, len(text)):
        width = columns(text[start:end])
        if start and column + width > room:
            yield start
            column = 0
        column += width
        start = end


def _filled_narrow(
    text: str, places: Sequence[int], column: int, room: int
) -> Iterator[int]:
    """The same where every character takes one column: from line to line."""
    index = 0
    end = 0
    while end + room - column < len(text) and index < len(places):
        # The last place that the line reaches, or else the first one after it.
        index = max(bisect_right(places, end + room - column, index), index + 1)
        end = places[index - 1]
        yield end
        column = 0
