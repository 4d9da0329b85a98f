"""
The translation memory: every pair of the site's catalogs that a person stands behind.

`.publish/memory.sqlite` mirrors the catalogs and can be deleted at any time; a damaged
one is moved aside and made again. It also keeps what engines were paid for, by their
masked texts, so that nothing is bought twice.
"""

import hashlib
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from pipeline.cldr import gettext_locale
from pipeline.errors import PublishError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.suggestion import Suggestion
from pipeline.po.limits import MAX_BYTES
from pipeline.po.parse import decode, parse
from pipeline.similarity import NEAR, best
from pipeline.store.database import Database, open_database
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


@dataclass(frozen=True, slots=True)
class Admission:
    """Which pairs of a domain may be used again: those that may be published."""

    admits: Callable[[Message], bool] = field(default=lambda _: True)
    stamp: bytes = b""
    """What else than the catalog the answer depends on, such as its approvals."""


def _everything(_: str) -> Admission:
    return Admission()


class Memory:
    """An open memory; `warning` says what was wrong with its file, if anything was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bands: dict[str, _Band] = {}
        self.warning = database.warning

    @classmethod
    def open(cls, root: Path) -> Self:
        """
        The memory of a site, made if there is none.

        Where the disk does not let it be written, it lives as long as the process.
        Raises BusyError if another process does not let go of it.
        """
        path = root / FILE
        return cls(open_database(path, root=root, schema=_SCHEMA, version=_VERSION))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.connection.close()

    def refresh(
        self,
        root: Path,
        locale: str,
        admission: Callable[[str], Admission] = _everything,
    ) -> tuple[PublishError, ...]:
        """
        Mirror the catalogs of a locale (BCP 47); only what has changed is read.

        `admission` tells by domain which pairs are taken. Gives back an error for each
        catalog that cannot be read; its pairs are forgotten. Raises StoreError where
        the memory itself cannot be written.
        """
        top = root / "locales" / gettext_locale(locale) / "LC_MESSAGES"
        known = self._digests(locale)
        errors: list[PublishError] = []
        for path in sorted(top.rglob("*.po")):
            domain = path.relative_to(top).with_suffix("").as_posix()
            before = known.pop(domain, None)
            try:
                data = read_bytes(path, root=root, most=MAX_BYTES)
                rule = admission(domain)
                digest = hashlib.blake2b(data + rule.stamp, digest_size=16).hexdigest()
                if digest == before:
                    continue
                name = shown(path, root)
                catalog = parse(decode(data, path=name), path=name)
            except PublishError as error:
                errors.append(error)
                self.forget(locale, domain)
            else:
                catalog = catalog.with_messages(filter(rule.admits, catalog))
                self.learn(locale, domain, catalog, digest)
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
        with self._database.writing() as connection:
            _drop(connection, locale, domain)
            connection.executemany("insert into pairs values (?, ?, ?, ?, ?, ?)", rows)
            connection.execute(
                "insert into catalogs values (?, ?, ?)", (locale, domain, digest)
            )
        self._bands.pop(locale, None)

    def forget(self, locale: str, domain: str) -> None:
        """Drop the pairs of a catalog."""
        with self._database.writing() as connection:
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
        with self._database.writing() as connection:
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
        with self._database.reading() as connection:
            return connection.execute(query, tuple(values)).fetchall()

    def _one(self, query: str, values: Iterable[object]) -> tuple[object, ...] | None:
        return next(iter(self._all(query, values)), None)


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
