"""What of a text's markup has no end, and takes away all that stands behind it."""

import re
from typing import Final

from pipeline.late import regex

_OPENED: Final = regex(
    r"<!--|<(iframe|math|noembed|noframes|noscript|object|plaintext|script|select|style"
    r"|svg|template|textarea|title|xmp)(?=[\s/>])",
    re.IGNORECASE,
)
_SHOWN: Final = 60
"""Characters by which the place is found again in the article."""


def endless(html: str) -> str:
    """Where the first comment or element begins that is never closed; else nothing."""
    lower = html.lower()
    last: dict[str, int] = {}
    for opened in _OPENED.finditer(html):
        end = f"</{opened[1].lower()}" if opened[1] else "-->"
        if end not in last:
            last[end] = lower.rfind(end)
        if last[end] < opened.end():
            return html[opened.start() :][:_SHOWN].partition("\n")[0]
    return ""


def name_of(opened: str) -> str:
    """How what begins so is called: `<style>`, or `<!--` of a comment."""
    found = _OPENED.match(opened)
    return f"<{found[1].lower()}>" if found and found[1] else "<!--"
