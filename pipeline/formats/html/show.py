"""Showing: an HTML article as the content of its body."""

from collections.abc import Iterator

from pipeline import frontmatter
from pipeline.formats import around, in_language
from pipeline.hypertext.tokens import body
from pipeline.model.article import Article, Segment, Span


def to_html(article: Article) -> str:
    """The body without front matter and title, with what is said of marked segments."""
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
        elif span.mark is None:
            continue
        elif span.place == "text":
            before, after = around(span.mark)
            parts[number] = f"{before}{span.raw}{after}"
        elif span.role == "alt":
            parts[number + 1] = in_language(parts[number + 1], span.mark)
    yield from parts
