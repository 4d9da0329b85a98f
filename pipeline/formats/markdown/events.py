"""
The door to pyromark: what pulldown-cmark makes of a text, by byte offsets.

CommonMark with tables, footnotes, strikethrough, task lists, definition lists, alerts
and heading attributes. Ranges are UTF-8 offsets, and so is everything here.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias, TypedDict, cast

from pyromark import Markdown, Options

from pipeline.hypertext import fit

_PARSER: Final = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_GFM,
)
INLINE: Final = frozenset(
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
"""What has a start and an end within a block's text."""


class Range(TypedDict):
    """Where an event begins and ends."""

    start: int
    end: int


Event: TypeAlias = str | dict[str, object]
"""A word (`SoftBreak`, `HardBreak`, `Rule`), or a kind and what there is to say."""

Piece: TypeAlias = tuple[str, int, int]
"""The kind of an event (`Text`, `Code`, `InlineHtml`), where it begins and ends."""


def ranged(text: str) -> Iterator[tuple[Event, Range]]:
    """The events of a text, each with its range."""
    # The types of the library know every event by itself, which no loop can use.
    return cast("Iterator[tuple[Event, Range]]", _PARSER.events_with_range(text))


def named(value: object) -> tuple[str, object]:
    """The name of what begins or ends, and the data that comes with it."""
    if isinstance(value, dict):
        return next(iter(value.items()))
    return str(value), None


def block_name(name: str, data: object) -> str:
    """The name of a block; of a heading, with its level."""
    if name == "Heading" and isinstance(data, dict):
        return f"heading {data['level'][1]}"
    return name


def folded(label: str) -> str:
    """The label of a definition, as references are compared."""
    return " ".join(label.split()).casefold()


def titled_definitions(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The link definitions with a title: label, title, and the range of each."""
    if "]:" not in text:
        return
    for label, found in _PARSER.reference_definitions(text).items():
        span = found["span"]
        if found["title"]:
            yield label, found["title"], span["start"], span["end"]


def shape(text: str) -> Iterator[str]:
    """
    The names of the blocks, in their order; `text` where they have content.

    A block of HTML comes with its tags.
    """
    is_inside = False
    html: list[str] = []
    for event in cast("Iterator[Event]", _PARSER.events(text)):
        if isinstance(event, str):
            if event == "Rule":
                is_inside = False
                yield "rule"
        elif "Start" in event or "End" in event:
            ((kind, value),) = event.items()
            name, data = (value, None) if isinstance(value, str) else named(value)
            if name not in INLINE:
                is_inside = False
                if html:
                    yield from fit.shape("".join(html))
                    html = []
                if kind == "Start":
                    yield block_name(name, data) if data else str(name)
        elif "Html" in event:
            html.append(str(event["Html"]))
        elif not is_inside:
            is_inside = True
            yield "text"


def inline(text: str) -> Iterator[Piece]:
    """
    What a run consists of, whatever its first characters would mean in a block.

    Autolinks come as `InlineHtml`, and nothing comes from inside them.
    """
    until = 0
    for event, span in ranged(f"a {text}"):
        start, end = span["start"] - 2, span["end"] - 2
        if end <= until or isinstance(event, str):
            continue
        kind, value = next(iter(event.items()))
        if kind == "Start" and _is_autolink(value):
            until = end
            yield "InlineHtml", start, end
        elif kind not in {"Start", "End"}:
            yield kind, max(0, start), end


def plain(text: str) -> str:
    """The words of a run, without its markup; a line break of any kind is a blank."""
    words = []
    for event in cast("Iterator[Event]", _PARSER.events(f"a {text}")):
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


def _is_autolink(value: object) -> bool:
    name, data = named(value)
    return (
        name == "Link"
        and isinstance(data, dict)
        and data["link_type"] in {"Autolink", "Email"}
    )
