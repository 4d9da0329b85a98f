"""The comment lines above an entry, by their kinds."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.late import regex

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_PLACE: Final = regex(r"\u2068([^\u2069]*+)\u2069([^ \t]*+)|[^ \t\u2068]++")


class Comments(NamedTuple):
    """The lines above an entry, without their marks."""

    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def read_comments(lines: Iterable[str]) -> Comments:
    """
    Sort comment lines (all but `#~` and `#|`) into kinds.

    `#=` lines, which gettext will write from 2027 on, are flags like `#,` lines; a
    comment needs no space after its `#`.
    """
    comments: list[str] = []
    extracted: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    for line in lines:
        kind = line[1:2]
        if kind == ":":
            references += _references(line[2:])
        elif kind in {",", "="}:
            flags += _flags(line[2:])
        elif kind == ".":
            extracted.append(line[2:].removeprefix(" "))
        else:
            comments.append(line[1:].removeprefix(" "))
    return Comments(
        tuple(comments),
        tuple(extracted),
        tuple(references),
        tuple(dict.fromkeys(flags)),
    )


def _references(text: str) -> list[str]:
    """The places of one `#:` line; names with spaces stand in isolates."""
    last = text.rfind(_END_OF_ISOLATE)
    if _ISOLATE not in text or last < 0:
        return _split(text.replace(_ISOLATE, " "))
    end = text.find(" ", last)
    head, tail = (text, "") if end < 0 else (text[:end], text[end:])
    places = [_place(match) for match in _PLACE.finditer(head)]
    return places + _split(tail.replace(_ISOLATE, " "))


def _place(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else match[1] + match[2]


def _split(text: str) -> list[str]:
    """The words between spaces and tabulators; other spaces may be part of a name."""
    return [word for word in text.replace("\t", " ").split(" ") if word]


def _flags(text: str) -> list[str]:
    flags: list[str] = []
    for part in text.split(","):
        flag = part.strip()
        if flag.startswith("range:"):
            flags.append(f"range: {flag.removeprefix('range:').strip()}")
        else:
            flags += flag.split()
    return flags
