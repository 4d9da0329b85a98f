"""The pairs of one site, in its own `.publish/memory.sqlite`, with an index of ours."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from pipeline.masking import skeleton
from pipeline.store.database import Database
from pipeline.store.pairs import TMX, Pair
from pipeline.store.pairs.features import (
    ROOM,
    candidates,
    keys,
    keys_around,
    lengths_around,
)

SCHEMA: Final = """
    create table catalogs (
        locale text, domain text, digest text,
        primary key (locale, domain)
    ) without rowid;
    create table pairs (
        locale text, domain text, msgctxt text, msgid text, msgstr text,
        living integer, before text, after text, date text, creator text
    );
    create index pairs_by_msgid on pairs (locale, msgid);
    create index pairs_by_domain on pairs (locale, domain);
    create table locales (
        number integer primary key, locale text unique, is_filed integer
    );
    create table texts (
        id integer primary key, locale integer, text text, skeleton text,
        unique (locale, text)
    );
    create index texts_by_skeleton on texts (locale, skeleton)
        where skeleton is not null;
    create table features (key integer primary key, texts blob)
"""
_COLUMNS: Final = "domain, msgctxt, msgid, msgstr, living, before, after, date, creator"
_AT_ONCE: Final = 100_000
"""Texts that are filed in one go; a million needs 400 megabytes, a tenth 60."""

_FEW: Final = 25_000
"""Texts up to which all of a suitable length are compared: that takes a few ms."""

_VALUES: Final = 30_000
"""Values in one statement; SQLite takes 32,766."""


class SqlitePairs:
    """Pairs in an open database that has the tables of `SCHEMA`."""

    is_shared = False

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filed: dict[str, int] = {}
        """The numbers of the locales whose texts are all in the index."""
        self._few: dict[int, tuple[list[str], list[int]]] = {}
        """All texts of a locale that has few, by length, and their lengths."""

    def digests(self, locale: str) -> dict[str, str]:
        query = "select domain, digest from catalogs where locale = ?"
        return {str(place): str(digest) for place, digest in self._all(query, locale)}

    def put(self, locale: str, place: str, digest: str, pairs: Iterable[Pair]) -> None:
        rows = (
            (
                locale,
                place,
                p.msgctxt,
                p.msgid,
                p.msgstr,
                p.living,
                p.before,
                p.after,
                p.date,
                p.creator,
            )
            for p in pairs
        )
        with self._database.writing() as connection:
            self._drop(locale, place)
            connection.executemany(
                "insert into pairs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )
            connection.execute(
                "insert into catalogs values (?, ?, ?)", (locale, place, digest)
            )

    def drop(self, locale: str, place: str) -> None:
        with self._database.writing():
            self._drop(locale, place)

    def _drop(self, locale: str, place: str) -> None:
        connection = self._database.connection
        here = (locale, place)
        connection.execute("delete from pairs where locale = ? and domain = ?", here)
        connection.execute("delete from catalogs where locale = ? and domain = ?", here)
        connection.execute("update locales set is_filed = 0 where locale = ?", here[:1])
        self._filed.pop(locale, None)

    def of(self, locale: str, msgid: str) -> list[Pair]:
        query = f"select {_COLUMNS} from pairs where locale = ? and msgid = ?"  # noqa: S608 - constant
        return [_pair(row) for row in self._all(query, locale, msgid)]

    def every(self, locale: str) -> Iterator[Pair]:
        query = f"select {_COLUMNS} from pairs where locale = ? order by domain, rowid"  # noqa: S608 - constant
        with self._database.reading() as connection:
            for row in connection.execute(query, (locale,)):
                yield _pair(row)

    def alike(self, locale: str, skeleton: str) -> list[str]:
        number = self._number(locale)
        query = "select text from texts where locale = ? and skeleton = ?"
        return [str(text) for (text,) in self._all(query, number, skeleton)]

    def nearby(self, locale: str, text: str, cutoff: int) -> list[str]:
        number = self._number(locale)
        texts, lengths = self._few_of(number)
        if texts:
            first, last = lengths_around(len(text), cutoff)
            return texts[bisect_left(lengths, first) : bisect_right(lengths, last)]
        start = number * ROOM
        sizes: dict[int, int] = {}
        wanted = [start + key for key in keys_around(text, cutoff)]
        query = "select key, length(texts) from features where key in"
        for row in self._in(query, wanted):
            sizes[int(str(row[0]))] = int(str(row[1])) // 4
        found = candidates(sizes, self._postings)
        rows = self._in("select text from texts where id in", found)
        return [str(text) for (text,) in rows]

    def _few_of(self, number: int) -> tuple[list[str], list[int]]:
        """All texts of a locale and their lengths, where they are few; else none."""
        if number not in self._few:
            query = "select text from texts where locale = ? limit ?"
            rows = self._all(query, number, _FEW + 1)
            texts = [str(text) for (text,) in rows] if len(rows) <= _FEW else []
            texts.sort(key=len)
            self._few[number] = texts, [len(text) for text in texts]
        return self._few[number]

    def _postings(self, keys: Sequence[int]) -> Iterator["array[int]"]:
        for (blob,) in self._in("select texts from features where key in", keys):
            yield array("I", blob if isinstance(blob, bytes) else b"")

    def _number(self, locale: str) -> int:
        """The number of a locale, all of whose texts are in the index."""
        if locale not in self._filed:
            self._filed[locale] = self._file(locale)
        return self._filed[locale]

    def _file(self, locale: str) -> int:
        """Bring the index of a locale up to date."""
        query = "select number, is_filed from locales where locale = ?"
        for number, is_filed in self._all(query, locale):
            if is_filed:
                return int(str(number))
        self._few.clear()
        with self._database.writing() as connection:
            connection.execute(
                "insert or ignore into locales (locale) values (?)", (locale,)
            )
            ((number, _),) = connection.execute(query, (locale,)).fetchall()
            self._drop_old(int(number), locale)
            new = connection.execute(
                "select distinct msgid from pairs where locale = ?"
                " and msgctxt is not 'slug' and msgid not in"
                " (select text from texts where texts.locale = ?)",
                (locale, number),
            ).fetchall()
            rows = iter(new)
            while batch := [str(text) for (text,) in islice(rows, _AT_ONCE)]:
                self._add(int(number), batch)
            connection.execute(
                "update locales set is_filed = 1 where number = ?", (number,)
            )
        return int(number)

    def _drop_old(self, number: int, locale: str) -> None:
        """Take out texts that no pair has any more; all, where they are many."""
        connection = self._database.connection
        gone = connection.execute(
            "delete from texts where locale = ? and text not in"
            " (select msgid from pairs where locale = ? and msgctxt is not 'slug')",
            (number, locale),
        ).rowcount
        left = "select count(*) from texts where locale = ?"
        ((count,),) = connection.execute(left, (number,)).fetchall()
        if gone > count:
            # Their numbers are still filed; so many would cost more than a new start.
            connection.execute("delete from texts where locale = ?", (number,))
            connection.execute(
                "delete from features where key between ? and ?",
                (number * ROOM, (number + 1) * ROOM - 1),
            )

    def _add(self, number: int, texts: Sequence[str]) -> None:
        connection = self._database.connection
        ((top,),) = connection.execute("select ifnull(max(id), 0) from texts")
        filed: dict[int, array[int]] = {}
        rows = []
        for id_, text in enumerate(texts, int(top) + 1):
            rows.append((id_, number, text, skeleton(text)))
            for key in keys(text):
                numbers = filed.get(key)
                if numbers is None:
                    numbers = filed[key] = array("I")
                numbers.append(id_)
        connection.executemany("insert into texts values (?, ?, ?, ?)", rows)
        connection.executemany(
            "insert into features values (?, ?) on conflict do update"
            " set texts = cast(texts || excluded.texts as blob)",
            (
                (number * ROOM + key, filed[key].tobytes())
                for key in sorted(filed)  # in the order of the file
            ),
        )

    def close(self) -> None:
        self._database.connection.close()

    def _all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()

    def _in(self, query: str, values: Sequence[int]) -> Iterator[tuple[object, ...]]:
        """The rows of a query that ends with `in`."""
        for start in range(0, len(values), _VALUES):
            part = values[start : start + _VALUES]
            marks = ",".join("?" * len(part))
            yield from self._all(f"{query} ({marks})", *part)


def _pair(row: tuple[object, ...]) -> Pair:
    place, msgctxt, msgid, msgstr, living, before, after, date, creator = row
    return Pair(
        msgid=str(msgid),
        msgstr=str(msgstr),
        msgctxt=_optional(msgctxt),
        place=str(place),
        living=bool(living),
        before=_optional(before),
        after=_optional(after),
        date=str(date or ""),
        creator=str(creator or ""),
        is_own=not str(place).startswith(TMX),
    )


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
