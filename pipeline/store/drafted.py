"""
Which texts of the journal began as drafts of an engine, and what people made of them.

The table lies in the journal because it must last as long. A text that a person saved
is there from the first command that met it, so nothing else has to be kept.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from pipeline.late import dataclass
from pipeline.model.catalog import Key

_SCHEMA: Final = """
    create table if not exists drafts (
        digest blob primary key, engine text not null, made text not null
    ) without rowid
"""
_HAS_TABLE: Final = (
    "select 1 from sqlite_master where type = 'table' and name = 'drafts'"
)
_Entry: TypeAlias = tuple[str, str, str | None, str]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One draft, and the translation that it became."""

    locale: str
    """As gettext spells it."""

    engine: str
    made: str
    """The day: `2026-11-22`."""

    msgstrs: tuple[str, ...]
    final: tuple[str, ...] | None
    """The last translation of that entry since; None: nobody has judged it yet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of one entry."""

    engine: str
    made: str
    """The day: `2026-11-22`."""

    msgstrs: tuple[str, ...]


def find_draft(
    connection: sqlite3.Connection, locale: str, domain: str, key: Key
) -> Draft | None:
    """The newest draft of an entry."""
    if connection.execute(_HAS_TABLE).fetchone() is None:
        return None
    row = connection.execute(
        "select engine, made, msgstrs from texts join drafts using (digest)"
        " where locale = ? and domain = ? and msgctxt is ? and msgid = ?"
        " order by id desc limit 1",
        (locale, domain, *key),
    ).fetchone()
    if row is None:
        return None
    engine, made, msgstrs = row
    return Draft(engine, made, tuple(json.loads(msgstrs)))


def note_drafts(
    connection: sqlite3.Connection, drafts: Iterable[tuple[bytes, str]], day: str
) -> None:
    """Note texts of the journal, by their digests, as drafts of engines."""
    connection.execute(_SCHEMA)
    connection.executemany(
        "insert or ignore into drafts values (?, ?, ?)",
        [(digest, engine, day) for digest, engine in drafts],
    )


def read_drafts(connection: sqlite3.Connection) -> Iterator[Drafted]:
    """Every draft in the order in which they were made."""
    if connection.execute(_HAS_TABLE).fetchone() is None:
        return
    rows = connection.execute(
        "select id, locale, domain, msgctxt, msgid, msgstrs, engine, made"
        " from drafts join texts using (digest) order by id"
    ).fetchall()
    finals = _finals(connection, {tuple(row[1:5]) for row in rows})
    for number, locale, domain, msgctxt, msgid, msgstrs, engine, made in rows:
        last, text = finals.get((locale, domain, msgctxt, msgid), (0, "[]"))
        final = tuple(json.loads(text)) if last > number else None
        yield Drafted(locale, engine, made, tuple(json.loads(msgstrs)), final)


def _finals(
    connection: sqlite3.Connection, wanted: set[tuple[object, ...]]
) -> dict[_Entry, tuple[int, str]]:
    """The last translation of each entry that is not fuzzy, and its number."""
    found: dict[_Entry, tuple[int, str]] = {}
    rows = connection.execute(
        "select id, locale, domain, msgctxt, msgid, msgstrs from texts"
        " where state = 'translated' order by id"
    )
    for number, locale, domain, msgctxt, msgid, msgstrs in rows:
        entry = (locale, domain, msgctxt, msgid)
        if entry in wanted:
            found[entry] = (number, msgstrs)
    return found
