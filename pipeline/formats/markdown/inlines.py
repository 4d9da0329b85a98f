"""
What within a run of Markdown is more than words: links, images, tags, comments.

A run that has words of its own is one text, with all of these in it. Of one that has
none, only what people read is to be translated: texts of images, titles, and the
attributes of tags.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline import directives
from pipeline.errors import SourceError
from pipeline.formats.markdown import events
from pipeline.formats.markdown.fields import cover
from pipeline.formats.markdown.runs import LABELLED, Inline, Run, folded
from pipeline.formats.markdown.titles import decoded, find
from pipeline.hypertext.cut import Cut, attribute_cuts
from pipeline.hypertext.runs import Reader
from pipeline.hypertext.tokens import tokens
from pipeline.late import dataclass, regex

_LETTER: Final = regex(r"[^\W\d_]")
_COMMENT: Final = regex(r"<!--(.*?)-?-?>?\Z", re.DOTALL)
_BLANKS: Final = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be translated; without a role only a place where spans divide."""

    start: int
    end: int
    text: str = ""
    words: tuple[int, int] = (0, 0)
    """Where there is no text: the range from which the run's own rules make it."""

    role: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What there is to translate in a run."""

    start: int
    end: int
    """Without comments and their blanks at its ends."""

    has_text: bool = False
    pieces: Sequence[Piece] = ()
    notes: tuple[str, ...] = ()
    is_skipped: bool = False


def labels(run: Run) -> Iterator[str]:
    """The labels that links of the run refer to and that a translation must keep."""
    found = (
        inline.label
        for inline in run.inlines
        if inline.link in LABELLED
        and (inline.kind == "Link" or inline.link == "Collapsed")
        and run.start <= inline.start < run.end
    )
    return iter(dict.fromkeys(found))


def words_of(run: Run, source: bytes, *, path: str, line: int) -> Words:
    """
    The words of a run with links, images or tags.

    Raises SourceError for a directive that cannot stand in a line of text.
    """
    tags = [inline for inline in run.inlines if inline.kind == "InlineHtml"]
    start, end = run.start, run.end
    notes: tuple[str, ...] = ()
    if any(source.startswith(b"<!--", tag.start) for tag in tags):
        obeyed = list(_directives(tags, source, path, line))
        notes = tuple(one.text for one in obeyed if one.name == "note")
        if any(one.name == "skip" for one in obeyed):
            return Words(start, end, notes=notes, is_skipped=True)
        start, end = _trimmed(run, tags, source)
    if any(b"translate" in source[tag.start : tag.end] for tag in tags) and (
        not _is_translated(source[start:end].decode(), path)
    ):
        return Words(start, end, notes=notes, is_skipped=True)
    has_text = any(
        _LETTER.search(source[word["start"] : word["end"]].decode())
        for word in run.words
    )
    pieces = () if has_text else tuple(_pieces(run, source))
    return Words(start, end, has_text, pieces, notes)


def _directives(
    tags: list[Inline], source: bytes, path: str, line: int
) -> Iterator[directives.Directive]:
    for tag in tags:
        comment = _COMMENT.match(source[tag.start : tag.end].decode())
        found = comment and directives.read(comment[1], path=path, line=line)
        if not found:
            continue
        if found.name not in {"note", "skip"}:
            raise SourceError(
                f"`publish:{found.name}` stands within a line of text",
                path=path,
                line=line,
                hint="put it on a line of its own, with an empty line around it",
            )
        yield found


def _trimmed(run: Run, tags: list[Inline], source: bytes) -> tuple[int, int]:
    """The range of a run without comments at its ends."""
    start, end = run.start, run.end
    comments = [tag for tag in tags if source.startswith(b"<!--", tag.start)]
    for tag in comments:
        if tag.start == start:
            start = tag.end
            while start < end and source[start] in _BLANKS:
                start += 1
    for tag in reversed(comments):
        if tag.end == end and tag.start > start:
            end = tag.start
            while end > start and source[end - 1] in _BLANKS:
                end -= 1
    return (start, end) if start < end else (run.start, run.end)


def _is_translated(text: str, path: str) -> bool:
    """Whether anything is outside of tags that say `translate="no"`."""
    covered = cover(text)
    encoded = covered.encode()
    html = "".join(
        encoded[start:end].decode() if kind == "InlineHtml" else "x"
        for kind, start, end in events.inline(covered)
        if kind == "InlineHtml"
        or (kind == "Text" and _LETTER.search(encoded[start:end].decode()))
    )
    return any(
        piece.kind == "text" and number not in run.literal
        for run in Reader(path=path).runs(html, line=1)
        if run.is_translated
        for number, piece in enumerate(run.pieces)
    )


def _pieces(run: Run, source: bytes) -> Iterator[Piece]:
    """What people read of images, links and tags, by places."""
    found: list[Piece] = []
    for inline in run.inlines:
        if inline.kind == "InlineHtml":
            found += _attributes(inline, source, run.blocks.count("BlockQuote"))
        elif inline.kind == "Image":
            # In spans of its own, so that a mark can go around the image.
            found += [
                Piece(inline.start, inline.start),
                *_alt(inline),
                *_title(inline, source),
                Piece(inline.end, inline.end),
            ]
        else:
            found += _title(inline, source)
    if any(piece.role for piece in found):
        yield from sorted(found, key=lambda piece: piece.start)


def _alt(image: Inline) -> Iterator[Piece]:
    start, end = image.alt
    if start < 0:
        return
    place = "alt"
    if image.link in {"Shortcut", "Collapsed"}:
        place = f"alt\n{image.label}"
    if image.link == "Collapsed":
        # Up to the second pair of brackets, which has to name the label then.
        end = image.end - 1
    yield Piece(start, end, words=image.alt, role="alt", place=place)


def _title(inline: Inline, source: bytes) -> Iterator[Piece]:
    if not inline.title or inline.link != "Inline":
        return
    begin = max(inline.start, inline.alt[1])
    raw = cover(source[begin : inline.end].decode())
    if place := find(raw, "](", inline.title):
        start, end = (begin + len(raw[:stop].encode()) for stop in place)
        text = decoded(source[start:end].decode())
        role = "image title" if inline.kind == "Image" else "link title"
        yield Piece(start, end, text, role=role, place=role.replace(" ", "-"))


def _attributes(tag: Inline, source: bytes, quotes: int) -> Iterator[Piece]:
    raw = source[tag.start : tag.end].decode()
    texts = [cut.text for cut in _tag_cuts(folded(raw, quotes))]
    for cut, text in zip(_tag_cuts(raw), texts, strict=False):
        start, end = (
            tag.start + len(raw[:stop].encode()) for stop in (cut.start, cut.end)
        )
        yield Piece(start, end, text, role=cut.role, place=f"html\n{cut.place}")


def _tag_cuts(tag: str) -> Iterator[Cut]:
    for piece in tokens(tag):
        yield from attribute_cuts(tag, piece)
