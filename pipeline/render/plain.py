"""
The plain text of a mail, from the admitted HTML of its body.

Nothing is drawn with characters: paragraphs, lists with `-` or numbers, links as
numbers in brackets whose addresses stand at the end, lines of at most 78 characters
(RFC 5322 §2.1.1). A merge field is never broken, because the sending system looks for
it in one piece.

What was admitted is regular, so it is read by pattern: this takes a tenth of the time
that a parser of HTML needs.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from html import unescape
from typing import Final

from pipeline import placeholders
from pipeline.cldr import direction, quotation_marks, semicolon
from pipeline.late import dataclass, regex
from pipeline.render.isolation import as_written, marked
from pipeline.render.rows import Table

WIDTH: Final = 78
_NARROWEST: Final = 20
"""Of lines in lists that are deep in others."""


_TAG: Final = regex(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE: Final = regex(r' ([a-z-]+)="([^"]*)"')
_SILENT: Final = regex(
    r"</?(?:b|strong|em|i|u|ins|small|code|kbd|samp|var|abbr|dfn|cite|bdi|span|time|mark"
    r'|wbr|ruby|thead|tbody|tfoot|colgroup|col|img)(?: [a-z-]+="[^"]*")*>'
)
"""Tags that say nothing in a text without forms."""

_SIGNS: Final = {"del": ("[-", "-]"), "s": ("[-", "-]"), "q": ('"', '"')}
"""What would be read otherwise without its form: a dose that is struck out is none."""

_RAISED: Final = regex(r"<(sup|sub)(?: [^>]*)?>([0-9+−-]+)</\1>")
_RAISED_SIGNS: Final = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}
_RUBY: Final = regex(r"<rp>.*?</rp>|<(/?)rt(?: [^>]*)?>", re.DOTALL)
_BLOCKS: Final = frozenset(
    "p div section h1 h2 h3 h4 h5 h6 blockquote pre dt dd figure figcaption address "
    "summary details caption table tr ul ol li dl hr".split(),
)
_LISTS: Final = frozenset({"ul", "ol", "dl"})
_SIMPLE: Final = _BLOCKS - _LISTS - frozenset("pre blockquote li table tr".split())
"""Blocks that begin and end a paragraph, and do nothing else."""

_BLANKS: Final = regex(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ue000]")
_BREAK: Final = "\x01"
"""A `<br>`, until the blanks around it are gone."""

_NOT_DIALLED: Final = str.maketrans("", "", "().-/")
_HELD: Final = "\ue000"
"""A space that no line may break at, until the lines are made."""

_SIGNS_OF_FIELDS: Final = ("{", "%", "+", "*|", "00")
"""One of them is in each merge field and each telephone number."""

_BRACKETED: Final = regex(r"\[([0-9]{1,4})\]")
_DENSE: Final = regex(
    "[\u3041-\u30ff\u3400-\u9fff\uff10-\uff5a](?![、。，．・：；？！）」』】〉》〕,.!?)\\]])"
)
"""Of scripts without spaces: where a line may end."""


@dataclass(slots=True)
class _Level:
    """A list or a quote that is open, and what its lines begin with."""

    tag: str
    count: int = 0
    step: int = 1
    first: str = ""
    rest: str = ""
    group: int = 0
    """Of a list: tells the lines of the outermost one from those of the next."""


@dataclass(slots=True)
class _Reader:
    """Turns admitted HTML into paragraphs; each is a list of finished lines."""

    html: str
    locale: str
    paragraphs: list[tuple[str, int]] = field(default_factory=list)
    """Each with its group, if it has one: no empty line parts it from the others."""

    urls: dict[str, int] = field(default_factory=dict)
    """The addresses of the links, by their numbers."""

    _text: list[str] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _links: list[tuple[str, int]] = field(default_factory=list)
    _tables: list[Table] = field(default_factory=list)
    _groups: int = 0
    _taken: frozenset[int] = frozenset()
    _preformatted: bool = False
    _item_open: bool = False
    _quoted: int = 0
    """How many quotations are open."""
    _width: int = 0

    def read(self) -> None:
        """Read it all."""
        self._width = width_in(self.locale)
        self._taken = frozenset(map(int, _BRACKETED.findall(self.html)))
        html = _RAISED.sub(_raised, self.html)
        if "<rt" in html:
            html = _RUBY.sub(_annotated, html)
        if _CONTROL.search(html):
            html = _CONTROL.sub("", html)
        parts = _TAG.split(_SILENT.sub("", html))
        text = self._text
        if parts[0]:
            text.append(parts[0])
        for place in range(1, len(parts), 4):
            name = parts[place + 1]
            if name in _SIMPLE:
                if text:
                    self._end()
            elif parts[place]:
                self._close(name)
            else:
                self._open(name, parts[place + 2], parts, place)
            tail = parts[place + 3]
            # Blanks between blocks are nothing.
            if tail and (text or self._preformatted or not tail.isspace()):
                text.append(tail)
        self._end()

    def _open(self, name: str, attributes: str, parts: list[str], place: int) -> None:
        if name == "br":
            self._text.append("\n" if self._preformatted else _BREAK)
        elif name == "a":
            url = dict(_ATTRIBUTE.findall(attributes)).get("href", "")
            self._links.append((unescape(url), len(self._text)))
        elif name in _SIGNS:
            self._text.append(self._sign(name, is_end=False))
        elif name in _BLOCKS:
            if self._text:
                self._end()
            values = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
            self._open_block(name, values, lambda: _items(parts, place))
        elif name in {"td", "th"} and self._tables:
            self._text.clear()
            values = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
            self._tables[-1].open_cell(
                is_head=name == "th",
                columns=_number(values.get("colspan"), 1),
                rows=_number(values.get("rowspan"), 1),
            )

    def _open_block(
        self, name: str, values: Mapping[str, str], items: Callable[[], int]
    ) -> None:
        if name in _LISTS:
            step = -1 if "reversed" in values else 1
            first = _number(values.get("start"), items() if step < 0 else 1)
            around = (level.group for level in self._levels)
            group = max(around, default=0) or self._new_group()
            self._levels.append(_Level(name, first - step, step, group=group))
        elif name == "blockquote":
            self._levels.append(_Level(name, first="> ", rest="> "))
        elif name == "li":
            self._open_item(values.get("value"))
        elif name == "table":
            self._new_group()
            self._tables.append(Table(separator=f"{semicolon(self.locale)} "))
        elif name == "tr" and self._tables:
            self._tables[-1].open_row()
        elif name == "pre":
            self._preformatted = True

    def _close(self, name: str) -> None:
        if name == "a":
            if self._links:
                self._close_link(*self._links.pop())
        elif name in _SIGNS:
            self._text.append(self._sign(name, is_end=True))
        elif name in {"td", "th"} and self._tables:
            self._tables[-1].close_cell("".join(self._text))
            self._text.clear()
        elif name == "tr":
            self._text.clear()
            row = self._tables[-1].close_row() if self._tables else ""
            self._say(row, group=self._groups)
        elif name == "table":
            self._end()
            rest = self._tables.pop().close() if self._tables else ""
            self._say(rest, group=self._groups)
        elif name in _LISTS or name == "blockquote":
            self._end()
            if self._levels:
                self._levels.pop()
        elif name in _BLOCKS:
            self._end()
            self._preformatted &= name != "pre"

    def _sign(self, name: str, *, is_end: bool) -> str:
        """What stands for a tag; quotations within one another take turns."""
        if name != "q":
            return _SIGNS[name][is_end]
        self._quoted = max(0, self._quoted - is_end)
        marks = quotation_marks(self.locale or "en")
        sign = marks[2 * (self._quoted % 2) + is_end]
        self._quoted += not is_end
        return sign

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _open_item(self, value: str | None) -> None:
        if not self._levels:
            return
        level = self._levels[-1]
        level.count = _number(value, level.count + level.step)
        level.first = f"{level.count}. " if level.tag == "ol" else "- "
        level.rest = " " * len(level.first)
        self._item_open = True

    def _close_link(self, url: str, start: int) -> None:
        address = url.removeprefix("mailto:").removeprefix("tel:").strip()
        if not address or url.startswith("#"):
            return
        words = unescape("".join(self._text[start:])).strip()
        if address in {words, "".join(words.translate(_NOT_DIALLED).split())}:
            return
        number = self.urls.get(address)
        if number is None:
            number = max(self.urls.values(), default=0) + 1
            while number in self._taken:
                number += 1
            self.urls[address] = number
        self._text.append(f"{_HELD}[{number}]")

    def _end(self) -> None:
        """Close the paragraph that is open, if it has any text."""
        if self._tables and self._tables[-1].in_cell:
            self._text.append(" ")
            return
        text = "".join(self._text)
        self._text.clear()
        if text.isspace():
            return
        if self._preformatted:
            text = unescape(text).strip("\n")
            if text.strip():
                lines = text.split("\n")
                self._add([as_written(line, locale=self.locale) for line in lines])
            return
        if "  " in text or not text.isprintable():
            text = _BLANKS.sub(" ", text)
        self._say(unescape(text))

    def _say(self, text: str, *, group: int = 0) -> None:
        """A paragraph of words, on lines that are short enough."""
        if not text.strip(" \x01"):
            return
        room = self._width
        if self._levels:
            starts = (len(level.rest or level.first) for level in self._levels)
            room = max(room - sum(starts), _NARROWEST)
        if self.locale:
            text = marked(text, locale=self.locale)
        lines: list[str] = []
        for part in text.split(_BREAK):
            lines += _filled(part.strip(" "), room)
        self._add(lines, group=group)

    def _add(self, lines: list[str], *, group: int = 0) -> None:
        levels = self._levels
        if levels:
            first = "".join(level.first for level in levels)
            rest = "".join(level.rest or level.first for level in levels)
            starts = [first, *[rest] * (len(lines) - 1)]
            lines = [f"{a}{b}" for a, b in zip(starts, lines, strict=True)]
            for level in levels:
                level.first = level.rest
        text = "\n".join(map(str.rstrip, lines))
        if self._item_open and levels and not group:
            group = levels[-1].group
        self.paragraphs.append((text, group))
        self._item_open = False


def to_text(html: str, *, locale: str = "") -> str:
    """
    An admitted body as plain text, without a line break at its end.

    The addresses of its links follow the words, each behind its number. In a locale
    that is written from right to left, doses and telephone numbers keep their order.
    """
    reader = _Reader(html, locale)
    reader.read()
    lines: list[str] = []
    before = 0
    for paragraph, group in reader.paragraphs:
        if lines and not (group and group == before):
            lines.append("")
        lines.append(paragraph)
        before = group
    if reader.urls:
        lines += ["", *(f"[{number}] {url}" for url, number in reader.urls.items())]
    return "\n".join(lines).lstrip("\n")


def wrapped(text: str, *, locale: str = "") -> str:
    """A text in lines of at most 78 characters; its own line breaks are kept."""
    width = width_in(locale)
    return "\n".join(
        line for part in text.split("\n") for line in _filled(part.strip(" "), width)
    )


def width_in(locale: str) -> int:
    """How many characters a line has room for, one kept for a mark of its direction."""
    return WIDTH - 1 if locale and direction(locale) == "rtl" else WIDTH


def _filled(text: str, width: int) -> list[str]:
    """The lines of a text of one line, cut at blanks; a longer word stays whole."""
    if len(text) <= width:
        return [text.replace(_HELD, " ") if _HELD in text else text]
    if any(sign in text for sign in _SIGNS_OF_FIELDS):
        text = _hold_fields(text)
    is_dense = not text.isascii() and _DENSE.search(text) is not None
    # Such characters are twice as wide.
    width = width // 2 if is_dense else width
    lines: list[str] = []
    start = 0
    while len(text) - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if is_dense:
            # One more than there is room for: what follows decides.
            ends = [m.end() for m in _DENSE.finditer(text, start, start + width + 1)]
            cut = max(cut, *(end for end in (-1, *ends[-2:]) if end <= start + width))
        if cut <= start:
            cut = text.find(" ", start + width)
        if cut < 0:
            break
        lines.append(text[start:cut].rstrip(" "))
        start = cut + (text[cut] == " ")
    if text[start:].strip(" "):
        lines.append(text[start:].strip(" "))
    return [line.replace(_HELD, " ") for line in lines] if _HELD in text else lines


def _hold_fields(text: str) -> str:
    """The text with the spaces of merge fields and numbers made unbreakable."""
    parts = []
    end = 0
    for found in placeholders.find(text):
        if found.kind in {"field", "phone"}:
            parts += [text[end : found.start], found.raw.replace(" ", _HELD)]
            end = found.end
    return "".join([*parts, text[end:]])


def _number(value: str | None, otherwise: int) -> int:
    if not value:
        return otherwise
    text = value
    digits = text.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004 - as in a browser, 32 bits
    return int(text) if is_number else otherwise


def _items(parts: list[str], place: int) -> int:
    """How many items the list has that opens at this place of the parts."""
    count = depth = 0
    for at in range(place, len(parts), 4):
        name = parts[at + 1]
        if name in _LISTS:
            depth += -1 if parts[at] else 1
            if depth == 0:
                break
        elif name == "li" and depth == 1 and not parts[at]:
            count += 1
    return count


def _raised(match: re.Match[str]) -> str:
    """A number above or below the line by its own signs: 10 to the 9 is not 109."""
    return match[2].translate(_RAISED_SIGNS[match[1]])


def _annotated(match: re.Match[str]) -> str:
    if match[0].startswith("<rp"):
        return ""
    return ")" if match[1] else "("
