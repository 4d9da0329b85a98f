"""An address as it is sent: its host in Punycode (RFC 3492), the rest in per cents."""

from typing import Final
from urllib.parse import quote, urlsplit

_DEVIATING: Final = frozenset("ßς\u200c\u200d")
"""Letters that are others in the standard library's IDNA 2003 than in browsers (UTS 46,
section 7): they would make the address of somebody else."""

_KEPT: Final = "%/:?#[]@!$&'()*+,;=~"


def encoded(url: str) -> str:
    """
    An absolute address in ASCII.

    Raises ValueError for a host that has none.
    """
    if url.isascii():
        return url
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.partition(":")
    if not _DEVIATING.isdisjoint(host):
        raise ValueError(host)
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    netloc = f"{quote(user, safe=_KEPT)}{at}{host}{colon}{port}"
    rest = quote(parts.path, safe=_KEPT)
    return parts._replace(netloc=netloc, path=rest).geturl()
