"""
The translation memory: every pair of the site's catalogs that a person stands behind.

`.publish/memory.sqlite` mirrors the catalogs and can be deleted at any time; a damaged
one is moved aside and made again. It also keeps what engines were paid for, by their
masked texts, so that nothing is bought twice.
"""

import hashlib
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from pipeline.cldr import gettext_locale
from pipeline.errors import BusyError, PublishError, StoreError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.suggestion import Suggestion
from pipeline.po.parse import decode, parse
from pipeline.similarity import NEAR, best
from pipeline.store.files import read_bytes, shown

FILE: Final = ".publish/memory.sqlite"
ORIGIN: Final = "memory"
_VERSION: Final = 1
_SCHEMA: Final = """
    create table catalogs (
        locale text, domain text, digest text,
        primary key (locale, domain)
    ) without rowid;
    create table pairs (
        locale text, domain text, msgctxt text, msgid text, msgstr text, living integer
    );
    create index pairs_by_msgid on pairs (locale, msgid);
    create index pairs_by_domain on pairs (locale, domain);
    create table bought (
        origin text, source text, target text, text text, answer text,
        primary key (origin, source, target, text)
    ) without rowid;
"""
_OTHERS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file."""

_PATIENCE: Final = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class _Band:
    """The source texts of a locale, by length: no text is near one of another size."""

    texts: Sequence[str]
    lengths: Sequence[int]

    def around(self, length: int, cutoff: int) -> Sequence[str]:
        """Those that can reach the cutoff at all: 2 * shorter / (shorter + longer)."""
        shortest = length * cutoff / (200 - cutoff)
        longest = length * (200 - cutoff) / cutoff
        first = bisect_left(self.lengths, shortest)
        return self.texts[first : bisect_right(self.lengths, longest)]


class Memory:
    """An open memory; `warning` says what was wrong with its file, if anything was."""

    def __init__(self, connection: sqlite3.Connection, warning: str = "") -> None:
        self._connection = connection
        self._bands: dict[str, _Band] = {}
        self.warning = warning

    @classmethod
    def open(cls, root: Path) -> "Memory":
        """
        The memory of a site, made if there is none.

        Where the disk does not let it be written, it lives as long as the process.
        Raises BusyError if another process does not let go of it.
        """
        path = root / FILE
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(_connected(path))
            except sqlite3.DatabaseError as error:
                if _is_locked(error):
                    raise _failure(error) from error
                if isinstance(error, sqlite3.OperationalError):
                    raise OSError(str(error)) from error
                aside = _move_aside(path)
                warning = f"{FILE} was damaged: it was moved to {aside} and made again"
                return cls(_connected(path), warning)
        except OSError as error:
            reason = error.strerror or str(error)
            warning = f"{FILE} cannot be written ({reason}): nothing is remembered"
            return cls(_connected(None), warning)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def refresh(self, root: Path, locale: str) -> tuple[PublishError, ...]:
        """
        Mirror the catalogs of a locale (BCP 47); only what has changed is read.

        Gives back an error for each that cannot be read; its pairs are forgotten.
        """
        top = root / "locales" / gettext_locale(locale) / "LC_MESSAGES"
        known = self._digests(locale)
        errors: list[PublishError] = []
        for path in sorted(top.rglob("*.po")):
            domain = path.relative_to(top).with_suffix("").as_posix()
            before = known.pop(domain, None)
            try:
                data = read_bytes(path, root=root)
                digest = hashlib.blake2b(data, digest_size=16).hexdigest()
                if digest != before:
                    name = shown(path, root)
                    catalog = parse(decode(data, path=name), path=name)
                    self.learn(locale, domain, catalog, digest)
            except PublishError as error:
                errors.append(error)
                self.forget(locale, domain)
        for domain in known:
            self.forget(locale, domain)
        return tuple(errors)

    def learn(self, locale: str, domain: str, catalog: Catalog, digest: str) -> None:
        """Put the pairs of a catalog in the place of those it had before."""
        rows = [
            (locale, domain, m.msgctxt, m.msgid, m.msgstr, not m.obsolete)
            for m in catalog
            if _is_worth_keeping(m)
        ]
        with self._writing() as connection:
            _drop(connection, locale, domain)
            connection.executemany("insert into pairs values (?, ?, ?, ?, ?, ?)", rows)
            connection.execute(
                "insert into catalogs values (?, ?, ?)", (locale, domain, digest)
            )
        self._bands.pop(locale, None)

    def forget(self, locale: str, domain: str) -> None:
        """Drop the pairs of a catalog."""
        with self._writing() as connection:
            _drop(connection, locale, domain)
        self._bands.pop(locale, None)

    def exact(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> tuple[Suggestion, ...]:
        """
        The translations of this very message, the most frequent first.

        Those of obsolete entries count only where no living one has any.
        """
        return self._translations(locale, msgid, "msgctxt is ?", msgctxt)

    def elsewhere(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> tuple[Suggestion, ...]:
        """The translations of the same text in other contexts."""
        return self._translations(locale, msgid, "msgctxt is not ?", msgctxt)

    def near(
        self, locale: str, msgid: str, cutoff: int = NEAR
    ) -> tuple[Suggestion, ...]:
        """The translations of the most similar other text, the best one first."""
        band = self._band(locale).around(len(msgid), cutoff)
        others = [text for text in band if text != msgid]
        found = best(msgid, others, cutoff=cutoff)
        if found is None:
            return ()
        index, score = found
        return tuple(
            replace(each, score=score)
            for each in self._translations(locale, others[index])
        )

    def bought(self, origin: str, source: str, target: str, text: str) -> str | None:
        """What an engine once answered to a masked text."""
        row = self._one(
            "select answer from bought"
            " where origin = ? and source = ? and target = ? and text = ?",
            (origin, source, target, text),
        )
        return None if row is None else str(row[0])

    def keep(
        self, origin: str, source: str, target: str, text: str, answer: str
    ) -> None:
        """Remember an answer that was good."""
        with self._writing() as connection:
            connection.execute(
                "insert or replace into bought values (?, ?, ?, ?, ?)",
                (origin, source, target, text, answer),
            )

    def _digests(self, locale: str) -> dict[str, str]:
        query = "select domain, digest from catalogs where locale = ?"
        rows = self._all(query, (locale,))
        return {str(domain): str(digest) for domain, digest in rows}

    def _translations(
        self,
        locale: str,
        msgid: str,
        context: str = "? is null",
        msgctxt: str | None = None,
    ) -> tuple[Suggestion, ...]:
        rows = self._all(
            # The context is one of three constants of ours.
            "select msgstr, max(living) as lives, count(*) as often from pairs"  # noqa: S608
            f" where locale = ? and msgid = ? and {context}"
            " group by msgstr order by lives desc, often desc, msgstr",
            (locale, msgid, msgctxt),
        )
        lives = rows[0][1] if rows else 0
        return tuple(
            Suggestion(str(msgstr), 100, ORIGIN, msgid)
            for msgstr, each, _ in rows
            if each == lives
        )

    def _band(self, locale: str) -> _Band:
        if locale not in self._bands:
            rows = self._all(
                "select distinct msgid from pairs"
                " where locale = ? and msgctxt is not 'slug'",
                (locale,),
            )
            texts = sorted((str(row[0]) for row in rows), key=lambda t: (len(t), t))
            self._bands[locale] = _Band(texts, [len(text) for text in texts])
        return self._bands[locale]

    def _all(self, query: str, values: Iterable[object]) -> list[tuple[object, ...]]:
        with _named_failures():
            return self._connection.execute(query, tuple(values)).fetchall()

    def _one(self, query: str, values: Iterable[object]) -> tuple[object, ...] | None:
        return next(iter(self._all(query, values)), None)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        # A plain `begin` fails with several writers: it takes the lock too late.
        with _named_failures():
            self._connection.execute("begin immediate")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")


def _is_worth_keeping(message: Message) -> bool:
    return (
        message.is_translated
        and not message.is_fuzzy
        and message.msgid_plural is None
        and bool(message.msgid)
    )


def _drop(connection: sqlite3.Connection, locale: str, domain: str) -> None:
    for table in ("pairs", "catalogs"):
        connection.execute(
            f"delete from {table} where locale = ? and domain = ?",  # noqa: S608 - two constants
            (locale, domain),
        )


def _connected(path: Path | None) -> sqlite3.Connection:
    """A sound database with our tables. Raises sqlite3.DatabaseError if it is not."""
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
        (version,) = connection.execute("pragma user_version").fetchone()
        if version != _VERSION:
            _make_tables(connection)
        connection.execute("commit")
    except BaseException:
        connection.close()
        raise
    return connection


def _require_sound(connection: sqlite3.Connection) -> None:
    (state,) = connection.execute("pragma quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)


def _make_tables(connection: sqlite3.Connection) -> None:
    """An older or newer memory is made again: it holds nothing of its own."""
    for table in ("catalogs", "pairs", "bought"):
        connection.execute(f"drop table if exists {table}")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"pragma user_version = {_VERSION}")


def _move_aside(path: Path) -> str:
    path.replace(f"{path}.damaged")
    for other in _OTHERS:
        path.with_name(path.name + other).unlink(missing_ok=True)
    return f"{FILE}.damaged"


@contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _failure(error) from error


def _failure(error: sqlite3.Error) -> StoreError:
    if _is_locked(error):
        return BusyError(
            "another process holds the memory",
            path=FILE,
            hint="wait for it to end, and try again",
        )
    return StoreError(
        f"the memory failed: {error}",
        path=FILE,
        hint="free some space if the disk is full; the file can be deleted",
    )


def _is_locked(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
