"""
One entry of a PO file in the shape that tools give it, read at one go.

Whatever is written in another way is not wrong: `entry.py` reads it line by line.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.late import made_open, regex
from pipeline.model.catalog import Message, Previous
from pipeline.po.comments import Comments, read_comments
from pipeline.po.strings import STRING, unquote

_STRINGS: Final = rf"{STRING}(?:\n{STRING})*+"
_BODY: Final = (
    rf"(?:msgctxt ({_STRINGS})\n)?+msgid ({_STRINGS})\n"
    rf"(?:msgstr ({_STRINGS})|msgid_plural ({_STRINGS})"
    rf"((?:\nmsgstr\[[0-9]\] {_STRINGS})++))"
)
_HEAD: Final = r"\n*+((?:#(?![~|])[^\n]*+\n)*+)"
ENTRY: Final = regex(
    _HEAD + r"((?:#\|[^\n]*+\n)*+)" + _BODY + r"(?=\n\n|\n#|\n?\Z)",
)
"""Groups: comments, previous lines, msgctxt, msgid, msgstr, msgid_plural, forms."""

OPENING: Final = regex(
    _HEAD + rf'(?:msgctxt ({_STRINGS})\n)?+msgid ({_STRINGS})\nmsgstr "'
)
"""What most begin with; groups: comments, msgctxt, msgid."""

_OBSOLETE: Final = regex(
    _HEAD + r"((?:#~\|[^\n]*+\n)*+)"
    r"((?:#~ [^\n]*+(?:\n|\Z))++)(?=[\n#]|\Z)",
)
_OBSOLETE_BODY: Final = regex(_BODY + r"\n?")
_PREVIOUS: Final = regex(
    rf"(?:msgctxt ({_STRINGS})\n)?+(?:msgid ({_STRINGS})\n)?+"
    rf"(?:msgid_plural ({_STRINGS})\n)?+",
)
_FORM: Final = regex(rf"\nmsgstr\[([0-9])\] ({_STRINGS})")


new_message: Final = made_open(Message)
"""`Message`, made faster; every field has to be given, by position."""


class UsualEntry(NamedTuple):
    """An entry, and where it stands."""

    message: Message
    start: int
    end: int


def usual_entry(match: re.Match[str], line: int) -> Message | None:
    """
    The entry of a match of `ENTRY`.

    None where previous lines or plural forms are in another shape than tools give them.
    """
    head, before, *body = match.groups()
    previous = read_previous(before.replace("\n#| ", "\n").removeprefix("#| "))
    if before and previous is None:
        return None
    return _message(head, previous, body, line, obsolete=False)


def obsolete_entry(text: str, position: int, line: int) -> UsualEntry | None:
    """
    The `#~` entry that begins here, `line` being that of `position`.

    None where it is in another shape than tools give it, or is not obsolete.
    """
    block = _OBSOLETE.match(text, position)
    if block is None:
        return None
    head, before, raw = block.groups()
    match = _OBSOLETE_BODY.fullmatch(raw.replace("\n#~ ", "\n").removeprefix("#~ "))
    previous = read_previous(before.replace("\n#~| ", "\n").removeprefix("#~| "))
    if match is None or (before and previous is None):
        return None
    line += text.count("\n", position, block.start(3))
    message = _message(head, previous, match.groups(), line, obsolete=True)
    if message is None:
        return None
    return UsualEntry(message, block.start(1), block.end() - raw.endswith("\n"))


@lru_cache(maxsize=1024)
def read_head(head: str) -> Comments:
    """The comments above an entry; most of an article's are the same."""
    return read_comments(head[:-1].split("\n")) if head else Comments()


def read_previous(lines: str) -> Previous | None:
    """What `#|` lines say, without their marks; None if they are not as usual."""
    match = _PREVIOUS.fullmatch(lines) if lines else None
    if match is None:
        return None
    msgctxt, msgid, msgid_plural = (each and unquote(each) for each in match.groups())
    return Previous(msgid, msgctxt, msgid_plural)


def _message(
    head: str,
    previous: Previous | None,
    body: list[str | None] | tuple[str | None, ...],
    line: int,
    *,
    obsolete: bool,
) -> Message | None:
    msgctxt, msgid, msgstr, msgid_plural, forms = body
    msgstrs: tuple[str, ...]
    if msgstr is not None:
        msgstrs = (unquote(msgstr),)
    else:
        found = _FORM.findall(forms or "")
        if [int(index) for index, _ in found] != list(range(len(found))):
            return None
        msgstrs = tuple(unquote(text) for _, text in found)
    return new_message(
        unquote(msgid or '""'),
        msgstrs,
        msgctxt and unquote(msgctxt),
        msgid_plural and unquote(msgid_plural),
        *read_head(head),
        previous,
        obsolete,
        line,
    )
