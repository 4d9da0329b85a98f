"""What people see: plain lines, and tables drawn by rich where there is one to draw."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import TextIO
from unicodedata import category

from pipeline.cli.plain_table import drawn, width_of

BARS = " ▏▎▍▌▋▊▉█"


class Screen:
    """A place to print: standard output, or standard error beside JSON."""

    def __init__(self, *, to_stderr: bool = False) -> None:
        self._stream: TextIO = sys.stderr if to_stderr else sys.stdout
        if isinstance(self._stream, TextIOWrapper):
            # What the terminal cannot show becomes a question mark, not a traceback.
            self._stream.reconfigure(errors="replace")

    @property
    def width(self) -> int:
        """The columns of the terminal; where there is none, those of a table."""
        return width_of(self._stream)

    def line(self, text: str = "") -> None:
        """One line."""
        self._stream.write(printable(text).replace("\n", " ") + "\n")

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        title: str = "",
        right: Sequence[str] = (),
    ) -> None:
        """A table; columns named in `right` are aligned to the right."""
        cells = [tuple(map(printable, row)) for row in rows]
        if not title and (text := drawn(self._stream, columns, cells, right)):
            self._stream.write(text)
            return
        from rich.box import SIMPLE_HEAD
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console(file=self._stream, highlight=False)
        if not console.is_terminal:
            console = Console(file=self._stream, highlight=False, width=self.width)
        table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left")
        for column in columns:
            table.add_column(
                column,
                justify="right" if column in right else "left",
                overflow="fold",
            )
        for row in cells:
            # Text, not str: an article's `[red]` is not markup of ours.
            table.add_row(*map(Text, row))
        console.print(table)


def count(number: int, what: str) -> str:
    """`1 page`, `2 pages`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def bar(part: int, whole: int, *, width: int = 12) -> str:
    """How much of `whole` is done: `██████▌     `."""
    if whole <= 0:
        return " " * width
    eighths = part * width * 8 // whole
    full, rest = divmod(eighths, 8)
    return ("█" * full + (BARS[rest] if rest else "")).ljust(width)


def printable(text: str) -> str:
    """The text without the control characters that would steer the terminal."""
    if text.isprintable():
        return text
    # What shapes letters (a joiner, a direction, a fixed blank) belongs to the text.
    return "".join(
        "\ufffd" if category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n" else c
        for c in text
    )
