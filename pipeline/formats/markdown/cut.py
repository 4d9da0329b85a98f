"""Cutting: the parts of a Markdown text as segments, all else left alone."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from pipeline.formats.markdown import comments, events, parts
from pipeline.formats.markdown.blocks import HtmlBlocks
from pipeline.formats.markdown.fields import cover, hide
from pipeline.formats.markdown.inlines import Words, labels, words_of
from pipeline.formats.markdown.parts import LABELLED, Literal, Part, Run
from pipeline.formats.markdown.titles import decoded, find
from pipeline.model.article import Segment, Span, Verbatim

_ROLES: Final = {
    "TableCell": "table cell",
    "Item": "list item",
    "BlockQuote": "quote",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
    "FootnoteDefinition": "footnote",
}
_TITLE: Final = ("heading 1",)
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&~!{]")


def cut(body: str, *, path: str, line: int, title: str | None) -> tuple[Span, ...]:
    """
    The spans of a text without front matter.

    The first heading of level 1 at the top level is the title, unless `title`, that
    of the front matter, says something else. Raises SourceError.
    """
    covered = cover(body)
    found = parts.read(covered, path=path, line=line)
    definitions = _definitions(covered, found) if "]:" in covered else []
    return tuple(_Cutter(body, path, line, title).spans(found, definitions))


def to_plain(text: str) -> str:
    """A run of Markdown without its markup."""
    if not _MARKUP.search(text):
        return text
    hidden = hide(text)
    return hidden.restore(events.plain(hidden.text))


class _Cutter:
    def __init__(self, body: str, path: str, line: int, title: str | None) -> None:
        self._source = body.encode()
        self._path = path
        self._title = title
        self._is_titled = False
        self._end = 0
        self._line = line
        self._counted = 0
        self._html = HtmlBlocks(path)

    def spans(
        self, found: list[Part], definitions: list[tuple[int, int]]
    ) -> Iterator[Span]:
        is_first = True
        for part in found:
            while definitions and definitions[0][0] < part.start:
                yield from self._definition(*definitions.pop(0))
            if isinstance(part, Literal):
                yield from self._literal(part)
                continue
            if not self._html.leaves_alone(part.start):
                if part.inlines:
                    yield from self._mixed(part, is_first=is_first)
                elif part.words or part.has_code:
                    yield from self._run(part, is_first=is_first)
            is_first = False
        for start, end in definitions:
            yield from self._definition(start, end)
        self._html.finish()
        yield self._before(len(self._source))

    def _run(self, run: Run, *, is_first: bool) -> Iterator[Span]:
        """A run of words as one segment."""
        start, end = run.start, run.end
        raw = self._source[start:end].decode()
        text = self._text(run, start, end) if run.breaks or "\n" in raw else raw
        role = _role(run.blocks)
        is_title = (
            run.blocks == _TITLE
            and not self._is_titled
            and self._is_title(text, is_first=is_first)
        )
        if is_title:
            # In spans of its own, so that a page can leave the whole heading out.
            self._is_titled = True
            role = "title"
            yield self._before(run.block[0])
        yield self._before(start)
        yield self._segment(start, end, text, role, _place(run), run)
        if is_title:
            yield self._before(run.block[1])

    def _is_title(self, text: str, *, is_first: bool) -> bool:
        if self._title is None:
            return True
        return is_first and self._title in {text, to_plain(text)}

    def _mixed(self, run: Run, *, is_first: bool) -> Iterator[Span]:
        """A run with links, images or tags, or what of them is to be translated."""
        line = self._line_of(run.start)
        words = words_of(run, self._source, path=self._path, line=line)
        self._html.add_notes(words.notes)
        if words.is_skipped:
            return
        run.start, run.end = words.start, words.end
        if words.has_text:
            yield from self._run(run, is_first=is_first)
        elif words.cuts:
            yield from self._pieces(run, words)
        elif run.words or run.has_code:
            yield from self._run(run, is_first=is_first)

    def _pieces(self, run: Run, words: Words) -> Iterator[Span]:
        for one in words.cuts:
            yield self._before(one.start)
            if one.role:
                text = one.text
                if one.role == "alt" and not text:
                    text = self._text(run, one.start, one.end)
                yield self._segment(one.start, one.end, text, one.role, one.place, run)

    def _literal(self, part: Literal) -> Iterator[Span]:
        lines = part.lines
        if part.name == "CodeBlock":
            if not self._html.wants_comments(part.start):
                return
            texts = [self._source[slice(*line)].decode() for line in lines]
            for one in comments.find(part.info, texts):
                start = lines[one.line][0] + len(texts[one.line][: one.start].encode())
                end = lines[one.last][0] + len(texts[one.last][: one.end].encode())
                yield self._before(start)
                yield self._segment(start, end, one.text, "code comment", "comment")
            return
        line = self._line_of(part.start)
        for cut in self._html.cuts(part, self._source, line=line):
            yield self._before(cut.start)
            # The description of a page is that of the front matter.
            role = "meta description" if cut.role == "description" else cut.role
            yield self._segment(
                cut.start, cut.end, cut.text, role, f"html\n{cut.place}", notes=cut.notes
            )

    def _definition(self, start: int, end: int) -> Iterator[Span]:
        if self._html.leaves_alone(start):
            return
        yield self._before(start)
        text = decoded(self._source[start:end].decode())
        yield self._segment(start, end, text, "link title", "title")

    def _before(self, start: int) -> Verbatim:
        raw = self._source[self._end : start].decode()
        self._end = start
        return Verbatim(raw)

    def _line_of(self, start: int) -> int:
        self._line += self._source.count(b"\n", self._counted, start)
        self._counted = start
        return self._line

    def _segment(
        self,
        start: int,
        end: int,
        text: str,
        role: str,
        place: str,
        run: Run | None = None,
        notes: tuple[str, ...] = (),
    ) -> Segment:
        self._line += self._source.count(b"\n", self._counted, start)
        self._counted = start
        self._end = end
        indent = self._indent(run) if run is not None and run.breaks else ""
        raw = self._source[start:end].decode()
        notes = notes or self._html.take_notes()
        return Segment(raw, text, self._line, role, place, indent, notes)

    def _text(self, run: Run, start: int, end: int) -> str:
        fold = _folding(run.blocks.count("BlockQuote"))
        words = []
        for stop, resume, is_hard in run.breaks:
            if not start <= stop < end:
                continue
            line = self._source[start:stop].decode().rstrip(" \t")
            words += [_folded(line, fold), "<br>" if is_hard else " "]
            start = resume
        words.append(_folded(self._source[start:end].decode(), fold))
        return "".join(words)

    def _indent(self, run: Run) -> str:
        stop, resume, _ = run.breaks[0]
        gap = self._source[stop:resume].decode()
        return gap[max(gap.rfind("\n"), gap.rfind("\r")) + 1 :]


@lru_cache(maxsize=1024)
def _role(blocks: tuple[str, ...]) -> str:
    for name in reversed(blocks):
        if name.startswith("heading"):
            return name
        if name == "TableCell" and "TableHead" in blocks:
            return "table header"
        if name in _ROLES:
            return _ROLES[name]
    return "paragraph"


def _place(run: Run) -> str:
    """What `fit` must know: a word for the syntax, and labels that must remain."""
    kind = "run"
    innermost = run.blocks[-1]
    if innermost == "TableCell":
        kind = "cell"
    elif innermost.startswith("heading"):
        kind = "heading"
    elif run.breaks and any(is_hard for *_, is_hard in run.breaks):
        kind = "break"
    return "\n".join([kind, *labels(run)]) if run.inlines else kind


def _definitions(text: str, found: list[Part]) -> list[tuple[int, int]]:
    """Where the titles of definitions stand that some link or image refers to."""
    used = {
        events.folded(inline.label)
        for part in found
        if isinstance(part, Run)
        for inline in part.inlines
        if inline.link in LABELLED and inline.title
    }
    if not used:
        return []
    source = text.encode()
    places = []
    for label, title, start, end in events.titled_definitions(text):
        if events.folded(label) not in used:
            continue
        raw = source[start:end].decode()
        if place := find(raw, "]:", title):
            first, last = (start + len(raw[:stop].encode()) for stop in place)
            places.append((first, last))
    return sorted(places)


def _folded(line: str, fold: re.Pattern[str]) -> str:
    return fold.sub(" ", line) if "\n" in line or "\r" in line else line


@cache
def _folding(quotes: int) -> re.Pattern[str]:
    """A line break within code, a tag or a link target, and the next line's prefix."""
    return re.compile(rf"(?<![ \t])[ \t]*+(?:\r\n?|\n)(?:[ \t]*>){{0,{quotes}}}[ \t]*")
