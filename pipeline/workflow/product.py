"""What a build makes of things, and how it comes to its place."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import chain
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.render.library import Listed
from pipeline.store.dist import place
from pipeline.store.ledger import ASIDE, Made, MadeFile, Order, files_in, made_line
from pipeline.store.stamps import Stamp
from pipeline.store.table import Table


@dataclass(frozen=True, slots=True)
class Product:
    """The files of a build, not yet in their places, and what could not be made."""

    made: Table[str, Made]
    """By the name of what they were made of: lines, for there may be very many."""

    anew: tuple[str, ...]
    """The names of what was made by this build, and is to be placed."""

    faces: str
    errors: tuple[PublishError, ...] = ()
    notes: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    order: Order | None = None
    """How all of it stands; None where something could not be made."""

    failed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why an article in a locale could not be rendered."""

    written: tuple[str, ...] = ()
    """Which files were others before, by path below the root, where all are placed."""

    def files(self) -> Iterator[MadeFile]:
        """Every file of the set."""
        lines = self.made.lines(made_line)
        return chain.from_iterable(files_in(line) for _, line in lines)

    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file of the set that is in its place."""
        return {file.path: file.stamp for file in self.files()}

    def settle(self, root: Path) -> "Product":
        """Put every file in its place. Raises StoreError."""
        written: list[str] = []
        lines: dict[str, str] = {}
        for name, made in self.made.among(self.anew).each():
            files = tuple(_placed(root, file, written) for file in made.files)
            lines[name] = made_line(made._replace(files=files))
        settled = self.made.with_lines(lines)
        return replace(self, made=settled, anew=(), written=tuple(sorted(written)))


def _placed(root: Path, file: MadeFile, written: list[str]) -> MadeFile:
    """A file in its place; its path is added to those that are `written` by that."""
    if file.mtime != ASIDE:
        return file
    (size, mtime), is_new = place(root, file.path, digest=file.digest)
    if is_new:
        written.append(file.path)
    return file._replace(size=size, mtime=mtime)


@dataclass(frozen=True, slots=True)
class Piece:
    """What was made of one thing, small enough to come back from a worker."""

    made: str = ""
    """As a line of the ledger; empty: what was made before still holds."""

    error: PublishError | None = None
