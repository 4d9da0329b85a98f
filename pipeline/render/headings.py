"""
The headings of an admitted body and its footnotes, each with the anchor it has.

Reads what the gate has admitted, which is regular.
"""

import re
from html import escape, unescape
from typing import Final

from pipeline.hypertext.raised import raised
from pipeline.late import dataclass, made_open, regex
from pipeline.render.tags import ATTRIBUTES, attributes_of, tag
from pipeline.render.words import plain
from pipeline.slugs import heading_id

PAGE_IDS: Final = frozenset({"content", "contents", "related", "top"})
"""Ids that the page's own template uses."""

_NOTE_ID: Final = regex("fn(?:ref)?-[0-9]{1,4}")
"""Where a footnote is, and where it is referred to; other ids are a heading's."""

_HEADING: Final = regex(
    rf"<h([1-6]){ATTRIBUTES}>(.*?)</h\1>",
    re.DOTALL,
)
_PLACED: Final = regex(
    r'<(a|div)((?: [a-z-]+="[^"]*")*? id="[^"]*"(?: [a-z-]+="[^"]*")*)>'
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for tables of contents and anchors."""

    level: int
    id: str
    text: str
    author_id: str = ""
    """The id that the article gave it, which links may still use."""

    locale: str = ""
    """Its language, where that is another than the page's."""

    dir: str = ""


_new_heading: Final = made_open(Heading)
"""`Heading`, made faster; every field has to be given, by position."""


def anchored(html: str) -> tuple[str, tuple[Heading, ...], frozenset[str]]:
    """A body with anchors on its headings, these, and the ids of its footnotes."""
    taken: set[str] = set(PAGE_IDS)
    html = _with_ids_of_notes(html, taken)
    notes = frozenset(taken - PAGE_IDS)
    headings: list[Heading] = []
    above: list[int] = []

    def anchor(match: re.Match[str]) -> str:
        written, attributes_there, inner = match.groups()
        text = plain(inner)
        if not text and "<img" not in inner:
            return ""  # Nobody would know where its anchor leads.
        level = _level(int(written), above)
        anchor_id = heading_id(text, taken)
        taken.add(anchor_id)
        if "<su" in inner:
            text = plain(raised(inner))
        if not attributes_there:
            headings.append(_new_heading(level, anchor_id, text, "", "", ""))
            return f'<h{level} id="{escape(anchor_id)}">{inner}</h{level}>'
        attributes = attributes_of(attributes_there)
        author_id = unescape(attributes.pop("id", ""))
        spoken = unescape(attributes.get("lang", ""))
        way = attributes.get("dir", "") if spoken else ""
        headings.append(_new_heading(level, anchor_id, text, author_id, spoken, way))
        opening = tag(f"h{level}", {"id": escape(anchor_id), **attributes})
        return f"{opening}{inner}</h{level}>"

    return _HEADING.sub(anchor, html), tuple(headings), notes


def _level(written: int, above: list[int]) -> int:
    """
    The level of a heading on the page, whose title is the first: none is left out.

    `above` are the levels, as they were written, of those that it stands below.
    """
    written = max(2, written)
    while above and above[-1] >= written:
        above.pop()
    above.append(written)
    return 1 + len(above)


def _with_ids_of_notes(html: str, taken: set[str]) -> str:
    """The body with the ids of footnotes, each once, and of headings: no others."""

    def placed(match: re.Match[str]) -> str:
        attributes: dict[str, str] = attributes_of(match[2])
        place = attributes["id"]
        if place in taken or not _NOTE_ID.fullmatch(place):
            del attributes["id"]
        else:
            taken.add(place)
        return tag(match[1], attributes)

    return _PLACED.sub(placed, html) if ' id="' in html else html
