"""The picture that others show beside a link to a page: the first in its text."""

import re
from html import unescape
from typing import Final
from urllib.parse import urljoin

from pipeline.late import dataclass, regex

_PICTURE: Final = regex(
    r'<img src="([^"]*\.(?:jpe?g|png|webp|gif))" alt="([^"]*)"', re.IGNORECASE
)
"""Of the kinds that networks and search engines show; drawings (SVG) are none."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture by its absolute address, and what it shows."""

    url: str
    alt: str


def first_picture(body: str, *, page: str) -> PictureView | None:
    """The first picture of a page's body, `page` being the page's absolute address."""
    match = _PICTURE.search(body) if "<img" in body else None
    if match is None:
        return None
    return PictureView(urljoin(page, unescape(match[1])), unescape(match[2]))
