"""The strings of a PO file: from what stands between quotation marks to the text."""

import re
from typing import Final

from pipeline.errors import CatalogError
from pipeline.late import regex

STRING: Final = r'"[^"\\\n]*+(?:\\["\\abfnrtv][^"\\\n]*+)*+"'
"""A string with the escapes that tools write."""

_PIECE: Final = regex(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"[ \t\f\v]*+')
_SIMPLE: Final = regex(r'\\(["\\abfnrtv])')
_ESCAPE: Final = regex(
    r'(?P<simple>\\["\\abfnrtv])|(?P<bytes>(?:\\[0-7]{1,3}|\\x[0-9A-Fa-f]{2}'
    r"(?![0-9A-Fa-f]))+)|(?P<bad>\\x?.?)",
    re.DOTALL,
)
_BYTE: Final = regex(r"\\(?:x([0-9A-Fa-f]{2})|([0-7]{1,3}))")
_MEANING: Final = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    '"': '"',
}
CUT: Final = (
    "the file may have been cut: take the last good version from version control, "
    "or let `publish recover` list what the entry once held"
)


def unquote(strings: str) -> str:
    """The text of one or more strings that `STRING` matched, one on each line."""
    text = strings[1:-1]
    if "\n" in text:
        text = text.replace('"\n"', "")
    if "\\" not in text:
        return text
    if "\\\\" not in text:
        text = text.replace("\\n", "\n").replace('\\"', '"')
        if "\\" not in text:
            return text
    return _SIMPLE.sub(_simple_meaning, text)


def _simple_meaning(match: re.Match[str]) -> str:
    return _MEANING[match[1]]


def read_strings(line: str, *, path: str, number: int) -> str:
    """The text of all strings on one line; CatalogError says what is wrong with it."""
    texts = []
    position = 0
    while position < len(line):
        match = _PIECE.match(line, position)
        if match is None:
            raise _unreadable(line, position, path=path, number=number)
        texts.append(_text(match[1], path=path, number=number))
        position = match.end()
    return "".join(texts)


def _unreadable(line: str, position: int, *, path: str, number: int) -> CatalogError:
    if line[position] == '"':
        return CatalogError(
            "the string is not closed: its second quotation mark is missing",
            path=path,
            line=number,
            hint=CUT,
        )
    return CatalogError(
        f"after the string stands {line[position : position + 20]!r}",
        path=path,
        line=number,
        hint='write a quotation mark inside a string as \\"',
    )


def _text(escaped: str, *, path: str, number: int) -> str:
    if "\\" not in escaped:
        return escaped

    def meaning(match: re.Match[str]) -> str:
        if match["simple"]:
            return _MEANING[match["simple"][1]]
        if match["bytes"]:
            return _of_bytes(match["bytes"], path=path, number=number)
        raise CatalogError(
            f"the escape {match['bad']} is unknown",
            path=path,
            line=number,
            hint=r"write a backslash itself as \\",
        )

    return _ESCAPE.sub(meaning, escaped)


def _of_bytes(escapes: str, *, path: str, number: int) -> str:
    """The characters whose UTF-8 bytes are written in octal or hexadecimal digits."""
    values = [
        int(match[1], 16) if match[1] else int(match[2], 8)
        for match in _BYTE.finditer(escapes)
    ]
    try:
        text = bytes(values).decode()
    except (ValueError, UnicodeDecodeError):
        text = "\0"
    if "\0" in text or "\x04" in text:
        raise CatalogError(
            f"{escapes} is no text in UTF-8",
            path=path,
            line=number,
            hint="write the character itself",
        )
    return text
