"""
SQLite files of two kinds: one that can be made again, and one that must last.

A damaged one is moved aside, never deleted. What SQLite says comes as a StoreError.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from pipeline.errors import BusyError, StoreError
from pipeline.late import dataclass
from pipeline.store.files import make_folder, shown

_OTHERS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file."""

_PATIENCE: Final = 30.0
"""Seconds to wait for another process that writes."""

_ROOM: Final = "pragma cache_size = -16384"
"""Kilobytes, so that the first filling does not write pages again and again."""

_ROOM_TO_SEARCH: Final = "pragma cache_size = -65536"
"""The same for what is searched at random places."""

_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_LOCKED: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")
_CAUSES: Final = {
    "SQLITE_FULL": "no space left on the disk",
    "SQLITE_IOERR": "the disk is full or reports an error",
    "SQLITE_READONLY": "it is write-protected",
    "SQLITE_CANTOPEN": "it cannot be opened",
}


@dataclass(frozen=True, slots=True)
class Database:
    """An open database; `warning` says what was wrong with its file, if anything."""

    connection: sqlite3.Connection
    name: str
    """The file as errors name it."""

    warning: str = ""
    can_be_deleted: bool = True

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection; its failures are StoreErrors."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise _failure(error, self.name, disposable=self.can_be_deleted) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction that is kept whole or not at all."""
        with self.reading() as connection:
            # A plain `begin` fails with several writers: it takes the lock too late.
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                _roll_back(connection)
                raise
            connection.execute("commit")


def open_database(path: Path, *, root: Path, schema: str, version: int) -> Database:
    """
    The database of a file that can be made again: by `schema` if it is new or of
    another version.

    A damaged file is moved aside. Where the disk does not let it be written, it lives
    as long as the process. Raises BusyError if another process does not let go of it.
    """
    name = shown(path, root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return Database(_connected(path, schema, version), name)
        except sqlite3.OperationalError as error:
            if _is(error, _LOCKED):
                raise _failure(error, name) from error
            raise OSError(str(error)) from error
        except sqlite3.DatabaseError:
            move_aside(path)
            warning = f"{name} was damaged: it was moved aside and made again"
            return Database(_connected(path, schema, version), name, warning)
    except OSError as error:
        reason = error.strerror or str(error)
        warning = f"{name} cannot be written ({reason}): nothing is remembered"
        return Database(_connected(None, schema, version), name, warning)


def open_lasting_database(
    path: Path, *, root: Path, schema: str, version: int
) -> Database:
    """
    The database of a file that must last: what is committed is on the disk.

    Nothing is ever dropped from it. Whether all of it is sound shows when it is read:
    see `is_damage`. Raises StoreError if it cannot be opened or is of another version.
    """
    name = shown(path, root)
    make_folder(path.parent, root=root)
    try:
        connection = _opened(path, synchronous="full")
        try:
            connection.execute(_ROOM)
            found = _version(connection) or _made_once(connection, schema, version)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise _failure(error, name, disposable=False) from error
    if found != version:
        connection.close()
        raise StoreError(
            f"was written by another version of this program ({found})",
            path=name,
            hint="use that version, or a newer one; the file is left alone",
        )
    return Database(connection, name, can_be_deleted=False)


def is_damage(error: StoreError) -> bool:
    """Whether it says that the file is no sound database."""
    return isinstance(error.__cause__, sqlite3.Error) and _is(error.__cause__, _DAMAGED)


def move_aside(path: Path) -> Path:
    """
    Give a database and what belongs to it another name; the name. Raises OSError.

    It must not be open. What was committed last may lie beside the file, so that goes
    first: a file without it would be taken for whole.
    """
    aside = path.with_name(f"{path.name}.damaged")
    number = 1
    while any(aside.with_name(aside.name + other).exists() for other in ("", *_OTHERS)):
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    for other in _OTHERS:
        beside = path.with_name(path.name + other)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + other))
    path.rename(aside)
    return aside


def _opened(path: Path | None, *, synchronous: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path or ":memory:",
        timeout=_PATIENCE,
        # Threads that share one take turns, see `store/bought.py`.
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute(f"pragma synchronous = {synchronous}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path | None, schema: str, version: int) -> sqlite3.Connection:
    """A sound database with its tables. Raises sqlite3.DatabaseError if it is not."""
    connection = _opened(path, synchronous="normal")
    try:
        _require_sound(connection)
        connection.execute("begin immediate")
        if _version(connection) != version:
            _make_tables(connection, schema, version)
        connection.execute("commit")
        connection.execute(_ROOM_TO_SEARCH)
    except BaseException:
        connection.close()
        raise
    return connection


def _made_once(connection: sqlite3.Connection, schema: str, version: int) -> int:
    """The version of a new database, which another process may have made just now."""
    connection.execute("begin immediate")
    found = _version(connection)
    if found == 0:
        _make_tables(connection, schema, version)
    connection.execute("commit")
    return found or version


def _version(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("pragma user_version").fetchone()
    return int(found)


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


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(sqlite3.Error):  # the first failure is the one to tell
            connection.execute("rollback")


def _failure(error: sqlite3.Error, name: str, *, disposable: bool = True) -> StoreError:
    if _is(error, _LOCKED):
        return BusyError(
            "another process holds it",
            path=name,
            hint="wait for it to end, and try again",
        )
    causes = (cause for start, cause in _CAUSES.items() if _is(error, (start,)))
    hint = "the file can be deleted" if disposable else "see that it can be written"
    if _is(error, ("SQLITE_FULL", "SQLITE_IOERR")):
        hint = "free some space"
    return StoreError(
        f"the database failed: {next(causes, str(error))}", path=name, hint=hint
    )


def _is(error: sqlite3.Error, starts: tuple[str, ...]) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith(starts)
