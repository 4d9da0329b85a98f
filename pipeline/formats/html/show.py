"""Showing: an HTML article as the content of its body."""

from collections.abc import Iterator
from html import escape

from pipeline import frontmatter
from pipeline.hypertext.tokens import body
from pipeline.model.article import Article, Segment, Span


def to_html(article: Article) -> str:
    """The body without front matter and title, marked segments in `<mark>`."""
    spans = list(article.spans)
    rest = frontmatter.end("".join(span.raw for span in spans))
    number = 0
    while rest > 0:
        rest -= len(spans[number].raw)
        number += 1
    return body("".join(_parts(spans[number:]))).strip() + "\n"


def _parts(spans: list[Span]) -> Iterator[str]:
    parts = [span.raw for span in spans]
    for number, span in enumerate(spans):
        if not isinstance(span, Segment):
            continue
        if span.place == "title":
            # The heading's tags are spans of their own.
            parts[number - 1 : number + 2] = ["", "", ""]
        elif span.place == "text" and span.mark is not None:
            state, entry = escape(span.mark.state), escape(span.mark.entry)
            parts[number] = (
                f'<mark data-state="{state}" data-entry="{entry}">{span.raw}</mark>'
            )
    yield from parts
