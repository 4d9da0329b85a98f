"""Cutting: runs and attributes of an HTML text as what is to be translated."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from pipeline.hypertext import runs
from pipeline.hypertext.runs import Reader, Run
from pipeline.hypertext.tokens import Piece, attributes, tokens
from pipeline.late import dataclass, regex

_ROLES: Final = {
    **{f"h{level}": f"heading {level}" for level in range(1, 7)},
    "li": "list item",
    "th": "table header",
    "td": "table cell",
    "dt": "term",
    "dd": "definition",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "legend": "caption",
    "summary": "summary",
    "option": "option",
    "title": "page title",
}
_ATTRIBUTES: Final = {
    "alt": "alt",
    "title": "title attribute",
    "placeholder": "placeholder",
    "aria-label": "label",
}
_BLANKS: Final = regex(r"[ \t\r\n\f]+")
_BREAKS: Final = regex(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*")
_SPACES: Final = " \t\r\n\f"
_KEPT: Final = "&<>{}"
"""Characters whose reference stays as it is written, besides invisible ones."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment to be, and where its characters are."""

    start: int
    end: int
    text: str
    role: str
    place: str
    """What `fit` must know: `text`, `rcdata`, or `attribute` with its quote."""

    notes: tuple[str, ...] = ()
    heading: tuple[int, int] | None = None
    """The range of the element, if it is an `<h1>` and nothing else is in it."""


class Cutter:
    """
    Cuts the texts of one document one after the other.

    A note to the translator is given to the first segment after it, which may be in
    the next text. `reader` knows what is open in between.
    """

    def __init__(self, *, path: str) -> None:
        self.reader = Reader(path=path)
        self.notes: tuple[str, ...] = ()
        """Notes about a segment that has not come yet."""

    def cuts(self, text: str, *, line: int) -> Iterator[Cut]:
        """What is to be translated of a text, in order. Raises SourceError."""
        for run in self.reader.runs(text, line=line):
            found = list(_cuts(text, run))
            if run.notes or (self.notes and found):
                self._note(run, found)
            yield from found

    def _note(self, run: Run, found: list[Cut]) -> None:
        """Give the notes so far to the first segment, and keep those below it."""
        last = len(run.pieces) if found else 0
        while last and run.pieces[last - 1].start >= found[-1].end:
            last -= 1
        if found:
            before = (note for number, note in run.notes if number < last)
            found[0] = replace(found[0], notes=(*self.notes, *before))
            self.notes = ()
        self.notes += tuple(note for number, note in run.notes if number >= last)


def to_plain(text: str) -> str:
    """A msgid without its tags, its references decoded."""
    if "<" not in text and "&" not in text:
        return text
    words = []
    for piece in tokens(text):
        if piece.kind in {"text", "reference"}:
            words.append(piece.data)
        elif piece.name == "br":
            words.append(" ")
    return "".join(words)


def attribute_cuts(text: str, piece: Piece) -> Iterator[Cut]:
    """The attributes of a tag that people read."""
    if piece.kind != "start" or not runs.is_translated(piece):
        return
    values = dict(piece.attributes)
    is_description = (
        piece.name == "meta" and values.get("name", "").lower() == "description"
    )
    for attribute in attributes(text, piece):
        role = _ATTRIBUTES.get(attribute.name, "")
        if is_description:
            role = "description" if attribute.name == "content" else ""
        words = _BLANKS.sub(" ", attribute.value).strip(" ")
        if role and words:
            raw = text[attribute.start : attribute.end]
            start = attribute.end - len(raw.lstrip(_SPACES))
            end = attribute.start + len(raw.rstrip(_SPACES))
            yield Cut(start, end, words, role, f"attribute {attribute.quote}")


def _cuts(text: str, run: Run) -> Iterator[Cut]:
    if not run.is_translated:
        return
    only = run.pieces[0]
    if len(run.pieces) == 1 and (only.kind == "start" or only.data.isspace()):
        # Most runs: a block's own tag, or a line break between two of them.
        yield from _attributes(text, run, 0, 1)
        return
    first, last = _trimmed(run)
    yield from _attributes(text, run, 0, first)
    within = list(_attributes(text, run, first, last))
    # A number beside a picture is not worth a sentence.
    if _has(str.isalpha, run, first, last) or not within:
        within = []
        if _has(_is_ink, run, first, last):
            within = [_text(text, run, run.pieces[first:last])]
    yield from within
    yield from _attributes(text, run, last, len(run.pieces))


def _attributes(text: str, run: Run, first: int, last: int) -> Iterator[Cut]:
    for number in range(first, last):
        piece = run.pieces[number]
        if piece.attributes and number not in run.literal:
            yield from attribute_cuts(text, piece)


def _trimmed(run: Run) -> tuple[int, int]:
    """The run without blanks, comments and single tags at its ends."""
    single = _single_tags(run.pieces)
    first, last = 0, len(run.pieces)
    while first < last and _is_outside(run, first, single):
        first += 1
    while last > first and _is_outside(run, last - 1, single):
        last -= 1
    return first, last


def _single_tags(pieces: list[Piece]) -> set[int]:
    opened: dict[str, list[int]] = {}
    single = set()
    for number, piece in enumerate(pieces):
        if piece.kind == "start":
            opened.setdefault(piece.name, []).append(number)
            single.add(number)
        elif piece.kind == "end":
            others = opened.get(piece.name)
            if others:
                single.discard(others.pop())
            else:
                single.add(number)
    return single


def _is_outside(run: Run, number: int, single: set[int]) -> bool:
    piece = run.pieces[number]
    if piece.kind == "text":
        return not piece.data.strip(_SPACES)
    if piece.kind in {"comment", "other"}:
        return True
    is_literal = number in run.literal and piece.kind != "end"
    return number in single and not is_literal and piece.name != "img"


def _is_ink(char: str) -> bool:
    return not char.isspace()


def _has(kind: Callable[[str], bool], run: Run, first: int, last: int) -> bool:
    """Whether there are such characters in what is to be translated."""
    return any(
        run.pieces[number].kind in {"text", "reference"}
        and number not in run.literal
        and any(map(kind, run.pieces[number].data))
        for number in range(first, last)
    )


def _text(text: str, run: Run, pieces: list[Piece]) -> Cut:
    start, end = pieces[0].start, pieces[-1].end
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip(_SPACES))
    end -= len(raw) - len(raw.rstrip(_SPACES))
    role = next(
        (_ROLES[block.name] for block in reversed(run.blocks) if block.name in _ROLES),
        "paragraph",
    )
    if role == "page title":
        words = _BLANKS.sub(" ", unescape(text[start:end]))
        return Cut(start, end, words, role, "rcdata")
    words = "".join(_words(text, piece) for piece in pieces).strip(" ")
    heading = None
    innermost = run.blocks[-1] if run.blocks else None
    if innermost and innermost.name == "h1" and innermost.tag and run.closing:
        heading = innermost.tag.start, run.closing.end
    return Cut(start, end, _collapsed(words), role, "text", heading=heading)


def _words(text: str, piece: Piece) -> str:
    raw = text[piece.start : piece.end]
    if piece.kind == "text":
        return _BLANKS.sub(" ", piece.data)
    if piece.kind == "reference" and all(
        char.isprintable() and char not in _KEPT for char in piece.data
    ):
        return piece.data
    return _BREAKS.sub(" ", raw)


def _collapsed(text: str) -> str:
    # Blanks can meet where a comment or a broken tag stood between them.
    return text if "  " not in text else re.sub("  +", " ", text)
