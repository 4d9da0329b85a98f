"""Cutting: the runs of a Markdown text as segments, all else left alone."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.formats.markdown import events
from pipeline.formats.markdown.events import Image, Run
from pipeline.formats.markdown.fields import cover, hide
from pipeline.model.article import Segment, Span, Verbatim

_ROLES: Final = {
    "TableCell": "table cell",
    "Item": "list item",
    "BlockQuote": "quote",
    "DefinitionListTitle": "term",
    "DefinitionListDefinition": "definition",
    "FootnoteDefinition": "footnote",
}
_NOTE: Final = re.compile(
    r"<!--\s*translators?:\s*(.*?)\s*-->\Z",
    re.DOTALL | re.IGNORECASE,
)
_NEAR: Final = 16
"""Characters between a note and its block, and the end of the note."""

_LOOK_BACK: Final = 2_000
"""Characters of a note to the translator, at most."""

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&~!{]")


def cut(body: str, *, path: str, line: int, title: str | None) -> tuple[Span, ...]:
    """
    The spans of a text without front matter.

    The first heading of level 1 at the top level is the title, unless `title`, that
    of the front matter, says something else. Raises SourceError.
    """
    covered = cover(body)
    runs = events.read(covered, path=path, line=line)
    return tuple(_Cutter(body, line, title).spans(runs))


def to_plain(text: str) -> str:
    """A run of Markdown without its markup."""
    if not _MARKUP.search(text):
        return text
    hidden = hide(text)
    return hidden.restore(events.plain(hidden.text))


class _Cutter:
    def __init__(self, body: str, line: int, title: str | None) -> None:
        self.source = body.encode()
        self.title = title
        self._is_titled = False
        self._end = 0
        self._line = line
        self._counted = 0

    def spans(self, runs: list[Run]) -> Iterator[Span]:
        for number, run in enumerate(runs):
            if run.has_text:
                if not self._is_titled and self._is_title(run, is_first=number == 0):
                    self._is_titled = True
                    yield from self._heading(run)
                else:
                    yield self._before(run.start)
                    yield self._segment(run, run.start, run.end, _role(run.blocks))
            else:
                for image in run.images:
                    yield from self._alt(run, image)
        yield self._before(len(self.source))

    def _is_title(self, run: Run, *, is_first: bool) -> bool:
        if run.blocks != ("heading 1",):
            return False
        if self.title is None:
            return True
        text = self._text(run, run.start, run.end)
        return is_first and self.title in {text, to_plain(text)}

    def _heading(self, run: Run) -> Iterator[Span]:
        # In spans of its own, so that a page can leave the whole heading out.
        start, end = run.block
        yield self._before(start)
        yield self._before(run.start)
        yield self._segment(run, run.start, run.end, "title")
        yield self._before(end)

    def _alt(self, run: Run, image: Image) -> Iterator[Span]:
        if image.alt_start < 0:
            return
        # In spans of its own, so that a mark can go around the image.
        yield self._before(image.start)
        yield self._before(image.alt_start)
        yield self._segment(run, image.alt_start, image.alt_end, "alt", image)
        yield self._before(image.end)

    def _before(self, start: int) -> Verbatim:
        raw = self.source[self._end : start].decode()
        self._end = start
        return Verbatim(raw)

    def _segment(
        self,
        run: Run,
        start: int,
        end: int,
        role: str,
        image: Image | None = None,
    ) -> Segment:
        self._line += self.source.count(b"\n", self._counted, start)
        self._counted = start
        raw = self.source[start:end].decode()
        breaks = [place for place in run.breaks if start <= place[0] < end]
        self._end = end
        return Segment(
            raw=raw,
            text=self._text(run, start, end),
            line=self._line,
            role=role,
            place=_place(run, image, breaks),
            indent=self._indent(breaks),
            notes=self._notes(start),
        )

    def _text(self, run: Run, start: int, end: int) -> str:
        fold = _folding(run.blocks.count("BlockQuote"))
        parts = []
        for stop, resume, is_hard in run.breaks:
            if not start <= stop < end:
                continue
            line = self.source[start:stop].decode().rstrip(" \t")
            parts += [fold.sub(" ", line), "<br>" if is_hard else " "]
            start = resume
        parts.append(fold.sub(" ", self.source[start:end].decode()))
        return "".join(parts)

    def _indent(self, breaks: list[tuple[int, int, bool]]) -> str:
        if not breaks:
            return ""
        stop, resume, _ = breaks[0]
        gap = self.source[stop:resume].decode()
        return gap[max(gap.rfind("\n"), gap.rfind("\r")) + 1 :]

    def _notes(self, start: int) -> tuple[str, ...]:
        line = self.source.rfind(b"\n", 0, start) + 1
        if not self.source[max(0, line - _NEAR) : line].rstrip().endswith(b"-->"):
            return ()
        before = self.source[max(0, line - _LOOK_BACK) : line].rstrip()
        opening = before.rfind(b"<!--")
        note = _NOTE.match(before[opening:].decode()) if opening >= 0 else None
        return (" ".join(note[1].split()),) if note else ()


def _role(blocks: tuple[str, ...]) -> str:
    for name in reversed(blocks):
        if name.startswith("heading"):
            return name
        if name == "TableCell" and "TableHead" in blocks:
            return "table header"
        if name in _ROLES:
            return _ROLES[name]
    return "paragraph"


def _place(run: Run, image: Image | None, breaks: list[tuple[int, int, bool]]) -> str:
    """What `fit` must know: a word for the syntax, and labels that must remain."""
    if image is not None:
        return f"alt\n{image.label}" if image.kind == "Shortcut" else "alt"
    kind = "break" if any(is_hard for *_, is_hard in breaks) else "run"
    if run.blocks[-1] == "TableCell":
        kind = "cell"
    elif run.blocks[-1].startswith("heading"):
        kind = "heading"
    return "\n".join([kind, *dict.fromkeys(run.labels)])


@cache
def _folding(quotes: int) -> re.Pattern[str]:
    """A line break within code, a tag or a link target, and the next line's prefix."""
    return re.compile(rf"(?<![ \t])[ \t]*+(?:\r\n?|\n)(?:[ \t]*>){{0,{quotes}}}[ \t]*")
