"""
The pieces of a build: what is made of things, written aside.

What would come out as it is already on the disk is left alone.
"""

from collections.abc import Callable, Container, Iterable
from functools import cached_property
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.store.dist import stage
from pipeline.store.files import read_bytes
from pipeline.store.ledger import ASIDE, Made, MadeFile, made_line, read_made
from pipeline.store.table import Table
from pipeline.workflow.batch import Batch
from pipeline.workflow.product import Piece
from pipeline.workflow.release import digest


@dataclass
class Pieces:
    """Those of one round of a build."""

    batch: Batch
    known: Table[str, Made]
    """What was made before, whether it is still there or not."""

    anew: Container[str] = ()
    """The names of what this build made in an earlier round."""

    def before(self, name: str) -> Made | None:
        """What was made of a thing before, if nobody has touched it since."""
        # Not kept: together they are a large part of what a build has in memory.
        made = self.known.read(name)
        if made is None or name in self.anew:
            return made
        stamps = self.batch.stamps
        is_there = all(stamps.get(file.path) == file.stamp for file in made.files)
        return made if is_there else None

    def kept_or(
        self,
        name: str,
        own: str,
        make: Callable[[], Iterable[tuple[str, bytes | bytearray]]],
        *,
        listed: tuple[tuple[str, bool], ...] = (),
    ) -> Piece:
        """What was made of a thing before, where that has this key; else it made."""
        before = self.before(name)
        if before is not None and before.own == own:
            return Piece()
        try:
            files = make()
        except StoreError as error:
            return Piece(error=error)
        return self.staged(Made(own, "", (), targets=listed), files)

    def again(
        self, name: str, own: str, files: Iterable[tuple[str, bytes | bytearray]]
    ) -> Piece:
        """What was made before, with these files of the site instead."""
        before, top = self.known[name], f"{self.batch.top}/site"
        data = ((f"{top}/{path}", each) for path, each in files)
        staged = read_made(self.staged(before, data).made)
        new = {file.path: file for file in staged.files}
        there = {file.path: file for file in before.files}
        files_now = tuple((there | new).values())
        return Piece(made_line(before._replace(own=own, files=files_now)))

    def data(self, path: str) -> bytes:
        """What the last build wrote for the site."""
        top = f"{self.batch.top}/site"
        return read_bytes(self._root / f"{top}/{path}", root=self._root)

    def staged(
        self, made: Made, files: Iterable[tuple[str, bytes | bytearray]]
    ) -> Piece:
        """These files, written aside."""
        written: list[MadeFile] = []
        stamps = self.batch.stamps
        for path, data in files:
            name = digest(data)
            stamp = stamps.get(path, (len(data), 0))
            # What came there since is seen when it is put in its place.
            if stage(self._root, path, data, digest=name, is_there=path in stamps):
                stamp = (len(data), ASIDE)
            written.append(MadeFile(path, *stamp, name))
        return Piece(made_line(made._replace(files=tuple(written))))

    @cached_property
    def _root(self) -> Path:
        return Path(self.batch.site.root)
