"""Showing: a plain text as semantic HTML, all of its characters escaped."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from pipeline import frontmatter
from pipeline.formats import around
from pipeline.formats.text import lines
from pipeline.late import regex
from pipeline.model.article import Article, Segment, Span

_LINK: Final = regex(
    f"(?P<email>{lines.EMAIL.pattern})|(?P<url>{lines.URL.pattern})",
)
_CONTACT: Final = regex(f"{_LINK.pattern}|(?P<phone>{lines.PHONE.pattern})")
_TRAILING: Final = ".,;:!?…)]»"
_NOT_DIALLED: Final = regex(r"\(0\)|[^\d+]")
_GROUPS: Final = {
    "question": "dl",
    "answer": "dl",
    "contact": "address",
}


def to_html(article: Article) -> str:
    """Headings, paragraphs, lists, questions and contacts; the title is left out."""
    shown = [span for span in article.spans if _is_shown(span)]
    parts: list[str] = []
    for group, spans in groupby(shown, key=_group):
        segments = [span for span in spans if isinstance(span, Segment)]
        match group:
            case "rule":
                parts.append("<hr>")
            case "ul" | "ol":
                parts += _lists(group, segments)
            case "dl":
                parts += ['<dl class="faq">', *_questions(segments), "</dl>"]
            case "address":
                contacts = "<br>\n".join(map(_content, segments))
                parts += ["<address>", contacts, "</address>"]
            case _:
                parts += map(_block, segments)
    return "".join(f"{part}\n" for part in parts)


def _is_shown(span: Span) -> bool:
    if isinstance(span, Segment):
        return not frontmatter.owns(span) and span.role != "title"
    return _is_rule(span)


def _is_rule(span: Span) -> bool:
    # A line of its own is a span of its own; an underline comes with line ends.
    return lines.marker(span.raw)[0] == "rule"


def _group(span: Span) -> str:
    if not isinstance(span, Segment):
        return "rule"
    if span.role == "list item":
        return span.place.partition(" ")[0]
    return _GROUPS.get(span.role, "")


def _block(segment: Segment) -> str:
    name = "p"
    if segment.role.startswith("heading"):
        name = f"h{segment.role.removeprefix('heading ')}"
    return f"<{name}>{_content(segment)}</{name}>"


def _lists(name: str, segments: list[Segment]) -> Iterator[str]:
    last = None
    for segment in segments:
        number = int(segment.place.partition(" ")[2] or 0)
        if last is None or number not in {last, last + 1}:
            if last is not None:
                yield f"</{name}>"
            yield f'<{name} start="{number}">' if number > 1 else f"<{name}>"
        last = number
        yield f"<li>{_content(segment)}</li>"
    yield f"</{name}>"


def _questions(segments: list[Segment]) -> Iterator[str]:
    """Each question with its answers in a `div`, as `dl` allows."""
    is_open = False
    for segment in segments:
        if segment.role == "question":
            if is_open:
                yield "</div>"
            yield "<div>"
            is_open = True
        name = "dt" if segment.role == "question" else "dd"
        yield f"<{name}>{_content(segment)}</{name}>"
    yield "</div>"


def _content(segment: Segment) -> str:
    html = _linked(segment.text, _CONTACT if segment.role == "contact" else _LINK)
    if segment.mark is None:
        return html
    before, after = around(segment.mark)
    return f"{before}{html}{after}"


def _linked(text: str, pattern: re.Pattern[str]) -> str:
    parts = []
    end = 0
    for match in pattern.finditer(text):
        words = match[0].rstrip(_TRAILING) if match.lastgroup == "url" else match[0]
        parts += [escape(text[end : match.start()], quote=False), _link(match, words)]
        end = match.start() + len(words)
    return "".join([*parts, escape(text[end:], quote=False)])


def _link(match: re.Match[str], words: str) -> str:
    if match.lastgroup == "email":
        target = f"mailto:{words}"
    elif match.lastgroup == "phone":
        target = f"tel:{_NOT_DIALLED.sub('', words)}"
    else:
        target = words if words.startswith("http") else f"https://{words}"
    return f'<a href="{escape(target)}">{escape(words, quote=False)}</a>'
