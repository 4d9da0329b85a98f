"""
Catalogs that the journal has as they were read, byte for byte.

To take one apart takes ten times as long as to keep it. So the newest of each waits
here until a newer one comes, or somebody asks what its entries said.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.store.database import Database

_SCHEMA: Final = """
    create table if not exists wholes (
        locale text not null,
        domain text not null,
        data blob not null,
        how text not null,
        seen text not null default (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
        primary key (locale, domain)
    )
"""
_HAS_TABLE: Final = (
    "select 1 from sqlite_master where type = 'table' and name = 'wholes'"
)
_PLACES: Final = (
    "select locale, domain from wholes order by rowid",
    "select locale, domain from wholes where locale = ? order by rowid",
    "select locale, domain from wholes where locale = ? and domain = ?",
)
"""By how much is said of the place: nothing, a locale, a locale and a domain."""


class Whole(NamedTuple):
    """A catalog as it was read."""

    locale: str
    """As gettext spells it."""

    domain: str
    data: bytes
    how: str
    seen: str


def make_wholes(database: Database) -> None:
    """Make the table where there is none: journals of earlier versions have none."""
    with database.reading() as connection:
        if connection.execute(_HAS_TABLE).fetchone() is not None:
            return
    with database.writing() as connection:
        connection.execute(_SCHEMA)


def keep_whole(
    connection: sqlite3.Connection, locale: str, domain: str, data: bytes, how: str
) -> None:
    """Keep a catalog, in the place of the one before."""
    connection.execute(
        "insert or replace into wholes (locale, domain, data, how) values (?, ?, ?, ?)",
        (locale, domain, data, how),
    )


def has_wholes(connection: sqlite3.Connection, *place: str) -> bool:
    """Whether any waits in a place: a locale, a locale and a domain, or anywhere."""
    return connection.execute(_PLACES[len(place)], place).fetchone() is not None


def wholes(connection: sqlite3.Connection, *place: str) -> Iterator[Whole]:
    """Those that wait in a place, as they came."""
    for locale, domain in connection.execute(_PLACES[len(place)], place).fetchall():
        data, how, seen = connection.execute(
            "select data, how, seen from wholes where locale = ? and domain = ?",
            (locale, domain),
        ).fetchone()
        yield Whole(locale, domain, data, how, seen)


def forget_whole(connection: sqlite3.Connection, whole: Whole) -> None:
    """Forget a catalog whose texts are kept by now."""
    connection.execute(
        "delete from wholes where locale = ? and domain = ?",
        (whole.locale, whole.domain),
    )
