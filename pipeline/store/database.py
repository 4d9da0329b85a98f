"""A SQLite file that can be made again: it is sound, or it is moved aside."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import BusyError, StoreError
from pipeline.store.files import shown

_OTHERS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file."""

_PATIENCE: Final = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; `warning` says what was wrong with its file, if anything."""

    connection: sqlite3.Connection
    name: str
    """The file as errors name it."""

    warning: str = ""

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection; its failures are StoreErrors."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise _failure(error, self.name) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction that is kept whole or not at all."""
        with self.reading() as connection:
            # A plain `begin` fails with several writers: it takes the lock too late.
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("rollback")
                raise
            connection.execute("commit")


def open_database(path: Path, *, root: Path, schema: str, version: int) -> Database:
    """
    The database of a file, made by `schema` if it is new or of another version.

    A damaged file is moved aside. Where the disk does not let it be written, it lives
    as long as the process. Raises BusyError if another process does not let go of it.
    """
    name = shown(path, root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return Database(_connected(path, schema, version), name)
        except sqlite3.OperationalError as error:
            if _is_locked(error):
                raise _failure(error, name) from error
            raise OSError(str(error)) from error
        except sqlite3.DatabaseError:
            _move_aside(path)
            warning = f"{name} was damaged: it was moved aside and made again"
            return Database(_connected(path, schema, version), name, warning)
    except OSError as error:
        reason = error.strerror or str(error)
        warning = f"{name} cannot be written ({reason}): nothing is remembered"
        return Database(_connected(None, schema, version), name, warning)


def _connected(path: Path | None, schema: str, version: int) -> sqlite3.Connection:
    """A sound database with its tables. Raises sqlite3.DatabaseError if it is not."""
    connection = sqlite3.connect(
        path or ":memory:",
        timeout=_PATIENCE,
        isolation_level=None,
    )
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        _require_sound(connection)
        connection.execute("begin immediate")
        (found,) = connection.execute("pragma user_version").fetchone()
        if found != version:
            _make_tables(connection, schema, version)
        connection.execute("commit")
    except BaseException:
        connection.close()
        raise
    return connection


def _require_sound(connection: sqlite3.Connection) -> None:
    (state,) = connection.execute("pragma quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)


def _make_tables(connection: sqlite3.Connection, schema: str, version: int) -> None:
    tables = connection.execute(
        "select name from sqlite_master"
        " where type = 'table' and name not like 'sqlite%'"
    ).fetchall()
    for (table,) in tables:
        quoted = str(table).replace('"', '""')
        connection.execute(f'drop table "{quoted}"')
    for statement in schema.split(";"):
        connection.execute(statement)
    connection.execute(f"pragma user_version = {version}")


def _move_aside(path: Path) -> None:
    path.replace(f"{path}.damaged")
    for other in _OTHERS:
        path.with_name(path.name + other).unlink(missing_ok=True)


def _failure(error: sqlite3.Error, name: str) -> StoreError:
    if _is_locked(error):
        return BusyError(
            "another process holds it",
            path=name,
            hint="wait for it to end, and try again",
        )
    return StoreError(
        f"the database failed: {error}",
        path=name,
        hint="free some space if the disk is full; the file can be deleted",
    )


def _is_locked(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorname", "")
    return code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
