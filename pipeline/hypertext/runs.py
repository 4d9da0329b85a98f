"""
The runs of an HTML text: what stands between two tags of blocks.

Elements that the standard closes without an end tag (`<p>`, `<li>`, cells) are closed
here too, so that a run knows the blocks around it. What `translate="no"` and the
directives of comments say of a piece is settled here.
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from pipeline import directives
from pipeline.errors import SourceError
from pipeline.hypertext.tokens import BLOCKS, EMBEDDED, RAW, VOID, Piece, tokens
from pipeline.late import dataclass

MAX_DEPTH: Final = 100
"""Elements within one another; more is refused."""

_HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_IN_PARAGRAPHS: Final = frozenset("base body col head html link meta".split())
"""Blocks whose tag does not end a paragraph."""

_LISTS: Final = frozenset("dir menu ol ul".split())
_CELLS: Final = frozenset({"td", "th"})
_TERMS: Final = frozenset({"dt", "dd"})
_ROWS: Final = frozenset({"tr"})
_GROUPS: Final = frozenset("tbody tfoot thead".split())
_TABLE: Final = frozenset({"table"})
_CLOSES: Final = {
    "li": (frozenset({"li"}), _LISTS),
    **dict.fromkeys(_TERMS, (_TERMS, frozenset({"dl"}))),
    **dict.fromkeys(_CELLS, (_CELLS, _ROWS | _TABLE)),
    "tr": (_ROWS, _GROUPS | _TABLE),
    **dict.fromkeys(_GROUPS, (_GROUPS, _TABLE)),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
"""What a start tag closes, and the elements beyond which it does not look."""

_DIVIDING: Final = BLOCKS | RAW
_FOREIGN: Final = frozenset({"math", "svg"})
_BARRIERS: Final = _CELLS | _TABLE | {"caption"}
"""Elements that only the end tag of a part of a table goes beyond."""

_TABLE_TAGS: Final = _BARRIERS | _ROWS | _GROUPS
_BLANKS: Final = " \t\r\n\f"


@dataclass(frozen=True, slots=True)
class Block:
    """An open element, and whether its text is to be translated."""

    name: str
    is_translated: bool = True
    is_skipped: bool = False
    """Whether a directive leaves it out, whatever its attributes say."""

    tag: Piece | None = None


_NO_BLOCK: Final = Block("")


@dataclass(frozen=True, slots=True)
class _Inline:
    name: str
    is_translated: bool
    depth: int
    """How many blocks were open around it."""


@dataclass(slots=True)
class Run:
    """Pieces without a block's tag among them."""

    blocks: tuple[Block, ...]
    pieces: list[Piece]
    literal: set[int] = field(default_factory=set)
    """The indexes of pieces that are not to be translated."""

    notes: list[tuple[int, str]] = field(default_factory=list)
    """Notes to the translator, with the index of the comment that each was."""

    closing: Piece | None = None
    """The tag that ends it, if that is the end tag of the innermost block."""

    @property
    def is_translated(self) -> bool:
        return all(block.is_translated for block in self.blocks[-1:])


class Reader:
    """
    Reads the texts of one document one after the other; what is open stays open.

    Its methods raise SourceError: for elements that are nested too deep, for a tag that
    takes others for its value, and for directives that are unknown or have no other
    half.
    """

    def __init__(self, *, path: str) -> None:
        self.skips_next = False
        """Whether a directive leaves out a block that has not begun yet."""

        self.comments_line = 0
        """The line of a directive about a code block that has not begun yet."""

        self._path = path
        self._skip_line = 0
        self._blocks: list[Block] = []
        self._run: list[Piece] = []
        self._literal: set[int] = set()
        self._notes: list[tuple[int, str]] = []
        self._inline: list[_Inline] = []
        self._raw: list[str] = []
        """The names of the raw or embedded element that is open, one a level."""

        self._skips_run = False

    @property
    def is_translated(self) -> bool:
        """Whether what comes next is to be translated, as far as it is known."""
        return not (self._raw or self._skip_line) and self._above()[0]

    def runs(self, text: str, *, line: int) -> Iterator[Run]:
        """The runs in their order; a block's own start tag is a run by itself."""
        counted = 0
        for piece in tokens(text):
            line += text.count("\n", counted, piece.start)
            counted = piece.start
            if piece.kind == "comment" and not self._raw:
                self._obey(piece, line)
            if piece.attributes and _runs_on(piece):
                raise SourceError(
                    f"a quotation mark is missing in the tag <{piece.name}>, which "
                    "hides what follows",
                    path=self._path,
                    line=line,
                    hint="close the attribute's value with the mark that opens it",
                )
            yield from self._take(piece)
            if len(self._blocks) + len(self._inline) + len(self._raw) > MAX_DEPTH:
                raise SourceError(
                    f"elements are nested over {MAX_DEPTH} levels deep",
                    path=self._path,
                    line=line,
                    hint="close elements that are open, and nest fewer",
                )
        yield from self._flush()

    def interrupt(self) -> None:
        """A block of another kind begins: it ends a paragraph."""
        if self._blocks and self._blocks[-1].name == "p":
            self._cut_back(len(self._blocks) - 1)

    def finish(self) -> None:
        """The document ends."""
        if self.comments_line:
            raise SourceError(
                "`publish:comments` does not stand above a code block",
                path=self._path,
                line=self.comments_line,
                hint="put it above a fenced code block of a Markdown text",
            )
        if self._skip_line:
            raise SourceError(
                "`publish:skip-start` has no `publish:skip-end`",
                path=self._path,
                line=self._skip_line,
                hint="write <!-- publish:skip-end --> where translation goes on",
            )

    def _obey(self, piece: Piece, line: int) -> None:
        directive = directives.read(piece.data, path=self._path, line=line)
        if directive is None:
            return
        if directive.name == "note":
            self._notes.append((len(self._run), directive.text))
        elif directive.name == "skip":
            self.skips_next = True
        elif directive.name == "comments":
            self.comments_line = line
        elif (directive.name == "skip-start") == bool(self._skip_line):
            other = "skip-end" if self._skip_line else "skip-start"
            raise SourceError(
                f"`publish:{directive.name}` comes without `publish:{other}` before it",
                path=self._path,
                line=line,
                hint="let the two take turns",
            )
        else:
            self._skip_line = 0 if self._skip_line else line

    def _take(self, piece: Piece) -> Iterator[Run]:
        if self._raw:
            is_block = self._raw[0] in RAW
            self._add_raw(piece)
            if is_block and not self._raw:
                yield from self._flush()
        elif piece.kind in {"start", "end"} and piece.name in _DIVIDING:
            if piece.kind == "start":
                yield from self._open(piece)
            else:
                yield from self._close(piece)
        else:
            self._add(piece)

    def _flush(self, closing: Piece | None = None) -> Iterator[Run]:
        if self._run:
            yield Run(
                tuple(self._blocks), self._run, self._literal, self._notes, closing
            )
        self._run, self._literal, self._notes = [], set(), []
        self._skips_run = False
        # Only what is not to be translated goes across blocks.
        self._inline = [one for one in self._inline if not one.is_translated]

    def _above(self) -> tuple[bool, bool]:
        """Whether what is open is translated, and whether it is skipped."""
        block = self._blocks[-1] if self._blocks else _NO_BLOCK
        is_translated = block.is_translated and all(
            one.is_translated for one in self._inline
        )
        return is_translated, block.is_skipped or bool(self._skip_line)

    def _open(self, piece: Piece) -> Iterator[Run]:
        yield from self._flush()
        name = piece.name
        is_skipped, self.skips_next = self.skips_next, False
        if name in RAW:
            self._raw = [name]
            self._add_literal(piece)
            return
        self._close_implied(name)
        above, is_above_skipped = self._above()
        is_skipped |= bool(self._blocks) and self._blocks[-1].is_skipped
        is_open = not is_skipped and is_translated(piece, inherited=above)
        block = Block(name, is_open, is_skipped, piece)
        if name not in VOID:
            self._blocks.append(block)
        # Its attributes may have to be translated.
        yield Run((block,), [piece], {0} if is_above_skipped else set())

    def _close_implied(self, name: str) -> None:
        blocks = self._blocks
        if name not in _IN_PARAGRAPHS:
            self.interrupt()
        if name in _HEADINGS and blocks and blocks[-1].name in _HEADINGS:
            self._cut_back(len(blocks) - 1)
        closed, beyond = _CLOSES.get(name, (frozenset(), frozenset()))
        for depth in range(len(blocks) - 1, -1, -1):
            if blocks[depth].name in closed:
                self._cut_back(depth)
                return
            if not closed or blocks[depth].name in beyond:
                return

    def _close(self, piece: Piece) -> Iterator[Run]:
        blocks = self._blocks
        is_innermost = bool(blocks) and blocks[-1].name == piece.name
        self.skips_next = False
        yield from self._flush(piece if is_innermost else None)
        for depth in range(len(blocks) - 1, -1, -1):
            if blocks[depth].name == piece.name:
                self._cut_back(depth)
                return
            if blocks[depth].name in _BARRIERS and piece.name not in _TABLE_TAGS:
                return

    def _cut_back(self, depth: int) -> None:
        del self._blocks[depth:]
        self._inline = [one for one in self._inline if one.depth <= depth]

    def _add(self, piece: Piece) -> None:
        name = piece.name
        if self.skips_next and _is_content(piece):
            self.skips_next, self._skips_run = False, True
        above, is_skipped = self._above()
        is_skipped |= self._skips_run
        is_literal = is_skipped or not above
        if piece.kind == "start" and name in EMBEDDED:
            self._raw = [] if piece.is_closed and name in _FOREIGN else [name]
            is_literal = True
        elif piece.kind == "start" and name not in VOID:
            is_open = not is_skipped and is_translated(piece, inherited=above)
            self._inline.append(_Inline(name, is_open, len(self._blocks)))
        elif piece.kind == "end":
            names = [one.name for one in self._inline]
            if name in names:
                del self._inline[len(names) - 1 - names[::-1].index(name) :]
        if is_literal:
            self._literal.add(len(self._run))
        self._run.append(piece)

    def _add_raw(self, piece: Piece) -> None:
        self._add_literal(piece)
        if piece.kind == "start" and piece.name == self._raw[0]:
            self._raw.append(piece.name)
        elif piece.kind == "end" and piece.name == self._raw[0]:
            self._raw.pop()

    def _add_literal(self, piece: Piece) -> None:
        self._literal.add(len(self._run))
        self._run.append(piece)


def _runs_on(piece: Piece) -> bool:
    """
    Whether a value goes on to the next tag's quotation mark, and hides what is between.

    Then markup stands in the value, and a quotation mark in what is left over: browsers
    take that for the name of an attribute (HTML standard, 13.2.5.33), people never do.
    """
    return any("<" in value for _, value in piece.attributes) and any(
        '"' in name or "'" in name for name, _ in piece.attributes
    )


def _is_content(piece: Piece) -> bool:
    if piece.kind == "text":
        return bool(piece.data.strip(_BLANKS))
    return piece.kind in {"reference", "start"}


def is_translated(piece: Piece, *, inherited: bool = True) -> bool:
    """Whether a start tag leaves its element to be translated."""
    for name, value in piece.attributes:
        if name == "translate":
            return value.strip().lower() != "no"
        if name == "class" and "notranslate" in value.split():
            return False
    return inherited
