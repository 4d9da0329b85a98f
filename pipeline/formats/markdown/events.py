"""
The door to pyromark: what pulldown-cmark makes of a text, by byte offsets.

CommonMark with tables, footnotes, strikethrough, task lists, definition lists and
heading attributes. Ranges are UTF-8 offsets, and so is everything here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pyromark import Markdown, Options
from pyromark.event import Event

from pipeline.errors import SourceError
from pipeline.formats import MAX_DEPTH

_PARSER: Final = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_HEADING_ATTRIBUTES,
)
_INLINE: Final = frozenset(
    {
        "Emphasis",
        "Strong",
        "Strikethrough",
        "Superscript",
        "Subscript",
        "Link",
        "Image",
    },
)
_BACKSLASH: Final = ord("\\")
_LABELLED: Final = frozenset({"Reference", "Collapsed", "Shortcut"})
_LITERAL: Final = frozenset({"CodeBlock", "HtmlBlock", "MetadataBlock"})
_ROOM: Final = 10_000

Piece: TypeAlias = tuple[str, int, int]
"""The kind of an event (`Text`, `Code`, `InlineHtml`), where it begins and ends."""


@dataclass(slots=True)
class Image:
    """An image, and the text between its brackets."""

    start: int
    end: int
    kind: str
    """pulldown-cmark's link type."""

    label: str
    alt_start: int = -1
    alt_end: int = -1


@dataclass(slots=True)
class Run:
    """The inline content of one block, or of one part of a tight list item."""

    blocks: tuple[str, ...]
    """The blocks around it, the outermost first."""

    block: tuple[int, int]
    """The range of the innermost of them."""

    start: int
    end: int
    breaks: list[tuple[int, int, bool]] = field(default_factory=list)
    """Line breaks with what begins the next line, and whether each is a hard one."""

    images: list[Image] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    """The references that links (not images) of the run need."""

    has_text: bool = False
    """Whether there is text or code outside of images."""


def read(text: str, *, path: str, line: int) -> list[Run]:
    """
    The runs of a text whose first line is `line` of its file.

    Raises SourceError for what is nested too deep, or for a table so ragged that its
    padding would outgrow the text.
    """
    source = text.encode()
    reader = _Reader(source)
    most = 4 * len(source) + _ROOM
    for count, (event, span) in enumerate(_PARSER.events_with_range(text)):
        start = span["start"]
        reader.take(event, start, span["end"])
        if reader.depth > MAX_DEPTH or count > most:
            raise SourceError(
                "a table has far more columns than most of its rows"
                if count > most
                else f"the text is nested over {MAX_DEPTH} levels deep",
                path=path,
                line=source.count(b"\n", 0, start) + line,
                hint="write this part more simply",
            )
    return reader.runs


def shape(text: str) -> Iterator[str]:
    """The names of the blocks, in their order; `text` where they have content."""
    is_inside = False
    for event in _PARSER.events(text):
        if isinstance(event, str):
            if event == "Rule":
                is_inside = False
                yield "rule"
            continue
        kind, value = next(iter(event.items()))
        if kind in {"Start", "End"}:
            name, data = _named(value)
            if name not in _INLINE:
                is_inside = False
                if kind == "Start":
                    yield _block_name(name, data)
        elif not is_inside:
            is_inside = True
            yield "text"


def inline(text: str) -> Iterator[Piece]:
    """
    What a run consists of, whatever its first characters would mean in a block.

    Autolinks come as `InlineHtml`, and nothing comes from inside them.
    """
    until = 0
    for event, span in _PARSER.events_with_range(f"a {text}"):
        start, end = span["start"] - 2, span["end"] - 2
        if start < until or isinstance(event, str):
            continue
        kind, value = next(iter(event.items()))
        if kind == "Start" and _is_autolink(value):
            until = end
            yield "InlineHtml", start, end
        elif kind not in {"Start", "End"}:
            yield kind, start, end


def plain(text: str) -> str:
    """The words of a run, without its markup; a line break of any kind is a blank."""
    words = []
    for event in _PARSER.events(f"a {text}"):
        match event:
            case "SoftBreak" | "HardBreak":
                words.append(" ")
            case {"Text": str(word)} | {"Code": str(word)}:
                words.append(word)
            case {"InlineHtml": str(tag)} if tag.lower().startswith("<br"):
                words.append(" ")
    return "".join(words)[2:]


def is_paragraph(text: str) -> bool:
    """Whether a line, standing alone, is one paragraph and nothing else."""
    events = list(_PARSER.events(text))
    return (
        len(events) > 2  # noqa: PLR2004 - a start, an end, and something in between
        and events[0] == {"Start": "Paragraph"}
        and events.index({"End": "Paragraph"}) == len(events) - 1
    )


def html(text: str) -> str:
    """The text as HTML, raw HTML passed through."""
    return _PARSER.html(text)


class _Reader:
    """Takes events one by one, and collects runs."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.runs: list[Run] = []
        self._blocks: list[str] = []
        self._ranges: list[tuple[int, int]] = [(0, len(source))]
        self._inline: list[str] = []
        self._image: Image | None = None
        self._run: Run | None = None
        self._break: tuple[int, bool] | None = None
        self._is_collapsed = False

    @property
    def depth(self) -> int:
        """How many blocks and inline elements are open."""
        return len(self._blocks) + len(self._inline)

    def take(self, event: Event, start: int, end: int) -> None:
        if isinstance(event, str):
            if event == "Rule":
                self._close()
            else:
                self._break = (start, event == "HardBreak")
            return
        kind, value = next(iter(event.items()))
        if kind == "Start":
            name, data = _named(value)
            if name in _INLINE:
                self._open_inline(name, data, start, end)
            else:
                self._open_block(name, data, start, end)
        elif kind == "End":
            self._end(_named(value)[0], start, end)
        elif kind != "TaskListMarker" and self._blocks[-1] not in _LITERAL:
            self._add(start, end)
            if self._image is None and self._run is not None:
                is_text = kind in {"Code", "Text"}
                self._run.has_text |= is_text and not self.source[start:end].isspace()

    def _open_block(self, name: str, data: object, start: int, end: int) -> None:
        self._close()
        self._blocks.append(_block_name(name, data))
        self._ranges.append((start, end))

    def _end(self, name: str, start: int, end: int) -> None:
        if name not in _INLINE:
            self._close()
            self._blocks.pop()
            self._ranges.pop()
            return
        self._inline.pop()
        if self._image is not None and "Image" not in self._inline:
            self._image = None
        self._add(start, end)

    def _open_inline(self, name: str, data: object, start: int, end: int) -> None:
        self._add(start, end)
        self._inline.append(name)
        if not isinstance(data, dict) or self._run is None:
            return
        kind = str(data["link_type"])
        self._is_collapsed = kind == "Collapsed"
        if name == "Image" and self._image is None:
            self._image = Image(start, end, kind, data["id"])
            self._run.images.append(self._image)
            # An empty pair of brackets is not in the range; see `_close`.
            self._run.has_text |= self._is_collapsed
        if kind in _LABELLED and (name == "Link" or self._is_collapsed):
            self._run.labels.append(data["id"])

    def _add(self, start: int, end: int) -> None:
        """One more inline event of the run; the outer ones come first."""
        # The text of an escape begins behind its backslash.
        begin = start - (start > 0 and self.source[start - 1] == _BACKSLASH)
        if self._run is None:
            self._run = Run(tuple(self._blocks), self._ranges[-1], begin, end)
            self._is_collapsed = False
        elif self._break is not None:
            self._run.breaks.append((self._break[0], begin, self._break[1]))
        self._break = None
        image = self._image
        if image is not None:
            image.alt_start = begin if image.alt_start < 0 else image.alt_start
            image.alt_end = max(image.alt_end, end)
        if end > self._run.end:
            self._is_collapsed = False
            self._run.end = end

    def _close(self) -> None:
        run, self._run, self._break = self._run, None, None
        if run is None:
            return
        if self._is_collapsed and self.source.startswith(b"[]", run.end):
            run.end += 2
        while run.end > run.start and self.source[run.end - 1] in b" \t":
            run.end -= 1
        self.runs.append(run)


def _named(value: object) -> tuple[str, object]:
    if isinstance(value, dict):
        return next(iter(value.items()))
    return str(value), None


def _block_name(name: str, data: object) -> str:
    if name == "Heading" and isinstance(data, dict):
        return f"heading {data['level'][1]}"
    return name


def _is_autolink(value: object) -> bool:
    name, data = _named(value)
    return (
        name == "Link"
        and isinstance(data, dict)
        and data["link_type"] in {"Autolink", "Email"}
    )
