"""
The runs of an HTML text: what stands between two tags of blocks.

Elements that the standard closes without an end tag (`<p>`, `<li>`, cells) are closed
here too, so that a run knows the blocks around it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pipeline.errors import SourceError
from pipeline.formats import MAX_DEPTH
from pipeline.formats.html.tokens import BLOCKS, EMBEDDED, RAW, VOID, Piece

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

_FOREIGN: Final = frozenset({"math", "svg"})
_BARRIERS: Final = _CELLS | _TABLE | {"caption"}
"""Elements that only the end tag of a part of a table goes beyond."""

_TABLE_TAGS: Final = _BARRIERS | _ROWS | _GROUPS


@dataclass(frozen=True, slots=True)
class Block:
    """An open element, and whether its text is to be translated."""

    name: str
    is_translated: bool = True
    tag: Piece | None = None


@dataclass(slots=True)
class Run:
    """Pieces without a block's tag among them."""

    blocks: tuple[Block, ...]
    pieces: list[Piece]
    literal: set[int] = field(default_factory=set)
    """The indexes of pieces that are not to be translated."""

    closing: Piece | None = None
    """The tag that ends it, if that is the end tag of the innermost block."""

    @property
    def is_translated(self) -> bool:
        return all(block.is_translated for block in self.blocks[-1:])


def runs(pieces: Iterable[Piece], *, path: str, line: int, text: str) -> Iterator[Run]:
    """
    The runs in their order; a block's own start tag is a run by itself.

    Raises SourceError where elements are nested too deep.
    """
    reader = _Reader()
    for piece in pieces:
        yield from reader.take(piece)
        if reader.depth > MAX_DEPTH:
            raise SourceError(
                f"elements are nested over {MAX_DEPTH} levels deep",
                path=path,
                line=line + text.count("\n", 0, piece.start),
                hint="close elements that are open, and nest fewer",
            )
    yield from reader.flush()


class _Reader:
    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._run: list[Piece] = []
        self._literal: set[int] = set()
        self._inline: list[tuple[str, bool]] = []
        self._raw: list[str] = []
        """The names of the raw or embedded element that is open, one a level."""

    @property
    def depth(self) -> int:
        return len(self._blocks) + len(self._inline) + len(self._raw)

    def take(self, piece: Piece) -> Iterator[Run]:
        if self._raw:
            self._add_raw(piece)
        elif piece.kind in {"start", "end"} and piece.name in BLOCKS | RAW:
            if piece.kind == "start":
                yield from self._open(piece)
            else:
                yield from self._close(piece)
        else:
            self._add(piece)

    def flush(self, closing: Piece | None = None) -> Iterator[Run]:
        if self._run:
            yield Run(tuple(self._blocks), self._run, self._literal, closing)
        self._run, self._literal, self._inline = [], set(), []

    def _open(self, piece: Piece) -> Iterator[Run]:
        yield from self.flush()
        name = piece.name
        if name in RAW:
            self._raw = [name]
            self._add_literal(piece)
            return
        self._close_implied(name)
        above = self._blocks[-1].is_translated if self._blocks else True
        is_translated = _is_translated(piece, inherited=above)
        if name not in VOID:
            self._blocks.append(Block(name, is_translated, piece))
        # Its attributes may have to be translated.
        yield Run((Block(name, is_translated),), [piece])

    def _close_implied(self, name: str) -> None:
        blocks = self._blocks
        if blocks and blocks[-1].name == "p" and name not in _IN_PARAGRAPHS:
            blocks.pop()
        if name in _HEADINGS and blocks and blocks[-1].name in _HEADINGS:
            blocks.pop()
        closed, beyond = _CLOSES.get(name, (frozenset(), frozenset()))
        for depth in range(len(blocks) - 1, -1, -1):
            if blocks[depth].name in closed:
                del blocks[depth:]
                return
            if not closed or blocks[depth].name in beyond:
                return

    def _close(self, piece: Piece) -> Iterator[Run]:
        blocks = self._blocks
        is_innermost = bool(blocks) and blocks[-1].name == piece.name
        yield from self.flush(piece if is_innermost else None)
        for depth in range(len(blocks) - 1, -1, -1):
            if blocks[depth].name == piece.name:
                del blocks[depth:]
                return
            if blocks[depth].name in _BARRIERS and piece.name not in _TABLE_TAGS:
                return

    def _add(self, piece: Piece) -> None:
        name = piece.name
        is_literal = any(not is_translated for _, is_translated in self._inline)
        if piece.kind == "start" and name in EMBEDDED:
            self._raw = [] if piece.is_closed and name in _FOREIGN else [name]
            is_literal = True
        elif piece.kind == "start" and name not in VOID:
            above = not is_literal
            is_translated = _is_translated(piece, inherited=above)
            self._inline.append((name, is_translated))
        elif piece.kind == "end":
            names = [open_name for open_name, _ in self._inline]
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


def _is_translated(piece: Piece, *, inherited: bool) -> bool:
    for name, value in piece.attributes:
        if name == "translate":
            return value.strip().lower() != "no"
        if name == "class" and "notranslate" in value.split():
            return False
    return inherited
