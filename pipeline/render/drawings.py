"""
Drawings and other XML that a browser runs code of.

Shown by `<img>` a drawing is still. Opened by its own address it is a document of the
site, and its scripts could do all that the site may.
"""

import re
from html import unescape
from typing import Final

from pipeline.late import regex

_SUFFIXES: Final = (".svg", ".xml", ".xhtml", ".xht", ".xsl", ".xslt", ".mml")
_PACKED: Final = ".svgz"
_CODE: Final = regex(
    r"<(?:[\w-]+:)?(?:script|handler|iframe|embed|object)[\s/>]"
    r"""|[\s"'/]on[a-z]+\s*="""
    r"|(?:java|vb)script\s*:|data\s*:\s*text/html|<!ENTITY|<\?xml-stylesheet",
    re.IGNORECASE,
)
_DROPPED: Final = regex(r"[\x00\t\n\r](?=[a-z:])", re.IGNORECASE)
"""What browsers drop from an address, in the midst of a word."""


def may_run_code(path: str) -> bool:
    """Whether a file is of a kind that has to be read to be told."""
    return path.lower().endswith((*_SUFFIXES, _PACKED))


def runs_code(path: str, data: bytes) -> bool:
    """Whether a file of such a kind has anything that a browser would run."""
    if path.lower().endswith(_PACKED):
        return True  # What is packed is not looked into.
    text = unescape(_decoded(data))
    return bool(_CODE.search(text) or _CODE.search(_DROPPED.sub("", text)))


def _decoded(data: bytes) -> str:
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:4]
    if not is_wide:
        return data.decode("utf-8", "replace")
    order = "utf-16-be" if data[:2] == b"\xfe\xff" or data[:1] == b"\0" else "utf-16-le"
    return data.decode(order, "replace")
