"""
Anchors of headings in documents for other site generators.

Where a generator takes an anchor with a heading, it is that of the source, and links to
it work in every language. Where it makes anchors of its own, as Astro does with
github-slugger, links follow those.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from unicodedata import category

from pipeline.late import regex
from pipeline.model.article import Segment, Span, Verbatim
from pipeline.render.gate import Body
from pipeline.render.headings import Heading

_ANCHOR: Final = regex(r'(<h[1-6] id=")[^"]*')
_KEPT: Final = frozenset(
    {"Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "Pc"}
)
"""Of the categories of Unicode: what github-slugger leaves in an anchor."""


def made_anchors(
    originals: Sequence[Heading], headings: Sequence[Heading]
) -> Mapping[str, str]:
    """The anchors that github-slugger makes of headings, by those of the source."""
    if len(originals) != len(headings):
        return {}
    made: dict[str, str] = {}
    counts: dict[str, int] = {}
    for original, heading in zip(originals, headings, strict=True):
        slug = first = _slug(heading.text)
        while slug in counts:
            counts[first] += 1
            slug = f"{first}-{counts[first]}"
        counts[slug] = 0
        made[original.id] = made[_anchor(original)] = slug
    return made


def _slug(text: str) -> str:
    kept = (c for c in text.lower() if c in "- " or category(c) in _KEPT)
    return "".join(kept).replace(" ", "-")


def set_anchors(spans: list[Span], headings: Sequence[Heading]) -> None:
    """
    Give headings the anchors that they have in the source.

    Then a link to one leads there in every language.
    """
    places = [
        number
        for number, span in enumerate(spans)
        if isinstance(span, Segment) and span.role.startswith("heading")
    ]
    if len(places) != len(headings):
        return
    for number, heading in zip(places, headings, strict=True):
        after = spans[number + 1].raw if number + 1 < len(spans) else "\n"
        if after.startswith(("\n", "\r\n")) and not re.match(r"\r?\n {0,3}[=-]", after):
            span = spans[number]
            spans[number] = Verbatim(f"{span.raw} {{#{_anchor(heading)}}}")


def with_anchors(body: Body, headings: Sequence[Heading]) -> str:
    """The HTML of a body whose headings have the anchors of these."""
    if len(body.headings) != len(headings):
        return body.html
    anchors = iter(headings)
    return _ANCHOR.sub(
        lambda tag: f"{tag[1]}{escape(_anchor(next(anchors)))}", body.html
    )


def _anchor(heading: Heading) -> str:
    return heading.author_id or heading.id
