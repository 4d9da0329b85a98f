"""
The journal: every translation that was ever read from a catalog, or written to one.

`.publish/journal.sqlite` is the one file in `.publish/` that must not be deleted. Where
two programs saved one catalog over the other, it alone has the words of both, and
`publish recover` gives them back. What goes into it is on the disk before the catalog
that holds it is replaced. A damaged journal is moved aside and stays.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final, Self, TypeAlias, TypeVar

from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.po.limits import MAX_BYTES
from pipeline.po.parse import decode, parse
from pipeline.store.database import (
    Database,
    is_damage,
    move_aside,
    open_lasting_database,
)
from pipeline.store.drafted import Draft, Drafted, find_draft, note_drafts, read_drafts
from pipeline.store.files import read_bytes, shown
from pipeline.store.stamps import RACY, Stamp, stamp_trees
from pipeline.store.wholes import (
    forget_whole,
    has_wholes,
    keep_whole,
    make_wholes,
    wholes,
)

FILE: Final = ".publish/journal.sqlite"
_VERSION: Final = 1
_SCHEMA: Final = """
    create table texts (
        id integer primary key,
        digest blob not null unique,
        locale text not null,
        domain text not null,
        msgctxt text,
        msgid text not null,
        msgid_plural text,
        msgstrs text not null,
        state text not null,
        seen text not null default (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
        how text not null
    );
    create table contents (digest blob primary key) without rowid;
    create table files (
        path text primary key, size integer, mtime integer, checked integer
    ) without rowid
"""
_BY_DOMAIN: Final = (
    "create index if not exists texts_by_domain on texts (locale, domain)"
)
_INSERT: Final = """
    insert into texts
    (digest, locale, domain, msgctxt, msgid, msgid_plural, msgstrs, state, how)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
"""
_INSERT_AS_SEEN: Final = """
    insert into texts
    (digest, locale, domain, msgctxt, msgid, msgid_plural, msgstrs, state, how, seen)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
"""

R = TypeVar("R")
_Row: TypeAlias = tuple[bytes, str, str, str | None, str, str | None, str, str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A translation that an entry had at some time."""

    domain: str
    msgctxt: str | None
    msgid: str
    msgid_plural: str | None
    msgstrs: tuple[str, ...]
    state: str
    """`translated` or `fuzzy`."""

    seen: str
    """When it was seen first, in UTC, as ISO 8601 writes it."""

    how: str
    """As in `read by check` or `written by pretranslate`."""


@dataclass(frozen=True, slots=True)
class Version:
    """A catalog, and the bytes that it was read from or will be read from."""

    data: bytes
    catalog: Catalog


class Journal:
    """
    The journal of a site in the hands of one command.

    Its file is opened when something has to be looked up, and not before. `warning`
    says what was wrong with it, if anything was.
    """

    def __init__(self, root: Path, command: str = "") -> None:
        self.warning = ""
        self._root = root
        self._by = f" by {command}" if command else ""
        self._database: Database | None = None
        self._met: set[bytes] = set()
        """Contents whose texts are all known, to be noted with the next ones."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._database is not None:
            self._database.connection.close()
            self._database = None

    def read(
        self,
        folders: Iterable[str],
        *,
        seen: Mapping[str, Stamp] | None = None,
        checked: int = 0,
    ) -> None:
        """
        Journal every catalog below `locales/` in these folders (gettext's form).

        What is as it was at the last time is not read again; what cannot be read is
        passed over. `seen` are the stamps of all below `locales/`, where somebody has
        looked already, at `checked` or later. Raises StoreError if the journal cannot
        be written.
        """
        if seen is None:
            seen, checked = {}, time.time_ns()
        there: dict[str, Stamp] = {}
        for folder in folders:
            top = f"locales/{folder}/LC_MESSAGES"
            found = {path: seen[path] for path in seen if path.startswith(f"{top}/")}
            # Who looks from above does not see what lies behind a link.
            with suppress(OSError):
                there |= found or stamp_trees(self._root, [top])
        if any(map(_place, there)):
            self._safely(lambda database: self._read(database, there, checked))

    def before_writing(self, path: Path, held: Version | None, meant: Version) -> None:
        """
        Journal what a catalog holds and what it is about to hold.

        When this returns, both are on the disk; a file that is no catalog of the site
        is passed over. Raises StoreError.
        """
        place = _place(shown(path, self._root))
        if place is None:
            return
        rows: list[_Row] = []
        for version, how in ((held, "read"), (meant, "written")):
            if version is not None:
                rows += _rows(*place, version.catalog, how + self._by)
        if rows:
            contents = {_content(*place, each.data) for each in (held, meant) if each}
            self._safely(lambda database: self._keep(database, place, rows, contents))

    def texts(self, folder: str) -> tuple[Text, ...]:
        """Every text of a locale (gettext's form), the newest first. StoreError."""
        if not (self._root / FILE).exists():
            return ()
        return self._safely(lambda database: _texts(_divided(database, folder), folder))

    def note_drafts(
        self, path: Path, drafts: Iterable[tuple[Message, str]], day: str
    ) -> None:
        """
        Note what a catalog now holds as drafts, each with its engine.

        Raises StoreError; a file that is no catalog of the site is passed over.
        """
        place = _place(shown(path, self._root))
        if place is None:
            return
        rows = [(_row(*place, message, "")[0], engine) for message, engine in drafts]

        def note(database: Database) -> None:
            with database.writing() as connection:
                note_drafts(connection, rows, day)

        if rows:
            self._safely(note)

    def drafts(self) -> tuple[Drafted, ...]:
        """Every draft that was noted, and what became of it. StoreError."""
        if not (self._root / FILE).exists():
            return ()

        def read(database: Database) -> tuple[Drafted, ...]:
            with _divided(database).reading() as connection:
                return tuple(read_drafts(connection))

        return self._safely(read)

    def history(self, folder: str, domain: str, key: Key) -> tuple[Text, ...]:
        """Every text of one entry, the newest first. StoreError."""
        if not (self._root / FILE).exists():
            return ()
        return self._safely(
            lambda database: _history(
                _divided(database, folder, domain), folder, domain, key
            )
        )

    def draft(self, folder: str, domain: str, key: Key) -> Draft | None:
        """The newest draft of one entry. StoreError."""
        if not (self._root / FILE).exists():
            return None

        def find(database: Database) -> Draft | None:
            _make_index(database)
            with _divided(database, folder, domain).reading() as connection:
                return find_draft(connection, folder, domain, key)

        return self._safely(find)

    def known(self, folder: str, domain: str) -> dict[Key, list[tuple[str, ...]]]:
        """Every text of each entry of a catalog, the oldest first. StoreError."""
        if not (self._root / FILE).exists():
            return {}
        return self._safely(
            lambda database: _known(_divided(database, folder, domain), folder, domain)
        )

    def _keep(
        self,
        database: Database,
        place: tuple[str, str],
        rows: list[_Row],
        contents: set[bytes],
    ) -> None:
        """Keep the rows that are new; without any, nothing is written."""
        with _divided(database, *place).reading() as connection:
            new = [row for row in rows if not _is_known(connection, row[0])]
        self._met |= contents
        if new:
            with database.writing() as connection:
                connection.executemany(_INSERT, new)
                _note(connection, self._met)
            self._met.clear()

    def _read(
        self, database: Database, there: Mapping[str, Stamp], checked: int
    ) -> None:
        with database.reading() as connection:
            trusted = dict(_trusted(connection))
        changed = {p: s for p, s in there.items() if trusted.get(p) != s and _place(p)}
        if not changed:
            return
        with database.writing() as connection:
            for path, stamp in changed.items():
                if self._read_one(connection, path):
                    connection.execute(
                        "insert or replace into files values (?, ?, ?, ?)",
                        (path, *stamp, checked),
                    )

    def _read_one(self, connection: sqlite3.Connection, path: str) -> bool:
        """Whether the catalog could be read."""
        place = _place(path)
        assert place is not None  # noqa: S101 - `_read` leaves the others out
        try:
            data = read_bytes(self._root / path, root=self._root, most=MAX_BYTES)
            content = _content(*place, data)
            if not _is_met(connection, content):
                _divide(connection, *place)
                keep_whole(connection, *place, data, "read" + self._by)
                _note(connection, {content})
        except PublishError:
            # Whoever reads it for its own sake says what is wrong with it.
            return False
        return True

    def _safely(self, work: Callable[[Database], R]) -> R:
        """Work with the database; where it turns out damaged, with a new one."""
        try:
            return work(self._open())
        except StoreError as error:
            if not is_damage(error):
                raise
        self.close()
        self._met.clear()
        try:
            aside = shown(move_aside(self._root / FILE), self._root)
        except OSError as error:
            raise StoreError(
                f"is damaged and cannot be moved aside: {error.strerror}", path=FILE
            ) from error
        self.warning = f"{FILE} was damaged: it is kept as {aside}, and a new one begun"
        return work(self._open())

    def _open(self) -> Database:
        if self._database is None:
            self._database = open_lasting_database(
                self._root / FILE, root=self._root, schema=_SCHEMA, version=_VERSION
            )
            make_wholes(self._database)
        return self._database


def _place(path: str) -> tuple[str, str] | None:
    """Locale and domain of a catalog of the site, by its path below the root."""
    top, _, rest = path.partition("/")
    locale, _, rest = rest.partition("/")
    folder, _, name = rest.partition("/")
    domain = name.removesuffix(".po")
    if (top, folder) != ("locales", "LC_MESSAGES") or domain in {name, ""}:
        return None
    try:
        path.encode()
    except UnicodeEncodeError:  # no article has such a name
        return None
    return locale, domain


def _divided(database: Database, *place: str) -> Database:
    """
    The database with the texts of every catalog that it has whole.

    `place` is a locale, a locale and a domain, or nothing for all of them.
    """
    with database.reading() as connection:
        if not has_wholes(connection, *place):
            return database
    with database.writing() as connection:
        _divide(connection, *place)
    return database


def _divide(connection: sqlite3.Connection, *place: str) -> None:
    """Put the texts of catalogs among the others, as of when they were read."""
    for whole in wholes(connection, *place):
        try:
            catalog = parse(decode(whole.data, path=FILE), path=FILE)
        except PublishError:  # whoever reads it for its own sake says what is wrong
            continue
        rows = _rows(whole.locale, whole.domain, catalog, whole.how)
        connection.executemany(_INSERT_AS_SEEN, [(*row, whole.seen) for row in rows])
        forget_whole(connection, whole)


def _rows(locale: str, domain: str, catalog: Catalog, how: str) -> Iterator[_Row]:
    for message in catalog.messages:
        if any(message.msgstrs):
            yield _row(locale, domain, message, how)


def _row(locale: str, domain: str, message: Message, how: str) -> _Row:
    msgid, msgctxt, plural = message.msgid, message.msgctxt, message.msgid_plural
    state = "fuzzy" if message.is_fuzzy else "translated"
    # As `json.dumps` writes it, which is too slow for a hundred thousand entries.
    msgstrs = f"[{', '.join(map(encode_basestring, message.msgstrs))}]"
    named = f"{locale}\0{domain}\0{msgctxt!r}\0{plural!r}\0{state}\0{msgstrs}\0{msgid}"
    digest = blake2b(named.encode(), digest_size=16).digest()
    return digest, locale, domain, msgctxt, msgid, plural, msgstrs, state, how


def _content(locale: str, domain: str, data: bytes) -> bytes:
    whose = f"{locale}\0{domain}\0".encode()
    return blake2b(whose + data, digest_size=16).digest()


def _note(connection: sqlite3.Connection, contents: Iterable[bytes]) -> None:
    connection.executemany(
        "insert or ignore into contents values (?)", [(each,) for each in contents]
    )


def _is_known(connection: sqlite3.Connection, digest: bytes) -> bool:
    query = "select 1 from texts where digest = ?"
    return connection.execute(query, (digest,)).fetchone() is not None


def _is_met(connection: sqlite3.Connection, content: bytes) -> bool:
    query = "select 1 from contents where digest = ?"
    return connection.execute(query, (content,)).fetchone() is not None


def _trusted(connection: sqlite3.Connection) -> Iterator[tuple[str, Stamp]]:
    """The stamps that an edit in the same tick of the clock cannot hide behind."""
    rows = connection.execute("select path, size, mtime, checked from files")
    for path, size, mtime, checked in rows:
        if mtime < checked - RACY:
            yield path, (size, mtime)


def _make_index(database: Database) -> None:
    """The index by article, which only few ask for."""
    query = "select 1 from sqlite_master where name = 'texts_by_domain'"
    with database.reading() as connection:
        if connection.execute(query).fetchone() is not None:
            return
    with database.writing() as connection:
        connection.execute(_BY_DOMAIN)


def _history(
    database: Database, folder: str, domain: str, key: Key
) -> tuple[Text, ...]:
    _make_index(database)
    with database.reading() as connection:
        rows = connection.execute(
            "select domain, msgctxt, msgid, msgid_plural, msgstrs, state, seen, how"
            " from texts where locale = ? and domain = ? and msgctxt is ?"
            " and msgid = ? order by id desc",
            (folder, domain, *key),
        ).fetchall()
    return tuple(map(_text, rows))


def _known(
    database: Database, folder: str, domain: str
) -> dict[Key, list[tuple[str, ...]]]:
    _make_index(database)
    with database.reading() as connection:
        rows = connection.execute(
            "select msgctxt, msgid, msgstrs from texts"
            " where locale = ? and domain = ? order by id",
            (folder, domain),
        ).fetchall()
    known: dict[Key, list[tuple[str, ...]]] = {}
    for msgctxt, msgid, msgstrs in rows:
        known.setdefault((msgctxt, msgid), []).append(tuple(json.loads(msgstrs)))
    return known


def _texts(database: Database, folder: str) -> tuple[Text, ...]:
    with database.reading() as connection:
        rows = connection.execute(
            "select domain, msgctxt, msgid, msgid_plural, msgstrs, state, seen, how"
            " from texts where locale = ? order by seen desc, id desc",
            (folder,),
        ).fetchall()
    return tuple(map(_text, rows))


def _text(row: tuple[str, str | None, str, str | None, str, str, str, str]) -> Text:
    domain, msgctxt, msgid, plural, msgstrs, *rest = row
    return Text(domain, msgctxt, msgid, plural, tuple(json.loads(msgstrs)), *rest)
