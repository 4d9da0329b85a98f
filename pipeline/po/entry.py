"""One entry of a PO file read line by line, in every shape that tools give it."""

import re
from typing import Final, NamedTuple

from pipeline.errors import CatalogError
from pipeline.late import regex
from pipeline.model.catalog import Message, Previous
from pipeline.po.comments import read_comments
from pipeline.po.strings import CUT, read_strings

_SPACE: Final = " \t\f\v"
_KEYWORD: Final = regex(
    r"(?P<name>msgctxt|msgid_plural|msgid|msgstr(?:[ \t]*\[[ \t]*(?P<form>\d{1,9})"
    r'[ \t]*\])?)[ \t\f\v]*(?=["]|\Z)',
)
_WORD: Final = regex(r"[^\s\"]{1,40}|.{1,20}", re.DOTALL)
_ORDER: Final = {"msgctxt": 0, "msgid": 1, "msgid_plural": 2, "msgstr": 3}
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class ReadEntry(NamedTuple):
    """An entry, where it stands, and where to go on."""

    message: Message
    start: int
    end: int
    position: int
    line: int


def read_entry(text: str, position: int, line: int, *, path: str) -> ReadEntry | None:
    """
    The entry that begins at a line's start, or None where nothing follows.

    Raises CatalogError where it is not whole, or not in the order of its parts.
    """
    draft = _Draft(path)
    start = end = position
    while position < len(text):
        line_end = text.find("\n", position)
        if line_end < 0:
            line_end = len(text)
        body = text[position:line_end].lstrip(_SPACE)
        if draft.ends_before(body):
            break
        if body:
            if not draft.has_begun:
                start = position
            draft.add(body, line)
            end = line_end
        else:
            draft.open = None
        position = line_end + 1
        line += 1
    message = draft.message(line)
    if message is None:
        return None
    return ReadEntry(message, start, end, min(position, len(text)), line)


class _Draft:
    """What has been read of an entry so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.comments: list[str] = []
        self.parts: dict[str, list[str]] = {}
        self.previous: dict[str, list[str]] = {}
        self.obsolete = False
        self.begins = 0
        self.reached = -1
        self.open: list[str] | None = None

    @property
    def has_begun(self) -> bool:
        return bool(self.comments or self.previous or self.parts)

    def ends_before(self, body: str) -> bool:
        """Whether the entry is whole, and this line is not its own any more."""
        if self.reached < _ORDER["msgstr"]:
            return False
        if self.obsolete and body.startswith("#~"):
            body = body[2:].lstrip(_SPACE)
        return not body.startswith(('"', "msgstr", "msgid_plural"))

    def add(self, body: str, line: int) -> None:
        if body.startswith("#~"):
            inner = body[2:].lstrip(_SPACE)
            if inner.startswith("|"):
                self._add_part(inner[1:].lstrip(_SPACE), line, self.previous)
            elif inner.startswith("#"):
                self._add_comment(inner, line)
            elif inner:
                self._add_part(inner, line, self.parts, obsolete=True)
        elif body.startswith("#|"):
            self._add_part(body[2:].lstrip(_SPACE), line, self.previous)
        elif body.startswith("#"):
            self._add_comment(body, line)
        else:
            self._add_part(body, line, self.parts)

    def _add_comment(self, body: str, line: int) -> None:
        if self.parts:
            raise self._broken("a comment stands inside an entry", line, hint=CUT)
        self.comments.append(body)

    def _add_part(
        self,
        body: str,
        line: int,
        parts: dict[str, list[str]],
        *,
        obsolete: bool = False,
    ) -> None:
        if not body:
            return
        if parts is self.previous and self.parts:
            raise self._broken("a `#|` line stands inside an entry", line)
        if parts is self.parts and self.parts and obsolete != self.obsolete:
            raise self._broken(
                "the entry is obsolete (#~) only in part",
                line,
                hint="begin each of its lines with #~, or none",
            )
        if not body.startswith('"'):
            body = self._open_part(body, line, parts)
            self.obsolete = obsolete
        elif self.open is None or all(self.open is not part for part in parts.values()):
            raise self._broken(
                "a string stands alone: no keyword is in the lines above it",
                line,
                hint="each string belongs to the msgid or msgstr right above it",
            )
        if body and self.open is not None:
            self.open.append(read_strings(body, path=self.path, number=line))

    def _open_part(self, body: str, line: int, parts: dict[str, list[str]]) -> str:
        """Begin the part that this keyword names; what follows the keyword."""
        match = _KEYWORD.match(body)
        if match is None or (parts is self.previous and "msgstr" in match["name"]):
            raise self._unknown(body, line)
        name = match["name"]
        if match["form"]:
            name = f"msgstr[{int(match['form'])}]"
        rank = _ORDER[name.partition("[")[0]]
        if name in parts:
            raise self._broken(f"the entry has a second {name}", line, hint=CUT)
        if parts is self.parts:
            if rank < self.reached:
                raise self._broken(f"{name} comes too late in its entry", line)
            if not self.parts:
                self.begins = line
            self.reached = rank
        self.open = parts[name] = []
        return body[match.end() :]

    def message(self, line: int) -> Message | None:
        """The entry, or None if there was nothing; `line` is the one after it."""
        if not self.parts:
            if self.has_begun:
                raise self._broken(
                    "the file ends with comments that belong to no entry",
                    line - 1,
                    hint=f"delete them, or put them above an entry; {CUT}",
                )
            return None
        for name, strings in (*self.previous.items(), *self.parts.items()):
            if not strings:
                raise self._broken(f"{name} has no text", self.begins, hint=CUT)
        if "msgid" not in self.parts:
            raise self._broken("the entry has no msgid", self.begins, hint=CUT)
        comments = read_comments(self.comments)
        return Message(
            "".join(self.parts["msgid"]),
            self._msgstrs(),
            _joined(self.parts, "msgctxt"),
            _joined(self.parts, "msgid_plural"),
            *comments,
            previous=self._previous(),
            obsolete=self.obsolete,
            line=self.begins,
        )

    def _msgstrs(self) -> tuple[str, ...]:
        forms = [name for name in self.parts if name.startswith("msgstr")]
        if not forms:
            raise self._broken("the entry has no msgstr", self.begins, hint=CUT)
        if "msgid_plural" not in self.parts:
            if forms != ["msgstr"]:
                raise self._broken(
                    f"the entry has {forms[-1]} and no msgid_plural",
                    self.begins,
                )
        elif forms != [f"msgstr[{index}]" for index in range(len(forms))]:
            raise self._broken(
                f"the plural forms are {', '.join(forms)}",
                self.begins,
                hint="number them from msgstr[0] on, and leave none out",
            )
        return tuple("".join(self.parts[name]) for name in forms)

    def _previous(self) -> Previous | None:
        if not self.previous:
            return None
        return Previous(
            msgid=_joined(self.previous, "msgid"),
            msgctxt=_joined(self.previous, "msgctxt"),
            msgid_plural=_joined(self.previous, "msgid_plural"),
        )

    def _unknown(self, body: str, line: int) -> CatalogError:
        if body.startswith(_CONFLICT):
            return self._broken(
                "a merge conflict of the version control is not resolved",
                line,
                hint="keep one of the two sides, and delete the lines between them",
            )
        match = _WORD.match(body)
        word = match[0] if match else body
        return self._broken(f"the keyword {word!r} is unknown", line, hint=CUT)

    def _broken(self, message: str, line: int, *, hint: str = "") -> CatalogError:
        return CatalogError(message, path=self.path, line=line, hint=hint)


def _joined(parts: dict[str, list[str]], name: str) -> str | None:
    return "".join(parts[name]) if name in parts else None
