"""
Showing: a Markdown article as an HTML fragment.

A form has no place in an article, so the boxes of a task list are characters; and a
note's number stands before its first word, as in a book.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline import frontmatter
from pipeline.formats import around, in_language
from pipeline.formats.markdown import events
from pipeline.formats.markdown.fields import hide
from pipeline.model.article import Article, Segment, Span

_UNSEEN: Final = ("html\nattribute", "html\nrcdata", "comment")
_TITLE: Final = "<!--title-->\n"
"""Stands for the title's heading: a block of its own, as the heading was."""

_BOX: Final = re.compile(r'<input disabled="" type="checkbox"( checked="")?/>\n')
_NOTED: Final = re.compile(
    r'<sup class="footnote-reference"><a href="#[^"]*">([0-9]+)</a></sup>'
)
_NOTE: Final = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">([0-9]+)</sup>\n(<p>)?'
)


def to_html(article: Article) -> str:
    """The body without front matter and title, with what is said of marked segments."""
    text = "".join(_parts(_body(article)))
    hidden = hide(text)
    html = events.html(hidden.text)
    if _TITLE in text:
        html = html.replace(_TITLE, "", 1)
    if "<input " in html:
        html = _BOX.sub(lambda box: "☑ " if box[1] else "☐ ", html)
    if "footnote" in html:
        html = _NOTED.sub(r"<sup>\1</sup>", html)
        html = _NOTE.sub(r"<div>\2<sup>\1</sup> ", html)
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
        elif span.mark is None:
            continue
        elif span.role == "alt" and span.place.startswith(_UNSEEN):
            parts[number + 1] = in_language(parts[number + 1], span.mark)
        else:
            opening, closing = around(span.mark)
            if span.place.startswith("alt"):
                first, last = number - 1, number + 1
                if last + 1 < len(spans) and _is_image_title(spans[last + 1]):
                    last += 2
            elif _is_shown(span):
                first, last = number, number
            else:
                continue
            parts[first] = opening + parts[first]
            parts[last] += closing
    yield from parts


def _is_shown(segment: Segment) -> bool:
    """Whether it is text that an element can go around."""
    return not segment.place.startswith(_UNSEEN) and not segment.place.endswith("title")


def _is_image_title(span: Span) -> bool:
    return isinstance(span, Segment) and span.place == "image-title"
