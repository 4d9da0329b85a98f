"""
The entries of a PO file, one after another: as the file before had them, or anew.

The catalogs of an article are read in turn, and but for its translation an entry is the
same in all of them: what is known by now is compared, and not read again.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from pipeline.errors import CatalogError
from pipeline.model.catalog import Message
from pipeline.po.entry import read_entry
from pipeline.po.strings import unquote
from pipeline.po.usual import (
    ENTRY,
    OPENING,
    new_message,
    obsolete_entry,
    read_head,
    usual_entry,
)

_Texts: TypeAlias = tuple[str, ...]
Opening: TypeAlias = tuple[
    str, int, int, int, str, str | None, _Texts, _Texts, _Texts, _Texts
]
"""
What stands between the entry before and the text of a msgstr: the characters, how many
of them before its comments, the line ends above its msgid and those in all; and what
they say: msgid, msgctxt, and the comments by their kinds.
"""

_NEAR: Final = 4096
"""Characters in which the end of a msgstr is looked for; a longer one takes longer."""


class Entries(NamedTuple):
    """What has been read: entries, where they begin, and where they end."""

    messages: list[Message]
    starts: list[int]
    ends: list[int]
    openings: list[Opening | None]
    """None for an entry that does not begin in the plainest shape."""


def read_entries(text: str, before: Sequence[Opening | None], path: str) -> Entries:
    """
    Every entry of a text, the header first; `before` are the openings of another text.

    Most of the time of most commands is spent in this loop: an entry that begins as is
    expected is read right here, without a call that it does not need.
    """
    messages: list[Message] = []
    starts: list[int] = []
    ends: list[int] = []
    openings: list[Opening | None] = []
    expected = iter(before)
    find, count, starts_with = text.find, text.count, text.startswith
    position = start = end = 0
    line = 1
    while True:
        opening, message = next(expected, None), None
        if opening is None or not starts_with(opening[0], position):
            opening = _opening(text, position)
        if opening is not None:
            whole, gap, above, lines, msgid, msgctxt, notes, hints, places, flags = (
                opening
            )
            begin = position + len(whole)
            end = find('"\n\n', begin, begin + _NEAR) + 1
            msgstr = text[begin : end - 1] if end else "\\"
            if '"' in msgstr:
                msgstr = msgstr.replace('"\n"', "")
            if '"' not in msgstr and "\\" not in msgstr and "\n" not in msgstr:
                message = new_message(
                    msgid,
                    (msgstr,),
                    msgctxt,
                    None,
                    notes,
                    hints,
                    places,
                    flags,
                    None,
                    False,  # noqa: FBT003 - positional for speed
                    line + above,
                )
                start = position + gap
                # Each line end in the msgstr stood between two quotation marks.
                line += lines + (end - 1 - begin - len(msgstr)) // 3
        if message is None:
            other = _other(text, position, line, path)
            if other is None:
                break
            message, start, end = other
            line += count("\n", position, end)
        if not messages and (message.key != (None, "") or message.obsolete):
            break
        messages.append(message)
        starts.append(start)
        ends.append(end)
        openings.append(opening)
        position = end
    if not messages:
        raise _without_header(path)
    return Entries(messages, starts, ends, openings)


def _opening(text: str, position: int) -> Opening | None:
    """How the entry begins that begins here, if it does so in the plainest shape."""
    match = OPENING.match(text, position)
    if match is None:
        return None
    head, msgctxt, msgid = match.groups()
    body, end = match.end(1), match.end()
    above = text.count("\n", position, body)
    return (
        text[position:end],
        match.start(1) - position,
        above,
        above + text.count("\n", body, end),
        unquote(msgid),
        None if msgctxt is None else unquote(msgctxt),
        *read_head(head),
    )


def _other(
    text: str, position: int, line: int, path: str
) -> tuple[Message, int, int] | None:
    """The entry that begins here, in whatever shape; None where nothing follows."""
    match = ENTRY.match(text, position)
    if match is not None:
        message = usual_entry(match, line + text.count("\n", position, match.end(2)))
        if message is not None:
            return message, match.start(1), match.end()
    obsolete = obsolete_entry(text, position, line)
    if obsolete is not None:
        return obsolete
    entry = read_entry(text, position, line, path=path)
    return entry and (entry.message, entry.start, entry.end)


def _without_header(path: str) -> CatalogError:
    return CatalogError(
        "the catalog does not begin with a header",
        path=path,
        line=1,
        hint='the first entry has msgid "" and the fields of the header as its msgstr; '
        "copy it from another catalog of the locale",
    )
