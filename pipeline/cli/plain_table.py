"""
Tables of short cells in plain letters, drawn as rich draws them.

That is what nearly every table is, and loading rich takes longer than a page to make.
"""

import sys
from collections.abc import Container, Sequence
from os import environ

TYPE_CHECKING = False  # importing `typing` takes as long as looking at all inputs
if TYPE_CHECKING:
    from typing import TextIO

_WIDTH = 120
"""Columns of a table that no terminal shows."""

_PLAIN = "\u0300"
"""Below it every letter that can be printed takes one column."""

_DUMB = {None, "", "dumb", "unknown"}
_ASKED = {"FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"}
"""Of the environment: what rich knows to follow."""

_EDGES = 2
_BOLD = ("\x1b[1m", "\x1b[0m")


def drawn(
    stream: "TextIO",
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Container[str] = (),
) -> str | None:
    """A table for a stream, as `plain_table`; None also where rich knows the stream."""
    encoding = (stream.encoding or "utf-8").lower()
    if not encoding.startswith("utf") or not environ.keys().isdisjoint(_ASKED):
        return None
    is_bold = stream.isatty()
    if is_bold and (sys.platform == "win32" or environ.get("TERM") in _DUMB):
        return None
    width = width_of(stream)
    return plain_table(columns, rows, width=width, right=right, bold=is_bold)


def width_of(stream: "TextIO") -> int:
    """The columns of a terminal; where there is none, those of a table."""
    if not stream.isatty():
        return _WIDTH
    from shutil import get_terminal_size

    return get_terminal_size((_WIDTH, 24)).columns


def plain_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    width: int,
    right: Container[str] = (),
    bold: bool = False,
) -> str | None:
    """
    A table as text; None where a cell is of several lines, of other letters than Latin
    ones, or too wide, which rich knows how to draw.

    Columns named in `right` are aligned to the right. With `bold`, their names are
    shown so on a terminal.
    """
    if not all(map(_is_plain, (*columns, *(cell for row in rows for cell in row)))):
        return None
    widths = [max(map(len, cells)) for cells in zip(columns, *rows, strict=True)]
    whole = sum(widths) + 3 * len(widths) - 1 + _EDGES
    if whole > width:
        return None
    sides = [str.rjust if name in right else str.ljust for name in columns]

    def line(cells: Sequence[str], start: str = "", end: str = "") -> str:
        fitted = (
            f"{start} {side(cell, size)} {end}"
            for side, cell, size in zip(sides, cells, widths, strict=True)
        )
        return f" {' '.join(fitted)} "

    blank = " " * whole
    lines = [
        blank,
        line(columns, *(_BOLD if bold else ())),
        f" {'─' * (whole - _EDGES)} ",
        *map(line, rows),
        blank,
    ]
    return "".join(f"{each}\n" for each in lines)


def _is_plain(text: str) -> bool:
    return text.isprintable() and (text.isascii() or max(text) < _PLAIN)
