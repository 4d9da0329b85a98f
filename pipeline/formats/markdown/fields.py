"""
Merge fields: `{{ first_name }}`, `{% if x %}`, `*|FNAME|*`, which no Markdown rule may
touch.

CommonMark takes no blanks in a link target, reads `|` in a table cell and `*` as
emphasis, so fields are hidden behind words before a text is parsed.
"""

import re
from html import escape
from typing import Final

from pipeline.late import dataclass, regex

_FIELD: Final = regex(
    r"\{\{\{[^{}\n]*+\}\}\}|\{\{[^{}\n]*+\}\}|\{%[^{}\n]*+\}(?<=%\})"
    # In capitals: emphasis may end at a cell of a table, and begin behind it.
    r"|\*\|[A-Z][^|*\n]{0,98}+\|\*(?<! \|\*)",
)
_RUN: Final = regex("q+")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text with a word of its own in the place of each field."""

    text: str
    fields: tuple[str, ...] = ()
    mark: str = ""
    """What every such word begins with, and nothing else in the text does."""

    def restore(self, text: str) -> str:
        """The fields put back."""
        return self._put_back(text, self.fields)

    def restore_html(self, html: str) -> str:
        """The fields put back, escaped for text and for attributes."""
        return self._put_back(html, tuple(map(escape, self.fields)))

    def _put_back(self, text: str, fields: tuple[str, ...]) -> str:
        if not fields:
            return text
        words = re.compile(rf"{self.mark}(\d+)z")
        return words.sub(lambda match: fields[int(match[1])], text)


def hide(text: str) -> Hidden:
    """The text without fields, and the way back."""
    fields = tuple(_FIELD.findall(text)) if "{" in text or "*|" in text else ()
    if not fields:
        return Hidden(text)
    mark = "q" * (max(map(len, _RUN.findall(text)), default=0) + 1)
    numbers = iter(range(len(fields)))
    words = _FIELD.sub(lambda _: f"{mark}{next(numbers)}z", text)
    return Hidden(words, fields, mark)


def cover(text: str) -> str:
    """The text with a word of as many bytes in the place of each field."""
    if "{" not in text and "*|" not in text:
        return text
    return _FIELD.sub(lambda match: "m" * len(match[0].encode()), text)
