"""
The parts of a Markdown text: runs of words, blocks of HTML, and blocks of code.

This is the one loop over all events of a text, and it is written for speed: what most
texts do not have (pictures, tags, references) is looked at only where it occurs.
"""

from collections.abc import Iterator
from typing import Final, NoReturn

from pipeline.errors import SourceError
from pipeline.formats import MAX_DEPTH
from pipeline.formats.markdown.events import (
    INLINE,
    Event,
    Range,
    block_name,
    named,
    ranged,
)
from pipeline.formats.markdown.runs import Inline, Literal, Part, Run

_BACKSLASH: Final = ord("\\")

_LITERAL: Final = frozenset({"HtmlBlock", "CodeBlock"})
_ROOM: Final = 1_000


def read(text: str, *, path: str, line: int) -> list[Part]:
    """
    The parts of a text whose first line is `line` of its file.

    Raises SourceError for what is nested too deep, or for a table so ragged that its
    padding would outgrow the text.
    """
    reader = _Reader(text.encode(), ranged(text), path, line)
    reader.read()
    return reader.parts


class _Reader:
    """Takes events one by one, and collects parts."""

    def __init__(
        self,
        source: bytes,
        events: Iterator[tuple[Event, Range]],
        path: str,
        line: int,
    ) -> None:
        self.parts: list[Part] = []
        self._source = source
        self._events = events
        self._path = path
        self._line = line
        self._cells = len(source) + _ROOM
        self._blocks: list[str] = []
        self._ranges: list[Range] = []
        self._depth = 0
        self._waiting: tuple[int, Literal] | None = None
        """A block of HTML whose following block is not known, and its depth."""

        self._start = -1
        """Of the run; -1 where none is open."""

        self._last: Range = {"start": 0, "end": 0}
        self._is_fresh = True
        """Whether the next event begins a run, or a line of one."""

        self._break: tuple[int, bool] | None = None
        self._breaks: list[tuple[int, int, bool]] = []
        self._is_hard = False
        self._words: list[Range] = []
        self._has_code = False
        self._inlines: list[Inline] = []
        self._tail = -1
        """Where a link ends whose empty pair of brackets is not in its range."""

    def read(self) -> None:
        words = self._words
        for event, span in self._events:
            if "Text" in event:
                words.append(span)
                if self._is_fresh:
                    self._begin(span["start"])
                self._last = span
            elif isinstance(event, str):
                self._take_word(event, span)
            elif "Start" in event:
                self._open(event["Start"], span)
            elif "End" in event:
                self._close(event["End"], span)
            elif "TaskListMarker" not in event:
                self._take_other(next(iter(event)), span)

    def _begin(self, start: int) -> None:
        """The first event of a run or of a line."""
        # The text of an escape begins behind its backslash.
        if start and self._source[start - 1] == _BACKSLASH:
            start -= 1
        if self._start < 0:
            self._start = start
        elif self._break is not None:
            self._breaks.append((self._break[0], start, self._break[1]))
        self._break = None
        self._is_fresh = False

    def _take_word(self, word: str, span: Range) -> None:
        if word == "Rule":
            self._end_run()
            self._follow(span, "Rule")
        else:
            is_hard = word == "HardBreak"
            self._is_hard |= is_hard
            self._break = span["start"], is_hard
            self._is_fresh = True

    def _take_other(self, kind: str, span: Range) -> None:
        if self._is_fresh:
            self._begin(span["start"])
        self._last = span
        if kind == "InlineHtml":
            self._inlines.append(Inline(kind, span["start"], span["end"]))
        elif kind == "Code":
            self._has_code = True

    def _open(self, value: object, span: Range) -> None:
        data = None
        if isinstance(value, str):
            name = value
        else:
            name, data = named(value)
        if name in INLINE:
            self._depth += 1
            if self._is_fresh:
                self._begin(span["start"])
            if isinstance(data, dict):
                self._take_link(name, data, span)
        else:
            if self._start >= 0:
                self._end_run()
            if self._waiting is not None:
                self._follow(span, name)
            if name in _LITERAL:
                self._take_literal(name, data, span)
            else:
                self._blocks.append(name if data is None else block_name(name, data))
                self._ranges.append(span)
                self._cells -= name == "TableCell"
        if self._depth + len(self._blocks) > MAX_DEPTH or self._cells < 0:
            self._refuse(span["start"])

    def _close(self, value: object, span: Range) -> None:
        if isinstance(value, str) and value in INLINE:
            self._depth -= 1
            self._last = span
            return
        if self._start >= 0:
            self._end_run()
        self._blocks.pop()
        self._ranges.pop()
        if self._waiting is not None and self._waiting[0] > len(self._blocks):
            self._waiting = None

    def _end_run(self) -> None:
        """The run ends, if there is one."""
        start, end = self._start, self._last["end"]
        if start < 0:
            return
        source = self._source
        if end == self._tail:
            end += 2
        while end > start and source[end - 1] in b" \t":
            end -= 1
        words = self._words
        run = Run(
            tuple(self._blocks),
            self._ranges[-1],
            start,
            end,
            self._has_code or words != [],
        )
        if self._inlines:
            run.inlines, self._inlines = self._inlines, []
            run.words = words.copy()
        words.clear()
        if self._breaks:
            run.breaks, self._breaks = self._breaks, []
            run.has_hard_break, self._is_hard = self._is_hard, False
        self._has_code = False
        self._start = -1
        self._break = None
        self._is_fresh = True
        self.parts.append(run)
        if self._waiting is not None:
            self._follow({"start": start, "end": end}, "Run")

    def _take_link(self, name: str, data: dict[str, str], span: Range) -> None:
        kind = data["link_type"]
        inline = Inline(
            name, span["start"], span["end"], kind, data["id"], data["title"]
        )
        if kind == "Collapsed" and self._source.startswith(b"[]", inline.end):
            self._tail = inline.end
            inline.end += 2
        self._inlines.append(inline)
        if name == "Image":
            self._take_image(inline)
            self._depth -= 1
            self._last = span

    def _take_image(self, image: Inline) -> None:
        """All that is within an image."""
        depth, start, end = 1, -1, -1
        for event, span in self._events:
            if isinstance(event, str):
                self._take_word(event, span)
                continue
            ((kind, value),) = event.items()
            name, data = named(value)
            depth -= kind == "End"
            if not depth:
                break
            begin = span["start"]
            if self._is_fresh or start < 0:
                # An image may begin with a line break.
                begin -= self._source[begin - 1] == _BACKSLASH
                start = begin if start < 0 else start
                self._begin(span["start"])
            end = max(end, span["end"])
            depth += kind == "Start"
            if kind == "Start" and isinstance(data, dict) and name == "Link":
                link, label = data["link_type"], data["id"]
                self._inlines.append(Inline(name, begin, span["end"], link, label))
            if self._depth + depth + len(self._blocks) > MAX_DEPTH:
                self._refuse(span["start"])
        image.alt = start, end

    def _take_literal(self, name: str, data: object, span: Range) -> None:
        lines = []
        for event, place in self._events:
            if not isinstance(event, str) and "End" in event:
                break
            lines.append((place["start"], place["end"]))
        info = str(data["Fenced"]) if isinstance(data, dict) else ""
        literal = Literal(name, span["start"], span["end"], lines, info)
        self.parts.append(literal)
        if name == "HtmlBlock":
            self._waiting = len(self._blocks), literal

    def _follow(self, span: Range, name: str) -> None:
        """A block begins: perhaps the one that follows a block of HTML."""
        if self._waiting is not None and self._waiting[0] == len(self._blocks):
            literal = self._waiting[1]
            literal.following = span["start"], span["end"]
            literal.following_name = name
            self._waiting = None

    def _refuse(self, start: int) -> NoReturn:
        raise SourceError(
            "a table has far more columns than most of its rows"
            if self._cells < 0
            else f"the text is nested over {MAX_DEPTH} levels deep",
            path=self._path,
            line=self._source.count(b"\n", 0, start) + self._line,
            hint="write this part more simply",
        )
