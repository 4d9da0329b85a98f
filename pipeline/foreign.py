"""
What a translation would bring into a page though its source does not have it.

The checks say so too, and a translator may silence them beside the text where they are
wrong. This is what no translator can let in alone: a page leads to the places that its
author, or the site's configuration, has named, and has the markup of its author. What
says the language or the direction of words alone (`bdi`, `span`) is free.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from pipeline.hypertext.tokens import ELEMENTS, Piece, tokens
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.placeholders import SCHEMES, Placeholder, blank, carried, find

_HREF: Final = regex(
    r"""<a\b.*?[\s/"']href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE | re.DOTALL,
)
_URL: Final = regex(r"""(?:https?://|www\.)[^\s"'<>]+""", re.IGNORECASE)
_WEB: Final = r"""(?P<url>(?:https?://|www\.)[^\s"'<>“”‘’]+)"""
_BARE_URL: Final = regex(_WEB, re.IGNORECASE)
_BARE: Final = regex(
    rf"{_WEB}|(?P<mail>[\w.%+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE
)
_AFTER: Final = ".,;:!?…)]»*_~`}|"
"""What stands behind an address and is no part of it."""

_NAMED: Final = regex(r"[\w.:-]+")
"""The part of a host that can be one."""

_DROPPED: Final = regex(r"[\x00-\x20\x7f]")
"""What browsers drop from an address."""

_OF_DIRECTION: Final = frozenset({"bdi", "span"})
_FREE: Final = frozenset({"lang", "dir"})
_OTHER_VALUES: Final = _FREE | frozenset(
    {"alt", "aria-label", "href", "hreflang", "placeholder", "src", "title"}
)
"""Attributes that are read by people, or differ with the language; links are looked at
by themselves."""

_IMAGE: Final = "!["


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


def foreign_markup(message: Message) -> Iterator[str]:
    """
    The tags, attributes and images of a translation that its source does not have, each
    as it is to be named to people.
    """
    sources = (message.msgid, message.msgid_plural or "")
    known: dict[str, set[str]] = {}
    for text in sources:
        for name, attributes in _tags(text):
            known.setdefault(name, set()).update(attributes)
    found: dict[str, None] = {}
    for text in message.msgstrs:
        for name, attributes in _tags(text):
            added = set(attributes) - known.get(name, set())
            if name in _OF_DIRECTION and added <= _FREE:
                continue
            if name not in known:
                found[f"<{name}>"] = None
            elif added:
                found[f"<{name} {' '.join(sorted(added))}>"] = None
        if _IMAGE in blank(text) and not any(_IMAGE in blank(each) for each in sources):
            found["image"] = None
    yield from found


def hidden_tags(message: Message, hosts: frozenset[str]) -> Iterator[str]:
    """
    What of a translation a browser reads as a tag though no check does: in HTML,
    backticks make no code and backslashes hide nothing, and quotes within a value need
    no partner. Nothing of what the source has, as a browser reads that.
    """
    sources = (message.msgid, message.msgid_plural or "")
    if not any(_may_hide(text, sources) for text in message.msgstrs):
        return
    known: dict[str, set[str]] = {name: set(_FREE) for name in _OF_DIRECTION}
    known_hosts = {"", *hosts}
    for text in sources:
        known_hosts.update(map(_host, _addresses(text)))
        for piece in _elements(text):
            known.setdefault(piece.name, set()).update(dict(piece.attributes))
            known_hosts.update(map(_host, _links(piece)))
    found: dict[str, None] = {}
    for text in message.msgstrs:
        for piece in _elements(text):
            leads = {_host(each) for each in _links(piece)} - known_hosts
            added = set(dict(piece.attributes)) - known.get(piece.name, set())
            if piece.name not in known or leads or added:
                found[text[piece.start : piece.end]] = None
    yield from found


def hidden_hosts(message: Message, hosts: frozenset[str]) -> Iterator[str]:
    """
    The hosts that a translation names where checks read none: in a plain text an
    address in backticks or braces becomes a link like any other, and ends at a blank.
    """
    said = frozenset[str]().union(*map(_pieces, message.msgstrs))
    sources = (message.msgid, message.msgid_plural or "")
    # What stands so in the source leads where that leads: nearly all there is.
    if not said or said <= frozenset[str]().union(*map(_pieces_of_source, sources)):
        return
    read = {_host(each) for text in message.msgstrs for each in _addresses(text)}
    hidden = {host for text in message.msgstrs for host in _bare(text)} - read
    if hidden:
        known = {"", *hosts}
        for text in sources:
            known.update(map(_host, _addresses(text)), _bare(text))
        yield from sorted(hidden - known)


def _pieces(text: str) -> frozenset[str]:
    """All addresses of a text, read as one without markup, with what is behind them."""
    return frozenset(match[0] for match in _bare_matches(text))


# Asked for the same source in every language.
_pieces_of_source: Final = lru_cache(maxsize=512)(_pieces)


def _bare_matches(text: str) -> Iterable[re.Match[str]]:
    if "@" in text:
        return _BARE.finditer(text)
    is_web = "://" in text or "www." in text.lower()
    return _BARE_URL.finditer(text) if is_web else ()


def _bare(text: str) -> Iterator[str]:
    """The hosts of these."""
    for match in _bare_matches(text):
        found = match[0].rstrip(_AFTER)
        is_mail = match.lastgroup == "mail"
        host = _host(f"mailto:{found}" if is_mail else _with_scheme(found))
        named = _NAMED.match(host)
        # Behind a bracket the words may go on; but a dot makes more of a name.
        is_more = named is None or "." in host[named.end() :]
        yield host if named is None or is_more else named[0].strip(".")


def _may_hide(text: str, sources: Iterable[str]) -> bool:
    """Whether there is a `<` that is in none of the tags that checks compare."""
    if "<" not in text:
        return False
    if "<" in blank(text):
        return True
    tags = (each for each in find(text) if each.kind == "tag")
    is_in_tags = text.count("<") == sum(each.raw.count("<") for each in tags)
    return not is_in_tags and carried(text) not in map(carried, sources)


def _elements(text: str) -> Iterator[Piece]:
    """The tags that a browser reads, and that it knows."""
    for piece in tokens(text):
        if piece.kind in {"start", "end"} and piece.name in ELEMENTS:
            yield piece


def _links(piece: Piece) -> Iterator[str]:
    for name, value in piece.attributes:
        if name in {"href", "src"}:
            yield _DROPPED.sub("", unescape(value)).replace("\\", "/")


def _tags(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    The elements that begin or end in a text, each with its attributes.

    What HTML does not know is no element, but a word that stands for another.
    """
    for placeholder in find(text):
        if placeholder.kind != "tag":
            continue
        for piece in tokens(placeholder.raw):
            if piece.kind in {"start", "end"} and piece.name in ELEMENTS:
                yield (
                    piece.name,
                    tuple(
                        name if name in _OTHER_VALUES else f'{name}="{value}"'
                        for name, value in piece.attributes
                    ),
                )


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
