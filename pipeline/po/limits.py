"""
How large a catalog may be: far more than any real one, far less than would do harm.

The largest of 3,900 real catalogs has 1.7 MB and 6,500 entries. What is refused here is
refused before it is taken apart.
"""

from collections.abc import Sequence
from typing import Final

from pipeline.errors import CatalogError
from pipeline.model.catalog import Message

MAX_BYTES: Final = 16_000_000
MAX_ENTRIES: Final = 100_000
MAX_LINES: Final = 1_000_000
MAX_LINE: Final = 1_000_000
"""Characters of one line."""

MAX_TEXT: Final = 1_000_000
"""Characters of one string, on however many lines."""

MAX_FORMS: Final = 10
"""Plural forms; no language has more than six."""

_SPLIT: Final = "split it into several catalogs, or look for what made it so large"
_LONG: Final = "no editor can show it: look for what made it so long"


def refuse_oversized(text: str, *, path: str) -> None:
    """Raise CatalogError for a text that is too large for a catalog."""
    if len(text) > MAX_BYTES:
        raise CatalogError(
            f"the catalog has over {MAX_BYTES:,} characters", path=path, hint=_SPLIT
        )
    if len(text) <= MAX_ENTRIES:
        return
    if text.count("\n") > MAX_LINES or text.count("msgid") > 3 * MAX_ENTRIES:
        raise _too_many(path)
    start = 0
    while len(text) - start > MAX_LINE:
        end = text.rfind("\n", start, start + MAX_LINE)
        if end < start:
            raise CatalogError(
                f"the line has over {MAX_LINE:,} characters",
                path=path,
                line=text.count("\n", 0, start) + 1,
                hint=_LONG,
            )
        start = end + 1


def refuse_many(messages: Sequence[Message], *, path: str) -> None:
    """Raise CatalogError for too many entries, or one that holds too long a text."""
    if len(messages) > MAX_ENTRIES:
        raise _too_many(path)
    for message in messages:
        if max(map(len, (message.msgid, *message.msgstrs))) > MAX_TEXT:
            raise CatalogError(
                f"the entry has a text of over {MAX_TEXT:,} characters",
                path=path,
                line=message.line,
                hint=_LONG,
            )


def _too_many(path: str) -> CatalogError:
    return CatalogError(
        f"the catalog has over {MAX_ENTRIES:,} entries or {MAX_LINES:,} lines",
        path=path,
        hint=_SPLIT,
    )


def plural_forms(digits: str, *, path: str, line: int) -> int:
    """The number that a header gives as `nplurals`. Raises CatalogError."""
    count = int(digits[:4])
    if not 0 < count <= MAX_FORMS or len(digits) > len(str(MAX_FORMS)):
        raise CatalogError(
            f"the header says nplurals={digits[:20]}, and no language has so many",
            path=path,
            line=line,
            hint="copy Plural-Forms from another catalog of the locale",
        )
    return count
