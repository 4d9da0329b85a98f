"""
Finding the structure of plain text, by rules that know no text in particular.

Blocks are divided by blank lines; `parts` divides a block by its lines' markers, and
`units` says what each part is, by what stands around it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline.formats.text import lines
from pipeline.formats.text.lines import Line
from pipeline.late import dataclass, regex

_INDENTED: Final = regex(r"\t|  ")
_DIGITS: Final = regex(r"[ \t]*(\d+)")
_UNDERLINE: Final = regex(r"(?:={3,}|-{3,}|~{3,})[ \t]*\Z")
_ROLES: Final = {
    "underlined": "heading",
    "bullet": "list item",
    "question": "question",
    "answer": "answer",
    "contact": "contact",
    "rule": "rule",
}
_DASHES: Final = "–—"
_ENDS: Final = (".", ":", "!", "?", "。", "：", "！", "？", "؟")
_SHORT: Final = 40
"""Characters of a heading that needs no blank line below it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a block that belong together."""

    kind: str
    """`text`, `contact`, `bullet`, `number`, `question`, `answer`, `underlined` or
    `rule`."""

    lines: list[Line]
    block: int
    """The number of its block; lines that nobody wrapped are blocks of their own."""

    skip: int = 0
    """The length of the marker."""

    underline: str = ""
    is_first: bool = True
    """Whether a blank line or a rule is above it."""

    @property
    def start(self) -> int:
        first = self.lines[0]
        words = first.text[self.skip :]
        return first.start + self.skip + len(words) - len(words.lstrip())

    @property
    def end(self) -> int:
        last = self.lines[-1]
        return last.start + len(last.text.rstrip())

    @property
    def words(self) -> str:
        """The text of its first line, without the marker."""
        return self.lines[0].text[self.skip :].strip()

    @property
    def number(self) -> int:
        """Of a numbered item; -1 where there is none."""
        found = _DIGITS.match(self.lines[0].text) if self.kind == "number" else None
        return int(found[1]) if found else -1

    @property
    def indent(self) -> str:
        """What its second line begins with."""
        if len(self.lines) == 1:
            return ""
        text = self.lines[1].text
        return text[: len(text) - len(text.lstrip())]


@dataclass(frozen=True, slots=True)
class Unit:
    """A part, and what it is."""

    role: str
    part: Part


def parts(text: str, start: int) -> list[Part]:
    """The parts of a text from a place on."""
    found: list[Part] = []
    block: list[Line] = []
    for line in [*lines.split(text, start), Line(len(text), len(text), "")]:
        if not line.is_blank:
            block.append(line)
        elif block:
            number = found[-1].block + 1 if found else 0
            found += _Splitter(block, number).parts()
            block = []
    return found


def units(found: list[Part], title: str | None) -> list[Unit]:
    """
    What each part is.

    `title` is that of the front matter: without one the first part is the title, if
    it is text; with one, if it says the same.
    """
    known = _paired(found)
    result = []
    is_marked = any(
        part.kind == "underlined"
        or (part.kind == "text" and lines.is_capitals(part.words))
        for part in known[1:]
    )
    for number, part in enumerate(known):
        following = known[number + 1] if number + 1 < len(known) else None
        previous = known[number - 1] if number else None
        role = _role(part, previous, following)
        if number == 0 and _is_title(part, role, title):
            role = "title"
        if role == "heading":
            # The number of a heading is a part of it.
            heading = replace(part, skip=0)
            level = _level(heading, known, is_marked=is_marked)
            result.append(Unit(f"heading {level}", heading))
        else:
            result.append(Unit(role, part))
    return result


def _paired(found: list[Part]) -> list[Part]:
    """Questions without an answer and answers without a question become text."""
    known: list[Part] = []
    for number, part in enumerate(found):
        kind = part.kind
        before = known[-1].kind if known else ""
        after = found[number + 1].kind if number + 1 < len(found) else ""
        is_lost = (kind == "question" and after != "answer") or (
            kind == "answer" and before not in {"question", "answer"}
        )
        if is_lost:
            known.append(replace(part, kind="text", skip=0))
        elif kind == "text" and before == "answer" and _is_indented(part):
            known.append(replace(part, kind="answer"))
        else:
            known.append(part)
    return known


def _is_indented(part: Part) -> bool:
    return all(_INDENTED.match(line.text) for line in part.lines)


def _role(part: Part, previous: Part | None, following: Part | None) -> str:
    if part.kind in _ROLES:
        return _ROLES[part.kind]
    if part.kind == "number":
        is_listed = (previous is not None and previous.number == part.number - 1) or (
            following is not None and following.number == part.number + 1
        )
        is_heading = not is_listed and _stands_alone(part, following)
        return "heading" if is_heading else "list item"
    if following is not None and following.kind == "question":
        # `Frequently asked questions:` is a heading in spite of its colon.
        part = replace(part, skip=0, lines=[_without_colon(part.lines[0])])
    return "heading" if _stands_alone(part, following) else "paragraph"


def _without_colon(line: Line) -> Line:
    return replace(line, text=line.text.rstrip().removesuffix(":"))


def _stands_alone(part: Part, following: Part | None) -> bool:
    """Whether a part is one line that reads as a heading of what follows."""
    if len(part.lines) > 1 or following is None or following.kind == "rule":
        return False
    if part.block != following.block:
        return lines.is_heading(part.words) or lines.is_capitals(
            part.words.removesuffix(":"),
        )
    return following.kind != "text" and lines.is_heading(part.words)


def _is_title(part: Part, role: str, title: str | None) -> bool:
    if role not in {"heading", "paragraph"}:
        return False
    return title is None or " ".join(line.text.strip() for line in part.lines) == title


def _level(part: Part, known: list[Part], *, is_marked: bool) -> int:
    level = 2 + lines.section_depth(part.words)
    if part.kind == "underlined":
        has_two = any(other.underline.startswith("=") for other in known[1:])
        return level + (has_two and not part.underline.startswith("="))
    is_plain = is_marked and not lines.is_capitals(part.words.removesuffix(":"))
    return min(6, level + is_plain)


class _Splitter:
    """Divides the lines of one block into parts."""

    def __init__(self, block: list[Line], number: int) -> None:
        self.block = block
        self.number = number
        self.is_unwrapped = any(len(line.text) > lines.WRAP for line in block)
        self.found: list[Part] = []

    def parts(self) -> list[Part]:
        number = 0
        while number < len(self.block):
            line = self.block[number]
            following = self.block[number + 1 : number + 2]
            if following and self._is_underlined(line, following[0]):
                underline = following[0].text.strip()
                self._open("underlined", line, underline=underline)
                number += 1
            else:
                self._take(line)
            number += 1
        return self.found

    def _is_underlined(self, line: Line, following: Line) -> bool:
        return (
            _UNDERLINE.match(following.text) is not None
            and lines.marker(line.text)[0] in {"", "number"}
            and lines.is_heading(line.text)
        )

    def _take(self, line: Line) -> None:
        kind, skip = lines.marker(line.text)
        last = self.found[-1] if self.found else None
        if kind and self._begins(kind, line, last):
            self._open(kind, line, skip)
        elif last is None or last.kind in {"underlined", "rule"}:
            self._open("contact" if lines.is_contact(line.text) else "text", line)
        elif last.kind in {"text", "contact"}:
            self._take_text(line, last)
        elif self.is_unwrapped and not _INDENTED.match(line.text):
            self._open("answer" if last.kind == "answer" else "text", line)
        else:
            self._extend(line)

    def _begins(self, kind: str, line: Line, last: Part | None) -> bool:
        """Whether a marker begins a part, rather than a line of wrapped text."""
        is_uncertain = kind == "number" or line.text.lstrip()[0] in _DASHES
        if last is None or last.kind != "text" or not is_uncertain:
            return True
        return self.is_unwrapped or last.lines[-1].text.rstrip().endswith((":", "："))

    def _take_text(self, line: Line, last: Part) -> None:
        before = last.lines[-1].text
        if lines.is_contact(line.text):
            is_heading = len(last.lines) == 1 and lines.is_heading(before)
            is_new = (
                last.kind == "contact"
                or before.rstrip().endswith(_ENDS)
                or (is_heading and len(before) <= _SHORT)
            )
            if is_new or self.is_unwrapped:
                self._open("contact", line)
                return
        is_continued = last.kind == "text" or not lines.names_address(before)
        is_below_capitals = (
            len(last.lines) == 1
            and lines.is_capitals(before.strip().removesuffix(":"))
            and not lines.is_capitals(line.text.strip())
        )
        # A lone `-` would make an item of the line below it.
        is_bare = len(last.lines) == 1 and lines.is_marker(before)
        if self.is_unwrapped or is_below_capitals or is_bare or not is_continued:
            self.number += 1
            self._open("text", line)
        else:
            self._extend(line)

    def _open(self, kind: str, line: Line, skip: int = 0, underline: str = "") -> None:
        if self.is_unwrapped:
            self.number += 1
        is_first = not self.found or self.found[-1].kind in {"rule", "underlined"}
        self.found.append(
            Part(kind, [line], self.number, skip, underline, is_first),
        )

    def _extend(self, line: Line) -> None:
        self.found[-1].lines.append(line)


def shape(found: list[Part]) -> Iterator[str]:
    """
    The kinds of the parts, for comparison.

    What a translation may change is left out: whether a short line is a heading or a
    paragraph, and whether lines below others were wrapped.
    """
    for part in found:
        if part.kind == "underlined":
            yield from ("text", "rule")
        elif part.kind not in {"text", "contact"}:
            yield part.kind
        elif part.is_first:
            yield "text"
