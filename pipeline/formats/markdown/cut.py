"""Cutting: the parts of a Markdown text as segments, all else left alone."""

from functools import lru_cache
from typing import Final

from pipeline.formats.markdown import comments, events, parts
from pipeline.formats.markdown.blocks import HtmlBlocks
from pipeline.formats.markdown.fields import cover, hide
from pipeline.formats.markdown.inlines import labels, words_of
from pipeline.formats.markdown.runs import LABELLED, Literal, Part, Run, folded
from pipeline.formats.markdown.titles import decoded, find
from pipeline.late import regex
from pipeline.model.article import Span, Verbatim, new_segment

_ROLES: Final = {
    "TableCell": "table cell",
    "Item": "list item",
    "BlockQuote": "quote",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
    "FootnoteDefinition": "footnote",
}
_TITLE: Final = ("heading 1",)
_HASH: Final = ord("#")
_MARKUP: Final = regex(r"[\\`*_\[\]<>&~!{]")


def cut(body: str, *, path: str, line: int, title: str | None) -> tuple[Span, ...]:
    """
    The spans of a text without front matter.

    The first heading of level 1 at the top level is the title, unless `title`, that
    of the front matter, says something else. Raises SourceError.
    """
    covered = cover(body)
    found = parts.read(covered, path=path, line=line)
    definitions = _definitions(covered, found) if "]:" in covered else []
    cutter = _Cutter(body, path, line, title)
    cutter.take(found, definitions)
    return tuple(cutter.spans)


def to_plain(text: str) -> str:
    """A run of Markdown without its markup."""
    if not _MARKUP.search(text):
        return text
    hidden = hide(text)
    return hidden.restore(events.plain(hidden.text))


class _Cutter:
    """Puts spans one after the other, from parts in their order."""

    def __init__(self, body: str, path: str, line: int, title: str | None) -> None:
        self.spans: list[Span] = []
        self._source = body.encode()
        self._path = path
        self._title = title
        self._is_titled = False
        self._is_first = True
        self._end = 0
        self._line = line
        self._counted = 0
        self._html: HtmlBlocks | None = None
        self._notes: tuple[str, ...] = ()

    def take(self, found: list[Part], definitions: list[tuple[int, int]]) -> None:
        """All parts; `definitions` are the titles of link definitions by range."""
        for part in found:
            while definitions and definitions[0][0] < part.start:
                self._take_definition(*definitions.pop(0))
            if isinstance(part, Literal):
                self._take_literal(part)
                continue
            if self._html is not None and self._html.leaves_alone(part.start):
                self._html.skim(part, self._source, line=self._line_of(part.start))
            elif part.inlines:
                self._take_mixed(part)
            elif part.has_words:
                self._take_run(part)
            self._is_first = False
        for start, end in definitions:
            self._take_definition(start, end)
        if self._html is not None:
            self._html.finish()
        self._leave(len(self._source))

    def _take_run(self, run: Run) -> None:
        """A run of words as one segment."""
        start, end = run.start, run.end
        text = raw = self._source[start:end].decode()
        if run.breaks or "\n" in text or "\r" in text:
            text = self._text(run, start, end)
        role, place = _named(run.blocks)
        indent = ""
        if run.has_hard_break and place == "run":
            place, indent = "break", self._indent(run)
        elif place == "heading" and self._source[run.block["start"]] != _HASH:
            place = "underlined"
        if run.inlines:
            place = "\n".join([place, *labels(run)])
            text = self._apart(run, text) if "](<" in text else text
        if role == "heading 1" and not self._is_titled and self._is_title(run, text):
            # In spans of its own, so that a page can leave the whole heading out.
            self._is_titled = True
            self._leave(run.block["start"])
            self._put(start, end, raw, text, role="title", place=place)
            self._leave(run.block["end"])
        else:
            self._put(start, end, raw, text, role=role, place=place, indent=indent)

    def _is_title(self, run: Run, text: str) -> bool:
        if run.blocks != _TITLE:
            return False
        if self._title is None:
            return True
        return self._is_first and self._title in {text, to_plain(text)}

    def _take_mixed(self, run: Run) -> None:
        """A run with links, images or tags, or what of them is to be translated."""
        line = self._line_of(run.start)
        words = words_of(run, self._source, path=self._path, line=line)
        self._notes += words.notes
        if words.is_skipped or not (run.has_words or words.pieces):
            return
        run.start, run.end = words.start, words.end
        if words.has_text or not words.pieces:
            self._take_run(run)
            return
        for one in words.pieces:
            if not one.role:
                self._leave(one.start)
                continue
            text = one.text or self._text(run, *one.words)
            self._put_words(one.start, one.end, text, one.role, one.place)

    def _take_literal(self, part: Literal) -> None:
        if part.name == "CodeBlock":
            if self._html is not None and self._html.wants_comments(part.start):
                self._take_comments(part)
            return
        if self._html is None:
            self._html = HtmlBlocks(self._path)
        self._html.notes, self._notes = self._notes, ()
        line = self._line_of(part.start)
        for cut in self._html.cuts(part, self._source, line=line):
            # The description of a page is that of the front matter.
            role = "meta description" if cut.role == "description" else cut.role
            self._notes = cut.notes
            self._put_words(cut.start, cut.end, cut.text, role, f"html\n{cut.place}")
        self._notes = self._html.notes

    def _take_comments(self, part: Literal) -> None:
        places: list[int] = []
        texts: list[str] = []
        for start, end in part.lines:
            place = start
            for raw in self._source[start:end].splitlines(keepends=True):
                places.append(place)
                texts.append(raw.decode())
                place += len(raw)
        for one in comments.find(part.info, texts):
            begin = places[one.line] + len(texts[one.line][: one.start].encode())
            stop = places[one.last] + len(texts[one.last][: one.end].encode())
            self._put_words(begin, stop, one.text, "code comment", "comment")

    def _take_definition(self, start: int, end: int) -> None:
        if self._html is None or not self._html.leaves_alone(start):
            text = decoded(self._source[start:end].decode())
            self._put_words(start, end, text, "link title", "title")

    def _leave(self, end: int) -> None:
        """A span of its own for what comes before a place."""
        self.spans.append(_left(self._source[self._end : end].decode()))
        self._end = end

    def _line_of(self, start: int) -> int:
        self._line += self._source.count(b"\n", self._counted, start)
        self._counted = start
        return self._line

    def _put(
        self,
        start: int,
        end: int,
        raw: str,
        text: str,
        *,
        role: str,
        place: str,
        indent: str = "",
    ) -> None:
        """A segment, and what comes before it."""
        source = self._source
        self._line += source.count(b"\n", self._counted, start)
        self._counted = start
        self.spans.append(_left(source[self._end : start].decode()))
        self.spans.append(
            new_segment(raw, text, self._line, role, place, indent, self._notes, None)
        )
        self._end = end
        self._notes = ()

    def _put_words(
        self, start: int, end: int, text: str, role: str, place: str
    ) -> None:
        """A segment that is less than a run, or no run."""
        raw = self._source[start:end].decode()
        self._put(start, end, raw, text, role=role, place=place)

    def _indent(self, run: Run) -> str:
        """What comes before the words in a line below the first."""
        stop, resume, _ = run.breaks[0]
        gap = self._source[stop:resume].decode()
        return gap[max(gap.rfind("\n"), gap.rfind("\r")) + 1 :]

    def _text(self, run: Run, start: int, end: int) -> str:
        source = self._source
        quotes = run.blocks.count("BlockQuote")
        if not quotes and not run.has_hard_break and b"\r" not in source[start:end]:
            # Most texts: what ends a line and begins the next are blanks.
            lines = source[start:end].decode().split("\n")
            return " ".join([line.strip(" \t") for line in lines])
        words = []
        for stop, resume, is_hard in run.breaks:
            if not start <= stop < end:
                continue
            line = folded(source[start:stop].decode().rstrip(" \t"), quotes)
            # A backslash that stands for itself must not escape the tag.
            escape = "\\" if is_hard and _ends_open(line) else ""
            words += [line, escape, "<br>" if is_hard else " "]
            start = resume
        words.append(folded(source[start:end].decode(), quotes))
        return "".join(words)

    def _apart(self, run: Run, text: str) -> str:
        """
        The text of a run in which no tag becomes the target of a link.

        `[a](<b` and `c>)` are words and a tag in two lines, and a link in one.
        """
        quotes = run.blocks.count("BlockQuote")
        for inline in run.inlines:
            raw = self._source[inline.start : inline.end]
            if self._source.endswith(b"](", 0, inline.start) and b"\n" in raw:
                tag = folded(raw.decode(), quotes)
                text = text.replace(f"]({tag}", f"]\\({tag}")
        return text


def _ends_open(line: str) -> bool:
    """Whether the line ends with a backslash that is not escaped itself."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


# What is between two segments is nearly always the same few characters.
_left = lru_cache(maxsize=1024)(Verbatim)


@lru_cache(maxsize=1024)
def _named(blocks: tuple[str, ...]) -> tuple[str, str]:
    """The role of a run in these blocks, and the word for what `fit` must know."""
    role = next(filter(None, map(_ROLES.get, reversed(blocks))), "paragraph")
    innermost = blocks[-1]
    if innermost == "TableCell":
        return "table header" if "TableHead" in blocks else role, "cell"
    if innermost.startswith("heading"):
        return innermost, "heading"
    return role, "run"


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
