"""
What attributes of an article may say: languages, directions, and how far cells reach.

The gate lets them in by name. A browser guesses at a value that means nothing, and a
screen reader reads on in the wrong language, so it is taken out and told.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.late import regex

_LANGUAGE: Final = (
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
)
"""A tag by the syntax of BCP 47 (RFC 5646, 2.1); of the languages with more than three
letters that it keeps room for, there is none."""

_SPAN: Final = "[1-9][0-9]{0,2}|1000"
"""The most that HTML lets a cell reach over."""

_NUMBER: Final = "-?[0-9]{1,9}"
_MEANT: Final = {
    # An empty one says that the language is not known.
    "lang": regex(f"(?:{_LANGUAGE})?", re.IGNORECASE),
    "hreflang": regex(_LANGUAGE, re.IGNORECASE),
    "dir": regex("ltr|rtl|auto"),
    "colspan": regex(_SPAN),
    "rowspan": regex(f"{_SPAN}|0"),
    "span": regex(_SPAN),
    "start": regex(_NUMBER),
    "value": regex(_NUMBER),
}
_ATTRIBUTE: Final = regex(r' ([a-z-]+)="([^"]*)"')
_NAMED: Final = tuple(f" {name}" for name in _MEANT)


def with_sound_values(html: str) -> tuple[str, tuple[str, ...]]:
    """Admitted HTML without attributes whose values mean nothing, and these."""
    found: dict[str, None] = {}

    def sound(attribute: re.Match[str]) -> str:
        meant = _MEANT.get(attribute[1])
        if meant is None or meant.fullmatch(attribute[2]):
            return attribute[0]
        found[attribute[0][1:]] = None
        return ""

    parts: list[str] = []
    end = 0
    for start, stop in _tags(html):
        parts += [html[end:start], _ATTRIBUTE.sub(sound, html[start:stop])]
        end = stop
    return ("".join([*parts, html[end:]]), tuple(found)) if found else (html, ())


def _tags(html: str) -> Iterator[tuple[int, int]]:
    """
    Where the tags are that have such attributes, in their order.

    In a text about HTML the same is a word: it stands in no tag.
    """
    seen = 0
    place = html.find('="')
    while place >= 0:
        if html.endswith(_NAMED, seen, place):
            start = html.rfind("<", seen, place)
            seen = place
            if start >= 0 and html.find(">", start, place) < 0:
                seen = place = html.find(">", place)
                yield start, seen
        place = html.find('="', place + 1)
