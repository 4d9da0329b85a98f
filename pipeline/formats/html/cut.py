"""Cutting: runs and attributes of an HTML text as segments, all else left alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Final

from pipeline.formats.html.runs import Run, runs
from pipeline.formats.html.tokens import Piece, attributes, tokens
from pipeline.model.article import Segment, Span, Verbatim

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
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_BREAKS: Final = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*")
_NOTE: Final = re.compile(r"\s*translators?:\s*(.*?)\s*\Z", re.DOTALL | re.IGNORECASE)
_KEPT: Final = "&<>{}"
"""Characters whose reference stays as it is written, besides invisible ones."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A segment to be, and where its characters are."""

    start: int
    end: int
    text: str
    role: str
    place: str
    notes: tuple[str, ...] = ()
    heading: tuple[int, int] | None = None
    """The range of the element, if it is a heading and nothing else is in it."""


def cut(body: str, *, path: str, line: int, title: str | None) -> tuple[Span, ...]:
    """
    The spans of a text without front matter. Raises SourceError.

    The first `<h1>` is the title, else `<title>`; `title`, that of the front matter,
    comes before both.
    """
    cuts: list[_Cut] = []
    notes: tuple[str, ...] = ()
    for run in runs(tokens(body), path=path, line=line, text=body):
        found = list(_cuts(body, run))
        if found:
            found[0] = replace(found[0], notes=notes)
            notes = ()
        cuts += found
        notes = _notes(run) or notes
    return tuple(_spans(body, _titled(cuts, title), line))


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


def _cuts(body: str, run: Run) -> Iterator[_Cut]:
    if not run.is_translated:
        return
    first, last = _trimmed(run)
    for piece in run.pieces[:first]:
        yield from _attributes(body, piece)
    inner = run.pieces[first:last]
    if _has_text(run, first, last):
        yield _text(body, run, inner)
    else:
        for number, piece in enumerate(inner, first):
            if number not in run.literal:
                yield from _attributes(body, piece)
    for piece in run.pieces[last:]:
        yield from _attributes(body, piece)


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
        return not piece.data.strip(" \t\r\n\f")
    return piece.kind in {"comment", "other"} or (
        number in single and number not in run.literal and piece.name != "img"
    )


def _has_text(run: Run, first: int, last: int) -> bool:
    return any(
        run.pieces[number].kind in {"text", "reference"}
        and number not in run.literal
        and not run.pieces[number].data.isspace()
        for number in range(first, last)
    )


def _text(body: str, run: Run, pieces: list[Piece]) -> _Cut:
    start, end = pieces[0].start, pieces[-1].end
    raw = body[start:end]
    start += len(raw) - len(raw.lstrip(" \t\r\n\f"))
    end -= len(raw) - len(raw.rstrip(" \t\r\n\f"))
    role = next(
        (_ROLES[block.name] for block in reversed(run.blocks) if block.name in _ROLES),
        "paragraph",
    )
    if role == "page title":
        text = _BLANKS.sub(" ", unescape(body[start:end]))
        return _Cut(start, end, text, role, "rcdata")
    text = "".join(_words(body, piece) for piece in pieces).strip(" ")
    heading = None
    innermost = run.blocks[-1] if run.blocks else None
    if innermost and innermost.name == "h1" and innermost.tag and run.closing:
        heading = innermost.tag.start, run.closing.end
    return _Cut(start, end, _collapsed(text), role, "text", heading=heading)


def _words(body: str, piece: Piece) -> str:
    raw = body[piece.start : piece.end]
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


def _attributes(body: str, piece: Piece) -> Iterator[_Cut]:
    if piece.kind != "start":
        return
    values = dict(piece.attributes)
    if values.get("translate", "").lower() == "no":
        return
    is_description = (
        piece.name == "meta" and values.get("name", "").lower() == "description"
    )
    for attribute in attributes(body, piece):
        role = _ATTRIBUTES.get(attribute.name, "")
        if is_description:
            role = "description" if attribute.name == "content" else ""
        text = _BLANKS.sub(" ", attribute.value).strip(" ")
        if role and text:
            place = f"attribute {attribute.quote}"
            yield _Cut(attribute.start, attribute.end, text, role, place)


def _notes(run: Run) -> tuple[str, ...]:
    for piece in reversed(run.pieces):
        note = _NOTE.match(piece.data) if piece.kind == "comment" else None
        if note:
            return (" ".join(note[1].split()),)
    return ()


def _titled(cuts: list[_Cut], title: str | None) -> list[_Cut]:
    """The same, with the role `title` given to what is the title."""
    heading = next((one for one in cuts if one.heading), None)
    if heading is not None and not _is_alone(heading, cuts):
        heading = None
    texts = [one for one in cuts if one.place == "text"]
    known = title
    if title is None and heading is not None:
        known = to_plain(heading.text)
    elif heading is not None and (
        heading not in texts[:1] or to_plain(heading.text) != title
    ):
        heading = None
    result = []
    for one in cuts:
        if one is heading:
            result.append(replace(one, role="title"))
        elif one.place == "rcdata" and known in {None, one.text}:
            known = one.text
            result.append(replace(one, role="title"))
        else:
            result.append(one)
    return result


def _is_alone(heading: _Cut, cuts: list[_Cut]) -> bool:
    """Whether nothing else in the heading is to be translated."""
    start, end = heading.heading or (0, 0)
    return all(one is heading or one.end <= start or one.start >= end for one in cuts)


def _spans(body: str, cuts: list[_Cut], line: int) -> Iterator[Span]:
    end = counted = 0
    for one in sorted(cuts, key=lambda one: one.start):
        is_heading = one.role == "title" and one.heading is not None
        if is_heading and one.heading:
            # In spans of its own, so that a page can leave the element out.
            yield Verbatim(body[end : one.heading[0]])
            end = one.heading[0]
        yield Verbatim(body[end : one.start])
        line += body.count("\n", counted, one.start)
        counted, end = one.start, one.end
        yield Segment(
            raw=body[one.start : one.end],
            text=one.text,
            line=line,
            role=one.role,
            place="title" if is_heading else one.place,
            notes=one.notes,
        )
        if is_heading and one.heading:
            yield Verbatim(body[end : one.heading[1]])
            end = one.heading[1]
    yield Verbatim(body[end:])
