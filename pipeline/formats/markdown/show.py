"""Showing: a Markdown article as an HTML fragment."""

from collections.abc import Iterator
from html import escape
from typing import Final

from pipeline import frontmatter
from pipeline.formats.markdown import events
from pipeline.formats.markdown.fields import hide
from pipeline.model.article import Article, Segment, Span

_TITLE: Final = "<!--title-->\n"
"""Stands for the title's heading: a block of its own, as the heading was."""


def to_html(article: Article) -> str:
    """The body without front matter and title, marked segments in `<mark>`."""
    text = "".join(_parts(_body(article)))
    hidden = hide(text)
    html = events.html(hidden.text)
    if _TITLE in text:
        html = html.replace(_TITLE, "", 1)
    return hidden.restore_html(html)


def _body(article: Article) -> list[Span]:
    spans = list(article.spans)
    rest = frontmatter.end("".join(span.raw for span in spans))
    number = 0
    while rest > 0:
        rest -= len(spans[number].raw)
        number += 1
    return spans[number:]


def _parts(spans: list[Span]) -> Iterator[str]:
    """The raw spans, but for the title's heading, with marks around segments."""
    parts = [span.raw for span in spans]
    for number, span in enumerate(spans):
        if not isinstance(span, Segment):
            continue
        # Titles and images have the syntax around them in spans of their own.
        if span.role == "title":
            parts[number - 1 : number + 2] = ["", _TITLE, ""]
        elif span.mark is not None:
            state, entry = escape(span.mark.state), escape(span.mark.entry)
            opening = f'<mark data-state="{state}" data-entry="{entry}">'
            first, last = number, number
            if span.role == "alt":
                first, last = number - 1, number + 1
            parts[first] = opening + parts[first]
            parts[last] += "</mark>"
    yield from parts
