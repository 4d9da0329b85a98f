"""
Where a translation would lead its readers though its source does not.

The checks say so too, and a translator may silence them beside the text where they are
wrong. This is what no translator can let in alone: a page leads to the places that its
author, or the site's configuration, has named. Tags and attributes are the gate's.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.placeholders import SCHEMES, Placeholder, find

_HREF: Final = regex(
    r"""<a\b.*?[\s/"']href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE | re.DOTALL,
)
_URL: Final = regex(r"""(?:https?://|www\.)[^\s"'<>]+""", re.IGNORECASE)
_DROPPED: Final = regex(r"[\x00-\x20\x7f]")
"""What browsers drop from an address."""


def foreign(message: Message, hosts: frozenset[str]) -> Iterator[str]:
    """
    The hosts and schemes of links that neither the source of a message nor the site
    (`hosts`) has, each as it is to be named to people.
    """
    sources = (message.msgid, message.msgid_plural or "")
    there = {address for text in sources for address in _addresses(text)}
    known = {"", *hosts, *(_host(address) for address in there)}
    schemes = {"", *SCHEMES, *(_scheme(address) for address in there)}
    found: dict[str, None] = {}
    for text in message.msgstrs:
        for address in _addresses(text):
            if _scheme(address) not in schemes:
                found[f"{_scheme(address)}:"] = None
            elif _host(address) not in known:
                found[_host(address)] = None
    yield from found


def _addresses(text: str) -> Iterator[str]:
    """Where the links and addresses of a text lead."""
    for placeholder in find(text):
        for address in _written(placeholder):
            yield _DROPPED.sub("", unescape(address)).replace("\\", "/")


def _written(placeholder: Placeholder) -> Iterator[str]:
    raw = placeholder.raw
    if placeholder.kind == "link":
        yield placeholder.target
    elif placeholder.kind == "url":
        yield _with_scheme(raw)
    elif placeholder.kind == "email":
        yield f"mailto:{raw}"
    elif placeholder.kind == "tag":
        href = _HREF.match(raw)
        if href:
            yield href[1] or href[2] or href[3] or ""
        # In plain text a tag is words, and the address in it becomes a link.
        yield from map(_with_scheme, _URL.findall(raw))


def _with_scheme(url: str) -> str:
    return url if "://" in url else f"https://{url}"


def _scheme(address: str) -> str:
    return _split(address)[0]


def _host(address: str) -> str:
    """In lower case; of a mail address what is behind the @; empty if of the site."""
    scheme, host, path = _split(address)
    if scheme == "mailto":
        return path.partition("?")[0].rpartition("@")[2].lower()
    return host


def _split(address: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(address)
        return parts.scheme, (parts.hostname or "").lower(), parts.path
    except ValueError:
        # What no parser of ours understands, a browser may.
        return "", address, ""
