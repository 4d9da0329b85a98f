"""Showing: an HTML article as the content of its body."""

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline import frontmatter
from pipeline.formats import around, in_language
from pipeline.hypertext.tokens import body
from pipeline.late import regex
from pipeline.model.article import Article, Segment, Span

_MARK: Final = "\x7fthe end of the text\x7f"
_END: Final = f"<p>{_MARK}</p>"
_SHOWN_END: Final = regex(
    rf"{_MARK}(?:</(?!script|style|template|noscript|noembed|noframes|iframe|object"
    r"|select|svg|math|xmp|plaintext)[^<>]*>)*\s*\Z"
)
"""The end where readers see it: in nothing, or in elements closed behind it."""


def to_html(article: Article) -> str:
    """
    The body without front matter and title, with what is said of marked segments.

    A text that hides its own end, by a comment, a script or a tag that is never closed,
    ends in an open comment here, so that the gate sees that and refuses it.
    """
    text = "".join(_parts(frontmatter.behind(article.spans)))
    shown = body(text + _END)
    if shown and _SHOWN_END.search(shown) is None:
        return f"{body(text)}<!--"
    shown = shown.removesuffix(_END) if shown.endswith(_END) else body(text)
    return shown.strip() + "\n"


def _parts(spans: Sequence[Span]) -> Iterator[str]:
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
