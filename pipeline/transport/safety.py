"""Which addresses are safe, and what of a service's words may be shown."""

import ipaddress
import re
from collections.abc import Collection
from html import unescape
from json import dumps, loads
from typing import Final
from urllib.parse import quote, quote_plus, unquote, urlsplit

from pipeline.late import regex

_LONGEST: Final = 160
"""Characters of a service's own words in a message."""
_ESCAPE: Final = regex(r"\\+(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)


def is_safe(url: str, *, plain_http: bool = False) -> bool:
    """
    Whether an address is https, or plain http that does not leave this machine.

    With `plain_http`, http may lead anywhere.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not host or not has_port or parts.username is not None:
        return False
    if parts.scheme == "https":
        return True
    return parts.scheme == "http" and (plain_http or is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def scrub(text: str, secrets: Collection[str]) -> str:
    """The text without the keys, however a URL, JSON or HTML spells them."""
    for secret in filter(None, secrets):
        for spelled in {
            secret,
            quote(secret),
            quote(secret, safe=""),
            quote_plus(secret),
            dumps(secret)[1:-1],
        }:
            text = text.replace(spelled, "***")
    return "***" if holds(text, secrets) else text


def holds(text: str, secrets: Collection[str]) -> bool:
    """Whether one of the keys stands in a text, however it is escaped."""
    plain = _plain(text)
    return any(secret and _plain(secret) in plain for secret in secrets)


def _plain(text: str) -> str:
    """The text without the escapes of JSON, also in JSON, of HTML and of a URL."""
    return unquote(unescape(_ESCAPE.sub(_character, text)))


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def shortened(text: str) -> str:
    """A service's words on one line, not too long for a message."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def said_in(text: str) -> str:
    """What a service's JSON says is wrong; empty if it says nothing."""
    try:
        said = loads(text)
    except (ValueError, RecursionError):
        return ""
    for _ in range(2):
        if isinstance(said, dict):
            said = said.get("error") or said.get("message") or said.get("detail") or ""
    return said if isinstance(said, str) else ""
