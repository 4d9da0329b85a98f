"""
A PO file read strictly: whole and as gettext means it, or not at all.

What real tools write is read. A file that is cut, damaged or ambiguous is refused with
its line: a reader that mends it would shorten a text without a word.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.errors import CatalogError, CharsetError
from pipeline.late import regex
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.po.entries import Entries, Opening, read_entries
from pipeline.po.limits import (
    MAX_ENTRIES,
    plural_forms,
    refuse_many,
    refuse_oversized,
)
from pipeline.po.strings import CUT

BOM: Final = "\ufeff"

_UTF_8: Final = frozenset({"utf-8", "utf8", "charset"})
_ASCII: Final = frozenset({"ascii", "us-ascii", "ansi_x3.4-1968"})
_CHARSET: Final = regex(rb"""charset=([^\s"\\;]+)""")
_HEADER: Final = regex(
    rb"""msgid[ \t]*+""(?:[^\n]*+\n(?![ \t\r]*+\n))*+[^\n]*+""",
)
_NPLURALS: Final = regex(r"^Plural-Forms:.*?\bnplurals\s*=\s*(\d+)", re.MULTILINE)

_CONTINUED: Final = regex(r'\s*+(?:#~\s*+\Z|(?:#~\s*+)?(?:"|msgstr[^"]*+""\s*+\Z))')
"""A line of a string that may go on in the next one, as tools lay strings out."""


class Span(NamedTuple):
    """An entry and its place in the text, from its comments to its last string."""

    message: Message
    start: int
    end: int


def decode(data: bytes, *, path: str) -> str:
    """
    The text of a catalog's bytes, without a byte order mark.

    Raises CharsetError where the header names another charset than UTF-8 or ASCII, or
    where a byte does not belong to the charset.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other_charset("UTF-16", 1, path)
    header = _HEADER.search(data)
    found = _CHARSET.search(data, header.start(), header.end()) if header else None
    charset = found[1].decode("ascii", "replace") if found else "UTF-8"
    line = data.count(b"\n", 0, found.start()) + 1 if found else 1
    if charset.lower() not in _UTF_8 | _ASCII:
        raise _other_charset(charset, line, path)
    try:
        text = data.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise CharsetError(
            f"the byte 0x{data[error.start]:02x} is not UTF-8",
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
            hint="if it was saved in the charset of Turkish Windows, this prints it in "
            f"UTF-8: iconv -f CP1254 -t UTF-8 {shlex.quote(path)}",
        ) from None
    if charset.lower() in _ASCII and not text.isascii():
        raise CharsetError(
            f"the header says {charset}, but the file holds other characters",
            path=path,
            line=line,
            hint="write charset=UTF-8 in the header",
        )
    return text


def _other_charset(charset: str, line: int, path: str) -> CharsetError:
    quoted = shlex.quote(path)
    if charset == "UTF-16":  # which gettext's tools do not read
        hint = f"this prints it in UTF-8: iconv -f UTF-16 -t UTF-8 {quoted}"
    else:
        hint = f"convert it: msgconv -t UTF-8 -o {quoted} {quoted}"
    return CharsetError(
        f"the catalog is in {charset}, not in UTF-8",
        path=path,
        line=line,
        hint=hint,
    )


def parse(text: str, *, path: str) -> Catalog:
    """
    The catalog that a PO file's text holds.

    Raises CatalogError with path, line and what to do where the text is not a whole,
    unambiguous PO file.
    """
    header, *messages = _read(clean(text), path).messages
    return Catalog(header, tuple(messages))


def cut(text: str, *, path: str) -> Iterator[Span]:
    """
    Every entry with its place in `clean(text)`, the header first.

    Raises as `parse` does.
    """
    entries = _read(clean(text), path)
    return map(Span, entries.messages, entries.starts, entries.ends)


def clean(text: str) -> str:
    """The text without byte order mark and carriage returns at the ends of lines."""
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n") if "\r" in text else text


_last: Final[list[Sequence[Opening | None]]] = [()]
"""How the entries of the catalog begin that was read last; another takes its place."""


def _read(text: str, path: str) -> Entries:
    """Every entry of a text."""
    refuse_oversized(text, path=path)
    _refuse_characters(text, path)
    before = _last[0]
    entries = read_entries(text, before, path)
    _check_entries(entries, before, len(text), path)
    _refuse_open_end(text, entries.messages, path)
    _last[0] = entries.openings
    return entries


def _check_entries(
    entries: Entries, before: Sequence[Opening | None], length: int, path: str
) -> None:
    """Every entry is the only one of its key, and has the forms that it needs."""
    messages, openings = entries.messages, entries.openings
    if length > MAX_ENTRIES:  # or else there can be nothing to refuse
        refuse_many(messages, path=path)
    # Those that begin as others did have other keys, as they had, and no plural forms.
    are_known = None not in openings and openings == before[: len(openings)]
    unsure = () if are_known else messages
    if len({(message.msgctxt, message.msgid) for message in unsure}) < len(unsure):
        raise _twice(messages, path)
    found = _NPLURALS.search(messages[0].msgstr)
    if found:
        forms = plural_forms(found[1], path=path, line=messages[0].line)
        for message in unsure:
            if message.msgid_plural is not None and not message.obsolete:
                _check_forms(message, forms, path)


def _refuse_open_end(text: str, messages: list[Message], path: str) -> None:
    """
    Refuse a text that ends where more of its last string, or of its header, may follow.

    All tools end the last line, and name a charset in the header, so this is none that
    was written to its end. A string of one line is whole once it is closed.
    """
    if _CONTINUED.match(text, text.rfind("\n") + 1):
        raise CatalogError(
            "the last line has no end, and more of its string may have followed",
            path=path,
            line=text.count("\n") + 1,
            hint=f"if nothing is missing, end the line; {CUT}",
        )
    if len(messages) == 1 and "charset=" not in messages[0].msgstr:
        raise CatalogError(
            "the catalog ends within its header, which names no charset",
            path=path,
            line=text.count("\n") + 1 - text.endswith("\n"),
            hint=f"if nothing is missing, write Content-Type: text/plain; "
            f"charset=UTF-8 into the header; {CUT}",
        )


def _refuse_characters(text: str, path: str) -> None:
    for character, name, hint in (
        ("\0", "a NUL character", "the file is damaged: take it from version control"),
        ("\x04", "the control character EOT", "delete it: gettext uses it for itself"),
        ("\r", "a lone carriage return", "save the file with the line ends of Unix"),
    ):
        place = text.find(character)
        if place >= 0:
            raise CatalogError(
                f"the line holds {name}",
                path=path,
                line=text.count("\n", 0, place) + 1,
                hint=hint,
            )


def _twice(messages: list[Message], path: str) -> CatalogError:
    lines: dict[Key, int] = {}
    line = 0
    for message in messages:
        line = lines.setdefault(message.key, message.line)
        if line != message.line:
            break
    what = "context and msgid" if message.msgctxt is not None else "msgid"
    return CatalogError(
        f"an entry with the same {what} is in line {line} already",
        path=path,
        line=message.line,
        hint="keep one of the two, in both of which may be words worth keeping",
    )


def _check_forms(message: Message, forms: int, path: str) -> None:
    count = len(message.msgstrs)
    if count != forms:
        raise CatalogError(
            f"the entry has {count} plural form{'s' * (count != 1)}, "
            f"and the header says nplurals={forms}",
            path=path,
            line=message.line,
            hint="give the entry as many msgstr[n] as the header says",
        )
