"""
Mail addresses as people write them: `Clinic <info@clinic.example>`.

The part of RFC 5322 that mail programs agree on; what may be read in two ways is none.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from pipeline.late import dataclass, regex

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
_MAILBOX: Final = regex(
    rf"""
    (?: (?P<bare>{_ADDRESS})
      | (?: "(?P<quoted>(?:[^"\\]|\\.)*)" | (?P<name>[^"<>,;:@\\()\[\]]*) )
        \s* < (?P<address>{_ADDRESS}) > )
    """,
    re.VERBOSE,
)
_LONGEST: Final = 254
_LONGEST_LOCAL: Final = 64
_FIELD: Final = regex(r"\{\{[^{}]*\}\}")
_NOT_IN_HEADER: Final = regex(r"[^!-~]|[<>,\"]")
_ESCAPED: Final = regex(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person or place that mail is sent to or from."""

    address: str
    name: str = ""

    @property
    def host(self) -> str:
        """The part behind the `@`."""
        return self.address.rpartition("@")[2]


def parse_mailbox(text: str) -> Mailbox | None:
    """The one mailbox that a text is; None if it is none, or several, or unclear."""
    match = _MAILBOX.fullmatch(text.strip())
    if match is None:
        return None
    address = match["bare"] or match["address"]
    is_long = len(address) > _LONGEST or address.index("@") > _LONGEST_LOCAL
    if is_long:
        return None
    quoted = _ESCAPED.sub(r"\1", match["quoted"] or "")
    return Mailbox(address, (quoted or match["name"] or "").strip())


def is_unsubscribe(address: str) -> bool:
    """
    Whether List-Unsubscribe (RFC 2369) can name it: https or mailto.

    Merge fields may stand in it.
    """
    bare = _FIELD.sub("x", address)
    if _NOT_IN_HEADER.search(bare):
        return False
    if bare.startswith("mailto:"):
        return parse_mailbox(bare.removeprefix("mailto:").partition("?")[0]) is not None
    try:
        parts = urlsplit(bare)
        return parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        return False
