"""
A PO file read strictly: whole and as gettext means it, or not at all.

What real tools write is read. A file that is cut, damaged or ambiguous is refused with
its line: a reader that mends it would shorten a text without a word.
"""

import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.errors import CatalogError, CharsetError
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.po.comments import Comments, read_comments
from pipeline.po.entry import read_entry
from pipeline.po.strings import STRING, unquote

BOM: Final = "\ufeff"

_UTF_8: Final = frozenset({"utf-8", "utf8", "charset"})
_ASCII: Final = frozenset({"ascii", "us-ascii", "ansi_x3.4-1968"})
_CHARSET: Final = re.compile(rb"""charset=([^\s"\\;]+)""")
_HEADER: Final = re.compile(rb"""(?s)msgid[ \t]*"".*?(?:\n[ \t\r]*\n|\Z)""")
_NPLURALS: Final = re.compile(r"^Plural-Forms:.*?\bnplurals\s*=\s*(\d+)", re.MULTILINE)

# An entry as tools write it; all others take the slower way of `entry.py`.
_STRINGS: Final = rf"{STRING}(?:\n{STRING})*+"
_ENTRY: Final = re.compile(
    r"\n*+((?:#(?![~|])[^\n]*+\n)*+)"
    rf"(?:msgctxt ({_STRINGS})\n)?+msgid ({_STRINGS})\nmsgstr ({_STRINGS})"
    r"(?=\n\n|\n#|\n?\Z)",
)
_NO_COMMENTS: Final = Comments()


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
    header, *messages = (span.message for span in cut(text, path=path))
    return Catalog(header, tuple(messages))


def cut(text: str, *, path: str) -> Iterator[Span]:
    """
    Every entry with its place in `clean(text)`, the header first.

    Raises as `parse` does, when it comes to the place.
    """
    text = clean(text)
    _refuse_characters(text, path)
    forms = ""
    lines: dict[Key, int] = {}
    for span in _spans(text, path):
        message = span.message
        if not lines:
            if message.key != (None, "") or message.obsolete:
                raise _without_header(path)
            found = _NPLURALS.search(message.msgstr)
            forms = found[1] if found else ""
        elif message.key in lines:
            raise _twice(message, lines[message.key], path)
        if message.msgid_plural is not None and forms and not message.obsolete:
            _check_forms(message, int(forms), path)
        lines[message.key] = message.line
        yield span
    if not lines:
        raise _without_header(path)


def clean(text: str) -> str:
    """The text without byte order mark and carriage returns at the ends of lines."""
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n") if "\r" in text else text


def _spans(text: str, path: str) -> Iterator[Span]:
    position, line, counted = 0, 1, 0
    while True:
        match = _ENTRY.match(text, position)
        if match is None:
            line += text.count("\n", counted, position)
            entry = read_entry(text, position, line, path=path)
            if entry is None:
                return
            yield Span(entry.message, entry.start, entry.end)
            position = counted = entry.position
            line = entry.line
            continue
        head, msgctxt, msgid, msgstr = match.groups()
        start, end = match.span(1)
        line += text.count("\n", counted, end)
        counted, position = end, match.end()
        message = Message(
            unquote(msgid),
            (unquote(msgstr),),
            None if msgctxt is None else unquote(msgctxt),
            None,
            *(_read_head(head) if head else _NO_COMMENTS),
            None,
            False,  # noqa: FBT003 - positional for speed: many thousand entries
            line,
        )
        yield Span(message, start, position)
        position += text.startswith("\n", position)


@lru_cache(maxsize=1024)
def _read_head(head: str) -> Comments:
    """The comments above an entry; most of an article's are the same."""
    return read_comments(head[:-1].split("\n"))


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


def _without_header(path: str) -> CatalogError:
    return CatalogError(
        "the catalog does not begin with a header",
        path=path,
        line=1,
        hint='the first entry has msgid "" and the fields of the header as its msgstr; '
        "copy it from another catalog of the locale",
    )


def _twice(message: Message, line: int, path: str) -> CatalogError:
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
