"""
The plain text of a mail, from the admitted HTML of its body.

Nothing is drawn with characters: paragraphs, lists with `-` or numbers, addresses of
links in parentheses, lines of at most 78 characters (RFC 5322 §2.1.1). A merge field is
never broken, because the sending system looks for it in one piece.
"""

import re
import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from pipeline import placeholders

WIDTH: Final = 78

_BLOCKS: Final = frozenset(
    "p div section h1 h2 h3 h4 h5 h6 blockquote pre dt dd figure figcaption address "
    "summary details caption table tr ul ol li dl hr".split(),
)
_NOT_DIALLED: Final = str.maketrans("", "", "().-/")
_HELD: Final = "\ue000"
"""A space that no line may break at, until the lines are made."""


@dataclass(slots=True)
class _Level:
    """A list or a quote that is open, and what its lines begin with."""

    tag: str
    count: int = 0
    first: str = ""
    rest: str = ""


@dataclass(slots=True)
class _Row:
    """A row of a table, cell by cell."""

    head: bool = False
    cells: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Turns admitted HTML into paragraphs; each is a list of finished lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.tight: list[bool] = []
        self._text: list[str] = []
        self._levels: list[_Level] = []
        self._links: list[tuple[str, int]] = []
        self._columns: list[str] = []
        self._row: _Row | None = None
        self._preformatted = False
        self._item_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "br":
            self._text.append("\n")
        elif tag == "a":
            self._links.append((values.get("href") or "", len(self._text)))
        elif tag in {"td", "th"} and self._row is not None:
            self._text.clear()
            self._row.head &= tag == "th"
        elif tag in _BLOCKS:
            self._end()
            self._open_block(tag, values.get("start") or "")

    def _open_block(self, tag: str, start: str) -> None:
        if tag in {"ul", "ol", "dl"}:
            first = int(start) - 1 if start.isascii() and start.isdigit() else 0
            self._levels.append(_Level(tag, first))
        elif tag == "blockquote":
            self._levels.append(_Level(tag, first="> ", rest="> "))
        elif tag == "li":
            self._open_item()
        elif tag == "table":
            self._columns = []
        elif tag == "tr":
            self._row = _Row(head=True)
        elif tag == "pre":
            self._preformatted = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._close_link(*self._links.pop())
        elif tag in {"td", "th"} and self._row is not None:
            self._row.cells.append(" ".join("".join(self._text).split()))
            self._text.clear()
        elif tag == "tr":
            self._close_row()
        elif tag in {"ul", "ol", "dl", "blockquote"}:
            self._end()
            if self._levels:
                self._levels.pop()
        elif tag in _BLOCKS:
            self._end()
            self._preformatted &= tag != "pre"

    def handle_data(self, data: str) -> None:
        self._text.append(data if self._preformatted else re.sub(r"\s+", " ", data))

    def _open_item(self) -> None:
        if not self._levels:
            return
        level = self._levels[-1]
        level.count += 1
        level.first = f"{level.count}. " if level.tag == "ol" else "- "
        level.rest = " " * len(level.first)
        self._item_open = True

    def _close_link(self, url: str, start: int) -> None:
        words = "".join(self._text[start:]).strip()
        address = url.removeprefix("mailto:").removeprefix("tel:")
        said = {words, "".join(words.translate(_NOT_DIALLED).split())}
        if url and not url.startswith("#") and address.strip() not in said:
            self._text.append(f" ({address})")

    def _close_row(self) -> None:
        row, self._row = self._row, None
        if row is None:
            return
        if row.head:
            self._columns = row.cells
            return
        named = [
            f"{self._columns[place]}: {cell}" if place < len(self._columns) else cell
            for place, cell in enumerate(row.cells)
            if cell
        ]
        self._text = ["; ".join(named)]
        self._end(tight=True)

    def _end(self, *, tight: bool = False) -> None:
        """Close the paragraph that is open, if it has any text."""
        text, self._text = "".join(self._text), []
        if not text.strip():
            return
        first = "".join(level.first for level in self._levels)
        rest = "".join(level.rest or level.first for level in self._levels)
        self.paragraphs.append(_wrapped(text, first, rest, kept=self._preformatted))
        self.tight.append(tight or (self._item_open and len(self._levels) > 0))
        self._item_open = False
        for level in self._levels:
            level.first = level.rest


def to_text(html: str) -> str:
    """An admitted body as plain text, without a line break at its end."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.handle_endtag("p")
    lines: list[str] = []
    after_tight = False
    for paragraph, tight in zip(reader.paragraphs, reader.tight, strict=True):
        if lines and not (tight and after_tight):
            lines.append("")
        lines.append(paragraph)
        after_tight = tight
    return "\n".join(lines)


def wrapped(text: str) -> str:
    """A text in lines of at most 78 characters; its own line breaks are kept."""
    return _wrapped(text, "", "", kept=False)


def _wrapped(text: str, first: str, rest: str, *, kept: bool) -> str:
    if kept:
        lines = text.strip("\n").split("\n")
    else:
        held = _hold_fields(text)
        lines = []
        for part in held.split("\n"):
            lines += textwrap.wrap(
                part.strip(" "),
                width=max(WIDTH - len(rest), 20),
                break_long_words=False,
                break_on_hyphens=False,
            ) or [""]
        lines = [line.replace(_HELD, " ") for line in lines]
    starts = [first, *[rest] * (len(lines) - 1)]
    pairs = zip(starts, lines, strict=True)
    return "\n".join(f"{start}{line}".rstrip() for start, line in pairs)


def _hold_fields(text: str) -> str:
    """The text with the spaces of merge fields and numbers made unbreakable."""
    parts = []
    end = 0
    for found in placeholders.find(text):
        if found.kind in {"field", "phone"}:
            parts += [text[end : found.start], found.raw.replace(" ", _HELD)]
            end = found.end
    return "".join([*parts, text[end:]])
