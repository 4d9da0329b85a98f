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
from functools import cache
from html import unescape
from typing import Final

from pipeline import placeholders
from pipeline.cldr import direction, quotation_marks, semicolon
from pipeline.hypertext.raised import raised
from pipeline.late import dataclass, regex
from pipeline.render.marks import as_written, closed, held, marked
from pipeline.render.rows import Table

WIDTH: Final = 78
_NARROWEST: Final = 20
"""Of lines in lists that are deep in others."""


_TAG: Final = regex(
    r'</([a-z][a-z0-9]*)>|<([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>(?:([^<]*)</\2>)?'
)
"""A tag, or a whole element that has only words in it, as most have."""

_PARTS: Final = 5
"""What it parts a text into: a closed tag, an opened one with its attributes and the
words of a whole one, and what follows."""

_ATTRIBUTE: Final = regex(r' ([a-z-]+)="([^"]*)"')
_SILENT: Final = regex(
    r"</?(?:b|strong|em|i|u|ins|small|code|kbd|samp|var|abbr|dfn|cite|bdi|span|time|mark"
    r'|wbr|ruby|thead|tbody|tfoot|colgroup|col|img)(?: [a-z-]+="[^"]*")*>'
)
"""Tags that say nothing in a text without forms."""

_SIGNS: Final = {"del": ("[-", "-]"), "s": ("[-", "-]"), "q": ('"', '"')}
"""What would be read otherwise without its form: a dose that is struck out is none."""

_RUBY: Final = regex(r"<rp>.*?</rp>|<(/?)rt(?: [^>]*)?>", re.DOTALL)
_BLOCKS: Final = frozenset(
    "p div section h1 h2 h3 h4 h5 h6 blockquote pre dt dd figure figcaption address "
    "summary details caption table tr ul ol li dl hr".split(),
)
_LISTS: Final = frozenset({"ul", "ol", "dl"})
_SIMPLE: Final = _BLOCKS - _LISTS - frozenset("pre blockquote li table tr".split())
"""Blocks that begin and end a paragraph, and do nothing else."""

_WORDED: Final = frozenset("p li h1 h2 h3 h4 h5 h6".split())
"""Blocks of which most are whole."""

_BLANKS: Final = regex(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ue000]")
_BREAK: Final = "\x01"
"""A `<br>`, until the blanks around it are gone."""

_NOT_DIALLED: Final = str.maketrans("", "", "().-/")
_HELD: Final = "\ue000"
"""A space that no line may break at, until the lines are made."""

_AMOUNT: Final = regex(
    r"([0-9]) (?=(?:[mkcdnµμ]?[glL]|[mckµμn]?m|mcg|m?mol|[iI][uU]|IE|[kK]cal|kJ|mmHg"
    r"|°[CF]|[%‰℃℉])(?!\w))"
)
_HELD_AMOUNT: Final = rf"\1{_HELD}"
"""A dose that is torn apart at the end of a line may be read as another one."""

_ISOLATED: Final = "\N{POP DIRECTIONAL ISOLATE}"
_SIGNS_OF_FIELDS: Final = ("{", "%", "+", "*|", "00")
"""One of them is in each merge field and each telephone number."""

_BRACKETED: Final = regex(r"\[([0-9]{1,4})\]")
_DENSE: Final = regex(
    "[\u3041-\u30ff\u3400-\u9fff\uff10-\uff5a](?![、。，．・：；？！）」』】〉》〕,.!?)\\]])"
)
"""Of scripts without spaces: where a line may end."""

_WIDE: Final = regex("[\u2e80-\ua4cf\uf900-\ufaff\uff00-\uff60]")
"""Twice as wide as others, signs between words included (Unicode, annex 11)."""


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
    _number: int = 0
    """Of the last new link."""

    _groups: int = 0
    _taken: frozenset[int] = frozenset()
    _preformatted: bool = False
    _item_open: bool = False
    """Whether the first line of an item is still to come."""

    _quoted: int = 0
    """How many quotations are open."""

    _width: int = 0
    _margin: str = ""
    """What every line of the lists and quotes that are open begins with."""

    _room: int = 0
    """How many characters a line has beside it."""

    _is_printable: bool = False
    """Whether it has no blanks and no controls but spaces and line breaks."""

    _has_fields: bool = True
    _is_dense: bool = True
    """Whether fields may be in it, and scripts without spaces: asked once for all."""

    def read(self) -> None:
        """Read it all."""
        self._width = self._room = width_in(self.locale)
        self._taken = frozenset(map(int, _BRACKETED.findall(self.html)))
        html = raised(self.html)
        if "<rt" in html:
            html = _RUBY.sub(_annotated, html)
        self._is_printable = html.replace("\n", "").isprintable()
        if not self._is_printable:
            html = _CONTROL.sub("", html)
        self._has_fields = _may_have_fields(html)
        self._is_dense = _is_dense(html)
        parts = _TAG.split(_SILENT.sub("", html))
        self._text += parts[:1]
        for place in range(1, len(parts), _PARTS):
            closed, name, attributes, words, tail = parts[place : place + _PARTS]
            if closed:
                self._close(closed)
            elif words is None:
                self._open(name, attributes, parts, place)
            elif name in _WORDED and not (self._tables or self._preformatted):
                self._end()
                if name == "li":
                    self._open_item(_values(attributes).get("value"))
                self._paragraph(words)
            else:
                self._open(name, attributes, parts, place)
                self._take(words)
                self._close(name)
            self._take(tail)
        self._end()

    def _take(self, words: str) -> None:
        """More words of what is open; blanks between blocks are nothing."""
        if words and (self._text or self._preformatted or not words.isspace()):
            self._text.append(words)

    def _open(
        self, name: str, attributes: str, parts: list[str | None], place: int
    ) -> None:
        if name == "br":
            self._text.append("\n" if self._preformatted else _BREAK)
        elif name == "a":
            url = _values(attributes).get("href", "")
            self._links.append((unescape(url), len(self._text)))
        elif name in {"td", "th"}:
            if self._tables:
                self._text.clear()
                self._open_cell(_values(attributes), is_head=name == "th")
        elif name in _BLOCKS:
            self._end()
            if name not in _SIMPLE:
                self._open_block(
                    name, _values(attributes), lambda: _items(parts, place)
                )
        elif name in _SIGNS:
            self._text.append(self._sign(name, is_end=False))

    def _open_cell(self, values: Mapping[str, str], *, is_head: bool) -> None:
        columns = _number(values.get("colspan"), 1) if values else 1
        rows = _number(values.get("rowspan"), 1) if values else 1
        self._tables[-1].open_cell(is_head=is_head, columns=columns, rows=rows)

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
            self._set_margin()
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
        elif name in {"td", "th"}:
            if self._tables:
                self._tables[-1].close_cell("".join(self._text))
                self._text.clear()
        elif name in _BLOCKS:
            self._close_block(name)
        elif name in _SIGNS:
            self._text.append(self._sign(name, is_end=True))

    def _close_block(self, name: str) -> None:
        if name == "tr":
            self._text.clear()
            row = self._tables[-1].close_row() if self._tables else ""
            self._say(row, group=self._groups)
            return
        self._end()
        if name == "table":
            rest = self._tables.pop().close() if self._tables else ""
            self._say(rest, group=self._groups)
        elif name == "pre":
            self._preformatted = False
        elif (name in _LISTS or name == "blockquote") and self._levels:
            self._levels.pop()
            self._set_margin()

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
        self._set_margin()

    def _set_margin(self) -> None:
        self._margin = "".join([level.rest for level in self._levels])
        room = self._width - len(self._margin)
        self._room = max(room, _NARROWEST) if self._levels else self._width

    def _close_link(self, url: str, start: int) -> None:
        address = url.removeprefix("mailto:").removeprefix("tel:").strip()
        if url.startswith("mailto:") and "{" not in url:
            # What a mail is to say already is for programs.
            address = address.partition("?")[0]
        if not address or url.startswith("#"):
            return
        words = unescape("".join(self._text[start:])).strip()
        if address == words:
            return
        # The signs that are not dialled are in no address that is.
        if "/" not in address and address == _dialled(words):
            return
        number = self.urls.get(address)
        if number is None:
            self._number += 1
            while self._number in self._taken:
                self._number += 1
            number = self.urls[address] = self._number
        self._text.append(f"{_HELD}[{number}]")

    def _end(self) -> None:
        """Close the paragraph that is open, if it has any text."""
        if not self._text:
            return
        if self._tables and self._tables[-1].in_cell:
            self._text.append(" ")
            return
        text = "".join(self._text)
        self._text.clear()
        self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        if text.isspace():
            return
        if self._preformatted:
            text = unescape(text).strip("\n")
            if text.strip():
                lines = text.split("\n")
                self._add([as_written(line, locale=self.locale) for line in lines])
            return
        if "  " in text or "\n" in text or not self._is_printable:
            text = _BLANKS.sub(" ", text)
        self._say(unescape(text))

    def _say(self, text: str, *, group: int = 0) -> None:
        """A paragraph of words, on lines that are short enough."""
        if not text.strip(" \x01"):
            return
        if self.locale:
            text = marked(text, locale=self.locale)
        lines: list[str] = []
        for part in text.split(_BREAK):
            lines += _filled(
                part.strip(" "),
                self._room,
                has_fields=self._has_fields,
                is_dense=self._is_dense,
            )
        self._add(lines, group=group)

    def _add(self, lines: list[str], *, group: int = 0) -> None:
        first = self._margin
        if self._item_open:
            levels = self._levels
            first = "".join([level.first for level in levels])
            for level in levels:
                level.first = level.rest
            group = group or (levels[-1].group if levels else 0)
            self._item_open = False
        rest = [f"{self._margin}{line}".rstrip() for line in lines[1:]]
        text = "\n".join([f"{first}{lines[0]}".rstrip(), *rest])
        self.paragraphs.append((text, group))


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
    return "\n".join(lines).lstrip("\n").replace(_HELD, " ")


def wrapped(text: str, *, locale: str = "") -> str:
    """A text in lines of at most 78 characters; its own line breaks are kept."""
    width = width_in(locale)
    lines = (_filled(part.strip(" "), width) for part in text.split("\n"))
    return "\n".join(line for each in lines for line in each).replace(_HELD, " ")


def width_in(locale: str) -> int:
    """How many characters a line has room for, three kept for marks of direction."""
    return WIDTH - 3 if locale and direction(locale) == "rtl" else WIDTH


def columns(line: str) -> int:
    """How wide a line is, in characters of Latin script."""
    return len(line) + (len(_WIDE.findall(line)) if _is_dense(line) else 0)


def _filled(
    text: str, width: int, *, has_fields: bool = True, is_dense: bool = True
) -> list[str]:
    """
    The lines of a text of one line, cut at blanks; a longer word stays whole.

    `has_fields` and `is_dense` say that it may be so; what is held is still held.
    """
    if (columns(text) if is_dense else len(text)) <= width:
        return [text]
    if has_fields and _may_have_fields(text):
        text = _hold_fields(text)
    text = _AMOUNT.sub(_HELD_AMOUNT, text)
    if _ISOLATED in text:
        text = held(text, _HELD)
        return closed(_cut(text, width, is_dense=is_dense))
    return _cut(text, width, is_dense=is_dense)


def _cut(text: str, width: int, *, is_dense: bool) -> list[str]:
    is_dense = is_dense and _is_dense(text)
    if is_dense or "  " in text:
        return _parted(text, width, is_dense=is_dense)
    return _lines_of(width).findall(text)


def _may_have_fields(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_FIELDS)


def _is_dense(text: str) -> bool:
    return not text.isascii() and _DENSE.search(text) is not None


@cache
def _lines_of(width: int) -> re.Pattern[str]:
    """The lines of words with one blank between them: six times as fast as cutting."""
    return re.compile(rf"[^ ](?:.{{0,{width - 1}}}(?= |$)|[^ ]*)", re.DOTALL)


def _parted(text: str, width: int, *, is_dense: bool) -> list[str]:
    """The lines of any text; characters of scripts without spaces are twice as wide."""
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
    return lines


def _hold_fields(text: str) -> str:
    """The text with the spaces of merge fields and numbers made unbreakable."""
    parts = []
    end = 0
    for found in placeholders.find(text):
        if found.kind in {"field", "phone"}:
            parts += [text[end : found.start], found.raw.replace(" ", _HELD)]
            end = found.end
    return "".join([*parts, text[end:]])


def _values(attributes: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(attributes)) if attributes else {}


def _dialled(words: str) -> str:
    return "".join(words.translate(_NOT_DIALLED).split())


def _number(value: str | None, otherwise: int) -> int:
    if not value:
        return otherwise
    text = value
    digits = text.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004 - as in a browser, 32 bits
    return int(text) if is_number else otherwise


def _items(parts: list[str | None], place: int) -> int:
    """How many items the list has that opens at this place of the parts."""
    count = depth = 0
    for at in range(place, len(parts), _PARTS):
        closed, name, _, words = parts[at : at + 4]
        count += name == "li" and depth == 1
        depth += name in _LISTS and words is None
        depth -= closed in _LISTS
        if depth == 0:
            break
    return count


def _annotated(match: re.Match[str]) -> str:
    if match[0].startswith("<rp"):
        return ""
    return ")" if match[1] else "("
