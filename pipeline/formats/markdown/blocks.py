"""
Blocks of HTML in a Markdown text: their own words, and what they say of others.

An element that one block opens and a later one closes is around all that is between
them, as it is for a browser: `<div translate="no">` holds for the Markdown inside it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from pipeline.formats.markdown.runs import Literal, Run
from pipeline.hypertext.cut import Cut, Cutter
from pipeline.hypertext.runs import Reader


class HtmlBlocks:
    """The blocks of one text, read one after the other."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._cutter: Cutter | None = None
        self.notes: tuple[str, ...] = ()
        """Notes about a segment that has not come yet."""

        self._skipped = range(0)
        self._commented_at = -1

    def cuts(self, part: Literal, source: bytes, *, line: int) -> Iterator[Cut]:
        """What is to be translated of a block, by byte offsets. Raises SourceError."""
        is_skipped = part.start in self._skipped
        if self._cutter is None:
            self._cutter = Cutter(path=self._path)
        lines = [source[start:end].decode() for start, end in part.lines]
        self._cutter.notes = self.notes
        found = list(self._cutter.cuts("".join(lines), line=line))
        self.notes = self._cutter.notes
        self._look_ahead(part, self._cutter.reader)
        if is_skipped:
            return
        starts = list(accumulate(map(len, lines), initial=0))

        def offset(place: int) -> int:
            number = min(bisect_right(starts, place), len(lines)) - 1
            within = lines[number][: place - starts[number]]
            return part.lines[number][0] + len(within.encode())

        for cut in found:
            yield replace(cut, start=offset(cut.start), end=offset(cut.end))

    def leaves_alone(self, start: int) -> bool:
        """Whether something that is no HTML, and begins there, is not translated."""
        if start in self._skipped:
            return True
        if self._cutter is None:
            return False
        self._cutter.reader.interrupt()
        return not self._cutter.reader.is_translated

    def skim(self, run: Run, source: bytes, *, line: int) -> None:
        """The tags of a run that is left alone: one of them may end that."""
        for inline in run.inlines:
            if inline.kind == "InlineHtml" and self._cutter is not None:
                tag = source[inline.start : inline.end].decode()
                for _ in self._cutter.cuts(tag, line=line):
                    """Nothing of it is translated."""

    def wants_comments(self, start: int) -> bool:
        """Whether the comments of a block of code that begins there are translated."""
        return start == self._commented_at and not self.leaves_alone(start)

    def finish(self) -> None:
        """The text ends. Raises SourceError for what is not closed."""
        if self._cutter is not None:
            self._cutter.reader.finish()

    def _look_ahead(self, part: Literal, reader: Reader) -> None:
        """What the directives of a block say of the block after it."""
        if part.following_name == "HtmlBlock":
            # The reader knows best where its elements end.
            return
        is_within = part.start in self._skipped
        if reader.skips_next and part.following is not None and not is_within:
            self._skipped = range(*part.following)
        reader.skips_next = False
        if reader.comments_line:
            if part.following is None or part.following_name != "CodeBlock":
                reader.finish()
            else:
                self._commented_at = part.following[0]
            reader.comments_line = 0
