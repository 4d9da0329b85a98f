"""
What engines were paid for, by their masked texts, so that nothing is bought twice.

`.publish/bought.sqlite` has each answer from the moment it arrives, before anybody has
looked at it: whatever ends the program then, the answer is there at the next run. It
can be deleted, and then costs what is in it.
"""

import threading
from pathlib import Path
from typing import Final, Self

from pipeline.model.purchase import Kept, Label
from pipeline.store.database import Database, open_database

FILE: Final = ".publish/bought.sqlite"
_VERSION: Final = 1
_SCHEMA: Final = """
    create table bought (
        origin text, source text, target text, text text,
        answer text not null,
        dialect text not null,
        primary key (origin, source, target, text)
    ) without rowid
"""
_WHERE: Final = "where origin = ? and source = ? and target = ? and text = ?"


class Bought:
    """The open file; any thread may use it, and `warning` says what was wrong."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self.warning = database.warning

    @classmethod
    def open(cls, root: Path) -> Self:
        """
        What the engines of a site were paid for.

        Where the disk does not let it be written, it lives as long as the process.
        Raises BusyError if another process does not let go of it.
        """
        path = root / FILE
        return cls(open_database(path, root=root, schema=_SCHEMA, version=_VERSION))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._database.connection.close()

    def find(self, label: Label) -> Kept | None:
        """The answer to a text, if one ever came and was not refused. StoreError."""
        with self._turn, self._database.reading() as connection:
            row = connection.execute(
                f"select answer, dialect from bought {_WHERE}",  # noqa: S608 - a constant
                _values(label),
            ).fetchone()
        if row is None:
            return None
        return Kept(str(row[0]), str(row[1]))

    def arrived(self, label: Label, answer: str, dialect: str) -> None:
        """Keep an answer as it came; nobody has looked at it yet. StoreError."""
        self._write(label, answer, dialect)

    def keep(self, label: Label, answer: str) -> None:
        """Keep an answer that was found good, with its tokens. StoreError."""
        self._write(label, answer, "")

    def drop(self, label: Label) -> None:
        """Forget an answer that was refused: it is worth another try. StoreError."""
        with self._turn, self._database.writing() as connection:
            connection.execute(
                f"delete from bought {_WHERE}",  # noqa: S608 - a constant
                _values(label),
            )

    def _write(self, label: Label, answer: str, dialect: str) -> None:
        with self._turn, self._database.writing() as connection:
            connection.execute(
                "insert or replace into bought values (?, ?, ?, ?, ?, ?)",
                (*_values(label), answer, dialect),
            )


def _values(label: Label) -> tuple[str, str, str, str]:
    return label.origin, label.source, label.target, label.text
