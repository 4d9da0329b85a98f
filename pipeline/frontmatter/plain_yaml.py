"""
YAML of the plainest kind: words, a date or a row of words behind each key.

Nearly all front matter is of it, and loading YAML's library takes longer than reading
an article. Whatever might mean something else to YAML is left to that.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from pipeline.frontmatter.keys import TRANSLATED, Block, Value
from pipeline.late import regex

_LINE: Final = regex(
    r"""
    (?P<key>[a-z]+):[ ]
    (?:
        (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})
        | \[(?P<row>[^\W\d_][\w ’-]*(?:,[ ][^\W\d_][\w ’-]*)*)\]
        | (?P<text>[^\W\d_][\w ’“”–—…'"(),.;!?/-]*)
    )\n
    """,
    re.VERBOSE,
)
_MEANT: Final = frozenset("false n no null off on true y yes".split())
"""Words that are no texts to YAML, however they are written."""

_HIGHEST: Final = "\ud7ff"
_FIRST: Final = 2
"""The line of the file that the first line between the fences is."""


def read_plain(block: str) -> Block | None:
    """The keys of a mapping of the plainest kind; None for any other."""
    data: dict[str, object] = {}
    values: list[Value] = []
    at = 0
    while at < len(block):
        match = _LINE.match(block, at)
        if match is None:
            return None
        at, key, row = match.end(), match["key"], match["row"]
        texts = row.split(", ") if row else [match["text"] or ""]
        if key in data or key in _MEANT or not all(map(_is_text, texts)):
            return None
        line = _FIRST + len(data)
        if match["day"]:
            day = _day(match["day"])
            if day is None:
                return None
            data[key] = day
        elif row:
            data[key] = texts
            if key == "tags":
                values += _items(texts, match.start("row"), line)
        else:
            data[key] = texts[0]
            if key in TRANSLATED:
                values.append(Value(key, texts[0], *match.span("text"), line))
    lines = {key: _FIRST + number for number, key in enumerate(data)}
    return Block(data, tuple(values), lines) if data else None


def _is_text(text: str) -> bool:
    return (
        text.casefold() not in _MEANT
        and not text.endswith(" ")
        and max(text, default="") <= _HIGHEST
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _items(texts: list[str], start: int, line: int) -> Iterator[Value]:
    for text in texts:
        yield Value("tag", text, start, start + len(text), line)
        start += len(text) + len(", ")
