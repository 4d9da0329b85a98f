"""Where the directives of a format string are: no line is broken inside one."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.late import regex

_CONTINUATION: Final = range(0x80, 0xC0)
"""The bytes in UTF-8 that do not begin a character."""

_NAME: Final = r"(?:[A-Za-z_][A-Za-z_0-9]*+)"
_FIELD: Final = rf"(?:{_NAME}|\d++)(?:\.{_NAME}|\[(?:{_NAME}|\d++)\])*+"
_STANDARD: Final = r"(?:.?[<>=^])?[-+ ]?#?0?\d*+(?:\.\d*+)?[bcdoxXneEfFgG%]?"

_BRACE: Final = regex(
    rf"\{{(?:\{{|{_FIELD}(?::(?:\{{{_FIELD}\}}|{_STANDARD}))?\}})",
    re.DOTALL,
)
_PERCENT: Final = regex(
    r"%(?P<name>\([^()]*+\))?[-+ #0]*+(?P<star>\*|\d*+)(?:\.(?P<point>\*|\d*+))?[hlL]?"
    r"(?P<kind>[%csridouxXeEfgG])",
)


def directives(text: str, flags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """
    The start and end of each directive, up to the first that is not valid.

    Of the formats that flags can name, `python-format` and `python-brace-format` are
    known here; they are what Babel marks.
    """
    if "python-format" in flags:
        yield from _percent(text)
    elif "python-brace-format" in flags:
        yield from _brace(text)


def _percent(text: str) -> Iterator[tuple[int, int]]:
    position, named = 0, None
    while (position := text.find("%", position)) >= 0:
        match = _PERCENT.match(text, position)
        if match is None:
            return
        takes_next = match["kind"] != "%" or "*" in (match["star"], match["point"])
        if match["name"] or takes_next:
            if named not in (None, bool(match["name"])):
                return  # named and unnamed ones exclude each other
            named = bool(match["name"])
        yield position, match.end()
        position = match.end()


def _brace(text: str) -> Iterator[tuple[int, int]]:
    """
    What gettext keeps together for the sake of braces.

    It counts a brace directive from its own start, not from the text's, so it is the
    beginning of the text, with as many bytes as the shortest directive, that is never
    broken.
    """
    position, lengths = 0, []
    while (position := text.find("{", position)) >= 0:
        match = _BRACE.match(text, position)
        if match is None:
            break
        if match[0] != "{{":
            lengths.append(len(match[0]))
        position = match.end()
    if lengths:
        beginning = text.encode()[: min(lengths)]
        yield 0, sum(byte not in _CONTINUATION for byte in beginning)
