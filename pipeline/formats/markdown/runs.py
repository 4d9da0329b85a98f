"""What a Markdown text consists of, by byte offsets: runs of words, HTML, and code."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, TypeAlias

from pipeline.formats.markdown.events import Range
from pipeline.late import dataclass

LABELLED: Final = frozenset({"Reference", "Collapsed", "Shortcut"})
"""Link types that refer to a definition."""


@dataclass(slots=True)
class Inline:
    """A link, an image or a tag within a run."""

    kind: str
    """`Link`, `Image` or `InlineHtml`."""

    start: int
    end: int
    link: str = ""
    """pulldown-cmark's link type."""

    label: str = ""
    title: str = ""
    alt: tuple[int, int] = (-1, -1)
    """Of an image: the range of the words between its brackets."""


@dataclass(slots=True)
class Run:
    """The inline content of one block, or of one part of a tight list item."""

    blocks: tuple[str, ...]
    """The blocks around it, the outermost first."""

    block: Range
    """The range of the innermost of them."""

    start: int
    end: int
    has_words: bool
    """Whether there is text or code outside of images."""

    breaks: Sequence[tuple[int, int, bool]] = ()
    """Line breaks with what begins the next line, and whether each is a hard one."""

    has_hard_break: bool = False
    inlines: Sequence[Inline] = ()
    words: Sequence[Range] = ()
    """The ranges of texts outside of images, where there are `inlines`."""


@dataclass(slots=True)
class Literal:
    """A block of HTML or of code, line by line."""

    name: str
    """`HtmlBlock` or `CodeBlock`."""

    start: int
    end: int
    lines: list[tuple[int, int]]
    """The range of each, without the prefixes of quotes and lists."""

    info: str = ""
    """What a fence says of its code."""

    following: tuple[int, int] | None = None
    """The range of the block after it in the same place, `Run` for bare text."""

    following_name: str = ""


Part: TypeAlias = Run | Literal


def folded(text: str, quotes: int) -> str:
    """
    The text on one line, without what begins its further lines.

    A line break can be within code, a tag or the target of a link, `quotes` deep.
    """
    if "\n" not in text and "\r" not in text:
        return text
    return _folding(quotes).sub(" ", text)


@cache
def _folding(quotes: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![ \t])[ \t]*+(?:\r\n?|\n)(?:[ \t]*>){{0,{quotes}}}[ \t]*")
