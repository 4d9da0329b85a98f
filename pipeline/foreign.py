"""
What a translation brings of its own into a page: tags, attributes, hosts, schemes.

The checks say so too, and a translator may silence them beside the text where they are
wrong. This is what no translator can let in: the page carries the markup and leads to
the places that its author, or the site's configuration, has named.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.placeholders import Placeholder, find

_TAG: Final = regex(r"</?\s*([A-Za-z][\w:-]*)")
_ATTRIBUTE: Final = regex(
    r"""[\s/"']([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?"""
)
_ADDRESSES: Final = frozenset(
    {"action", "background", "cite", "href", "poster", "src", "srcset"}
)
_OF_LANGUAGE: Final = frozenset({"dir", "lang"})
"""Attributes that a translation may need where its source does not."""

_ISOLATING: Final = frozenset({"bdi", "span"})
_SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel"})
_DROPPED: Final = regex(r"[\x00-\x20\x7f]")
"""What browsers drop from an address."""


def foreign(message: Message, hosts: frozenset[str]) -> Iterator[str]:
    """
    Tags, attributes, hosts and schemes that neither the source of a message nor the
    site (`hosts`) has, each as it is to be named to people.
    """
    sources = [
        placeholder
        for text in (message.msgid, message.msgid_plural or "")
        for placeholder in find(text)
    ]
    tags = {(name, key) for each in sources for name, key in _parts(each)}
    there = {address for each in sources for address in _addresses(each)}
    known = {"", *hosts, *(_host(address) for address in there)}
    schemes = _SCHEMES | {_scheme(address) for address in there}
    found: dict[str, None] = {}
    for text in message.msgstrs:
        for each in find(text):
            for name, key in _parts(each):
                if (name, key) in tags or _is_harmless(name, key):
                    continue
                is_known = name in _ISOLATING or (name, "") in tags
                found[f"<{name} {key}>" if is_known else f"<{name}>"] = None
            for address in _addresses(each):
                if _scheme(address) not in schemes:
                    found[f"{_scheme(address)}:"] = None
                elif _host(address) not in known:
                    found[_host(address)] = None
    yield from found


def _is_harmless(name: str, key: str) -> bool:
    return name in _ISOLATING and (not key or key in _OF_LANGUAGE)


def _parts(placeholder: Placeholder) -> Iterator[tuple[str, str]]:
    """The element of a tag, and each attribute that it has; comments have neither."""
    match = _TAG.match(placeholder.raw) if placeholder.kind == "tag" else None
    if match:
        name = match[1].lower()
        yield name, ""
        for attribute in _ATTRIBUTE.finditer(placeholder.raw, match.end()):
            yield name, attribute[1].lower()


def _addresses(placeholder: Placeholder) -> Iterator[str]:
    """Where a link, an address or the attributes of a tag lead."""
    raw = placeholder.raw
    if placeholder.kind == "link":
        yield _cleaned(placeholder.target)
    elif placeholder.kind == "url":
        yield _cleaned(raw if "://" in raw else f"https://{raw}")
    elif placeholder.kind == "email":
        yield f"mailto:{raw}"
    elif placeholder.kind == "tag":
        for match in _ATTRIBUTE.finditer(raw):
            if match[1].lower() in _ADDRESSES:
                yield _cleaned(match[2] or match[3] or match[4] or "")


def _cleaned(address: str) -> str:
    from html import unescape

    return _DROPPED.sub("", unescape(address)).replace("\\", "/")


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
