"""
Admitted HTML whose links and pictures are written as Markdown writes them.

Docusaurus follows links to files, and copies pictures, where Markdown has them, and not
in HTML. So words with one become a paragraph of Markdown, between empty lines; all else
stays HTML, which Markdown lets stand.
"""

import re
from html import unescape
from typing import Final

from pipeline.late import regex

_BLOCK: Final = regex(
    r"(</?(?:p|div|section|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|pre|hr|figure|figcaption"
    r"|table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|address|details|summary)"
    r'(?: [a-z-]+="[^"]*")*>)'
)
_ANCHOR: Final = regex(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_IMAGE: Final = regex(r"<img((?: [a-z]+=\"[^\"]*\")*)>")
_ATTRIBUTE: Final = regex(r' ([a-z]+)="([^"]*)"')
_TAG: Final = regex(r"(<[^>]*>)")
_SIGNS: Final = regex(r"[\\`*_\[\]~|]")
_FIRST: Final = regex(r"(?:[#+=:-]|[0-9]+(?=[.)]))")


def with_paragraphs(html: str) -> str:
    """The HTML with a paragraph of Markdown in the place of words with links."""
    pieces = _BLOCK.split(html)
    for place in range(0, len(pieces), 2):
        before = pieces[place - 1] if place else ""
        is_open = "<a href=" in pieces[place] or "<img" in pieces[place]
        if not is_open or before.startswith("<pre"):
            continue
        pieces[place] = f"\n\n{_paragraph(pieces[place])}\n\n"
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        if before.startswith("<p") and after == "</p>":
            pieces[place - 1] = pieces[place + 1] = ""
    return "".join(pieces)


def _paragraph(html: str) -> str:
    """Words on one line, for a line break could begin a list or a heading."""
    parts = _TAG.split(" ".join(html.split()))
    # What stands between tags is text, and may look like Markdown.
    parts[::2] = [_SIGNS.sub(r"\\\g<0>", text) for text in parts[::2]]
    text = _IMAGE.sub(_image, "".join(parts))
    text = _ANCHOR.sub(lambda a: f"[{a[2]}]({_target(a[1])})", text).strip()
    first = _FIRST.match(text)
    if first is None:
        return text
    end = first.end() - (not first[0][0].isdigit())
    return f"{text[:end]}\\{text[end:]}"


def _image(tag: re.Match[str]) -> str:
    values = dict(_ATTRIBUTE.findall(tag[1]))
    alternative = _SIGNS.sub(r"\\\g<0>", values.get("alt", ""))
    return f"![{alternative}]({_target(values.get('src', ''))})"


def _target(url: str) -> str:
    """An address as Markdown takes any: between angle brackets."""
    return f"<{unescape(url)}>" if re.search(r"[\s()]", url) else unescape(url)
