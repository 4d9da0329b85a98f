"""Showing: a Markdown article as an HTML fragment."""

from collections.abc import Sequence
from typing import Final

from pipeline import frontmatter
from pipeline.formats import around, in_language
from pipeline.formats.markdown.fields import hide
from pipeline.formats.markdown.html import html as as_html
from pipeline.model.article import Article, Segment, Span

_UNSEEN: Final = ("html\nattribute", "html\nrcdata", "comment")
_TITLE: Final = "<!--title-->\n"
"""Stands for the title's heading: a block of its own, as the heading was."""


def to_html(article: Article) -> str:
    """The body without front matter and title, with what is said of marked segments."""
    text = "".join(_parts(frontmatter.behind(article.spans)))
    hidden = hide(text)
    html = as_html(hidden.text)
    if _TITLE in text:
        html = html.replace(_TITLE, "", 1)
    return hidden.restore_html(html)


def _parts(spans: Sequence[Span]) -> list[str]:
    """The raw spans, but for the title's heading, with marks around segments."""
    parts = [span.raw for span in spans]
    shown_apart = [
        (number, span)
        for number, span in enumerate(spans)
        if isinstance(span, Segment) and (span.mark or span.role == "title")
    ]
    for number, span in shown_apart:
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
    return parts


def _is_shown(segment: Segment) -> bool:
    """Whether it is text that an element can go around."""
    return not segment.place.startswith(_UNSEEN) and not segment.place.endswith("title")


def _is_image_title(span: Span) -> bool:
    return isinstance(span, Segment) and span.place == "image-title"
