"""
Blocks in another language than their page, said where readers and browsers look for it.

A format can only put an element inside of a block. Around all of its text it belongs on
the block itself: a paragraph from left to right on a page from right to left begins at
the left. Reads what the gate has admitted, which is regular.
"""

from typing import Final

from pipeline.late import regex

_ATTRIBUTES: Final = r'(?: [a-z-]+="[^"]*")*'
_OPENING: Final = regex(
    rf"<(p|h[1-6]|td|th|dt|dd|caption|figcaption|summary|li)({_ATTRIBUTES})>"
    r'<span( lang="[^"]*" dir="[^"]*")>',
)
_SPAN: Final = regex(rf"<(/?)span(?:{_ATTRIBUTES})>")
_AFTER_ITEM: Final = regex(r"\s*<(?:/li|ul|ol)>")


def lift(html: str) -> str:
    """The body with the language of a whole block on the block."""
    if "<span lang=" not in html:
        return html
    pieces: list[str] = []
    end = 0
    for match in _OPENING.finditer(html):
        name, attributes, language = match.groups()
        closing = _closing(html, match.end())
        if closing is None or match.start() < end or " lang=" in attributes:
            continue
        first, last = closing
        inner = html[match.end() : first]
        pieces.append(html[end : match.start()])
        if name == "li" and _AFTER_ITEM.match(html, last):
            # Its bullet stays on the side where those of the others are.
            pieces.append(f"<li{attributes}><div{language}>{inner}</div>")
        elif name != "li" and html.startswith(f"</{name}>", last):
            pieces.append(f"<{name}{attributes}{language}>{inner}")
        else:
            pieces.append(html[match.start() : last])
        end = last
    return "".join([*pieces, html[end:]])


def _closing(html: str, start: int) -> tuple[int, int] | None:
    """Where the span that is open at `start` ends: before its tag, and after."""
    depth = 1
    for match in _SPAN.finditer(html, start):
        depth += -1 if match[1] else 1
        if not depth:
            return match.span()
    return None
