"""A table as lines of plain text, every cell behind the name of its column."""

from dataclasses import field
from html import unescape
from typing import Final

from pipeline.late import dataclass, regex

_BLANKS: Final = regex(r"[ \t\r\n\f\x01]{2,}|[\t\r\n\f\x01]")
_WIDEST: Final = 1000
"""Columns; browsers count no further either."""


@dataclass(slots=True)
class _Cell:
    text: str
    is_head: bool
    rows: int
    """In how many further rows it stands."""


@dataclass(slots=True)
class Table:
    """A table that is read, cell after cell; `close_row` gives its lines."""

    columns: dict[int, str] = field(default_factory=dict)
    """The names of the columns, from the last row of nothing but names."""

    separator: str = "; "
    """What stands between two cells of a line."""

    in_cell: bool = False
    _row: dict[int, _Cell] = field(default_factory=dict)
    _standing: dict[int, _Cell] = field(default_factory=dict)
    """Cells of rows above that reach into this one."""

    _open: tuple[bool, int, int] = (False, 1, 1)
    _unused: bool = False
    """Whether nothing has stood below the names yet."""

    def open_row(self) -> None:
        """Begin a row."""
        self._row = dict(self._standing)

    def open_cell(self, *, is_head: bool, columns: int, rows: int) -> None:
        """Begin a cell that takes so many columns and rows."""
        self.in_cell = True
        self._open = (is_head, min(max(columns, 1), _WIDEST), max(rows, 1))

    def close_cell(self, text: str) -> None:
        """End the cell; `text` still has its character references."""
        is_head, columns, rows = self._open
        if "  " in text or not text.isprintable():
            text = _BLANKS.sub(" ", text)
        words = unescape(text.strip(" "))
        place = 0
        while place in self._row:
            place += 1
        for column in range(place, place + columns):
            said = words if column == place or is_head else ""
            self._row[column] = _Cell(said, is_head, rows - 1)
        self.in_cell = False

    def close_row(self) -> str:
        """End the row: its line, or nothing where it names the columns."""
        row, self._row = self._row, {}
        self._standing = {
            place: _Cell(cell.text, cell.is_head, cell.rows - 1)
            for place, cell in row.items()
            if cell.rows > 0
        }
        if row and all(cell.is_head for cell in row.values()):
            line = self._names() if self._unused else ""
            self.columns = {place: cell.text for place, cell in row.items()}
            self._unused = True
            return line
        self._unused = False
        said = []
        for place, cell in sorted(row.items()):
            if cell.text:
                name = self.columns.get(place, "")
                said.append(f"{name}: {cell.text}" if name else cell.text)
        return self.separator.join(said)

    def close(self) -> str:
        """The names of the columns, where no row has said them."""
        return self._names() if self._unused else ""

    def _names(self) -> str:
        names = (name for _, name in sorted(self.columns.items()) if name)
        return self.separator.join(dict.fromkeys(names))
