"""
Tables of short cells in plain letters, drawn as rich draws them.

That is what nearly every table is, and loading rich takes longer than a page to make.
"""

from collections.abc import Container, Sequence
from typing import Final

_PLAIN: Final = "\u0300"
"""Below it every letter that can be printed takes one column."""

_EDGES: Final = 2
_BOLD: Final = ("\x1b[1m", "\x1b[0m")


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
