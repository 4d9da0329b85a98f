"""
polib as a second reader: the one door to it.

Many tools read catalogs with polib, which drops or changes some text without an error.
Where it reads something else than our strict reader, a translator should know.
"""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Finding, Severity

CHECK = "portability"


class _Entry(NamedTuple):
    """What two readers must agree on."""

    msgstrs: tuple[str, ...]
    msgid_plural: str | None
    is_fuzzy: bool
    obsolete: bool


def disagreement(text: str, catalog: Catalog, *, path: str) -> Finding | None:
    """
    Where polib reads something else from `text` than `catalog`, the first such place.

    None if it reads the same.
    """
    try:
        theirs = _read(text)
    except Exception as error:  # noqa: BLE001 - it raises what its state machine hits
        return _finding(
            f"tools that are built on polib cannot read this file ({_cause(error)}); "
            "open and save it in Poedit, or with msgcat, to give it the usual form",
            path=path,
        )
    for message in catalog.messages:
        entry = theirs.pop(message.key, None)
        if entry is None:
            return _finding(
                "tools that are built on polib do not see this entry",
                path=path,
                message=message,
            )
        if entry != _of(message):
            return _finding(
                "tools that are built on polib read something else from this entry: "
                f"{_difference(entry, _of(message))}",
                path=path,
                message=message,
            )
    for _, msgid in theirs:
        return _finding(
            f"tools that are built on polib see an entry {msgid[:40]!r} here, which "
            "is none",
            path=path,
        )
    return None


def _read(text: str) -> dict[Key, _Entry]:
    import polib

    # A text without a line end could be taken for the name of a file.
    entries: Iterator[polib.POEntry] = iter(polib.pofile(f"\n{text}\n"))
    return {
        (entry.msgctxt, entry.msgid): _Entry(
            tuple(text for _, text in sorted(entry.msgstr_plural.items()))
            or (entry.msgstr,),
            entry.msgid_plural or None,
            "fuzzy" in entry.flags,
            bool(entry.obsolete),
        )
        for entry in entries
    }


def _of(message: Message) -> _Entry:
    return _Entry(
        message.msgstrs,
        message.msgid_plural or None,
        message.is_fuzzy,
        message.obsolete,
    )


def _difference(theirs: _Entry, ours: _Entry) -> str:
    if theirs.is_fuzzy != ours.is_fuzzy:
        return "fuzzy" if theirs.is_fuzzy else "not fuzzy"
    pairs = itertools.zip_longest(theirs.msgstrs, ours.msgstrs, fillvalue="")
    for one, other in pairs:
        if one != other:
            return f"{one[:60]!r}"
    return "obsolete" if theirs.obsolete else "other plural forms"


def _cause(error: Exception) -> str:
    """The last clause of polib's message: it begins with the whole text of the file."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1][-120:] if lines else type(error).__name__


def _finding(text: str, *, path: str, message: Message | None = None) -> Finding:
    return Finding(
        check=CHECK,
        severity=Severity.WARNING,
        message=text,
        file=path,
        line=message.line if message else 0,
        msgctxt=message.msgctxt if message else None,
        msgid=message.msgid if message else None,
        msgstr=message.msgstr if message else "",
    )
