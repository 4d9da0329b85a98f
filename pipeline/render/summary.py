"""What a page is about, in the length that search engines show."""

import re
from typing import Final

from pipeline.hypertext.raised import raised
from pipeline.late import regex
from pipeline.render.library import Edition
from pipeline.render.words import plain

_PARAGRAPH: Final = regex(r"<p(?: [^>]*)?>(.*?)</p>", re.DOTALL)
_MOST: Final = 160
"""Characters; search engines cut what is longer."""


def summary(edition: Edition, body: str) -> str:
    """The description of an article, or else the first words of its body."""
    return edition.text("description") or beginning(body)


def beginning(body: str) -> str:
    """The first words of an admitted body, cut after one where there are many."""
    paragraphs = (plain(raised(match[1])) for match in _PARAGRAPH.finditer(body))
    text = next(filter(None, paragraphs), "")
    if len(text) <= _MOST:
        return text
    cut = text[:_MOST].rpartition(" ")[0] or text[: _MOST - 1]
    return f"{cut.rstrip(' ,;:–-')}…"
