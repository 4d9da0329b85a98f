"""
Links and pictures of an admitted body led to their places, and its tables framed.

Reads what the gate has admitted, which is regular.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final, TypeAlias

from pipeline.errors import SourceError, together
from pipeline.late import dataclass, regex
from pipeline.render.tags import ATTRIBUTES, attributes_of, tag

_PIXELS: Final = regex("[0-9]{1,5}")
_FOLD: Final = 2_000
"""Characters of a body, markup included, that fill the first screen for sure."""

_REWRITTEN: Final = regex(rf'<(?:a href="([^"]*)"|((?:a|td|th)(?= )|img){ATTRIBUTES})>')
"""A link that says nothing else, as most do; links, images, and cells. Of most cells
nothing is said, and nothing of them is another on the page."""

_TOLD: Final = 20
"""Faults of a body that are told at once."""

_TABLE: Final = regex(r"<(/?)table[^>]*>")
_TEXT_ALIGN: Final = {"left": "start", "right": "end", "center": "center"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads on the page, and the language there if it is another."""

    url: str
    hreflang: str = ""


LinkRewriter: TypeAlias = Callable[[str], Link | None]
"""From the article's URL to the page's; None: the words stay, the link goes."""


@dataclass(frozen=True, slots=True)
class Image:
    """Where an image is on the page, and how many pixels it has, if that is known."""

    url: str
    size: tuple[int, int] | None = None


ImageRewriter: TypeAlias = Callable[[str], Image | None]
"""From the article's URL to the page's; None: the alternative text stands instead."""


def rewrite(html: str, *, link: LinkRewriter, image: ImageRewriter) -> str:
    """
    An admitted body with every link and image led to its place on the page.

    Raises SourceError with all that lead nowhere, each once: the first 20 of them.
    """
    faults: dict[str, SourceError] = {}

    def led(match: re.Match[str]) -> str:
        try:
            return _led(match, link, image)
        except SourceError as fault:
            faults.setdefault(str(fault), fault)
            if len(faults) == _TOLD:
                raise together([*faults.values()]) from None
            return ""

    rewritten = _REWRITTEN.sub(led, html)
    if faults:
        raise together([*faults.values()])
    return rewritten


def _led(match: re.Match[str], link: LinkRewriter, image: ImageRewriter) -> str:
    """A tag as the page has it."""
    href, name, written = match.groups()
    if href is not None:
        return _mere_link_tag(href, link)
    if not written:
        return ""  # An image of nothing.
    attributes = attributes_of(written)
    if name == "a":
        return _link_tag(attributes, link)
    if name == "img":
        is_low = match.start() > _FOLD
        return _image_tag(attributes, image, is_low=is_low)
    value = attributes.pop("style", "").rpartition("text-align:")[2].strip(" ;")
    if value in _TEXT_ALIGN:
        attributes["class"] = f"align-{_TEXT_ALIGN[value]}"
    return tag(name, attributes)


def wrap_tables(html: str, wrap: Callable[[str, int], str]) -> str:
    """The body with each table that is in no other, and its number from 1, wrapped."""
    first = html.find("<table")
    if first < 0:
        return html
    pieces: list[str] = []
    depth = start = end = 0
    number = 1
    for match in _TABLE.finditer(html, first, html.rfind("</table>") + 8):
        depth += -1 if match[1] else 1
        if depth == 0:
            pieces += [html[end:start], wrap(html[start : match.end()], number)]
            end = match.end()
            number += 1
        elif depth == 1 and not match[1]:
            start = match.start()
    return "".join([*pieces, html[end:]])


def _mere_link_tag(href: str, link: LinkRewriter) -> str:
    """As the next one does it for a link that says nothing else, as most do."""
    target = link(unescape(href))
    if target is None:
        return "<a>"
    language = f' hreflang="{escape(target.hreflang)}"' if target.hreflang else ""
    return f'<a href="{escape(target.url)}"{language}>'


def _link_tag(attributes: dict[str, str], link: LinkRewriter) -> str:
    href = attributes.pop("href", None)
    target = None if href is None else link(unescape(href))
    if target is None:
        attributes.pop("hreflang", None)
        return tag("a", attributes)
    attributes = {"href": escape(target.url), **attributes}
    if target.hreflang:
        attributes["hreflang"] = escape(target.hreflang)
    return tag("a", attributes)


def _image_tag(
    attributes: dict[str, str], image: ImageRewriter, *, is_low: bool
) -> str:
    found = image(unescape(attributes.pop("src", "")))
    alt = attributes.pop("alt", "")
    if found is None:
        return f'<span class="image">{alt}</span>' if alt else ""
    first = {"src": escape(found.url), "alt": alt}
    size = _size(attributes.pop("width", ""), attributes.pop("height", ""), found.size)
    last = {"loading": "lazy"} if is_low else {}
    return tag("img", {**first, **size, **attributes, **last, "decoding": "async"})


def _size(width: str, height: str, pixels: tuple[int, int] | None) -> dict[str, str]:
    """The author's width or height, the other one by the picture's own shape."""
    given = [int(value) if _PIXELS.fullmatch(value) else 0 for value in (width, height)]
    wide, high = given
    if pixels and not (wide and high):
        across, down = pixels
        if wide:
            high = max(1, round(wide * down / across))
        elif high:
            wide = max(1, round(high * across / down))
        else:
            wide, high = pixels
    found = {"width": wide, "height": high}
    return {name: str(value) for name, value in found.items() if value}
