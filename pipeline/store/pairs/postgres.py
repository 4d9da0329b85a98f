"""
The pairs of several sites in one PostgreSQL, for teams that share a memory.

What a catalog no longer in this checkout had stays: another checkout may have it. The
address may hold a password, so that nothing that libpq says is shown as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, LiteralString
from urllib.parse import unquote, urlsplit

from pipeline.errors import BusyError, ConfigError, StoreError
from pipeline.masking import skeleton
from pipeline.store.pairs import TMX, Pair

if TYPE_CHECKING:
    import psycopg

_PATIENCE: Final = 10
"""Seconds until a server that does not answer is given up."""

_STATEMENT: Final = 60_000
"""Milliseconds for one statement."""

_CANDIDATES: Final = 300
_LOCK: Final = 0x7075626C697368
_SCHEMA: Final[Sequence[LiteralString]] = (
    "create extension if not exists pg_trgm",
    """create table if not exists publish_catalogs (
        site text, source text, locale text, place text, digest text,
        primary key (site, source, locale, place)
    )""",
    """create table if not exists publish_pairs (
        id bigint generated always as identity primary key,
        site text, source text, locale text, place text, msgctxt text,
        msgid text not null, msgstr text not null, living boolean, before text,
        after text, date text, creator text, skeleton text
    )""",
    """create index if not exists publish_pairs_by_place
        on publish_pairs (site, source, locale, place)""",
    """create index if not exists publish_pairs_by_msgid
        on publish_pairs using hash (msgid)""",
    """create index if not exists publish_pairs_by_skeleton
        on publish_pairs using hash (skeleton)""",
    """create index if not exists publish_pairs_by_trigrams
        on publish_pairs using gin (msgid gin_trgm_ops)""",
)
_COLUMNS: Final[LiteralString] = (
    "site, place, msgctxt, msgid, msgstr, living, before, after, date, creator"
)


class PostgresPairs:
    """Pairs behind a `postgresql://` address."""

    is_shared = True

    def __init__(self, url: str, *, site: str, source: str) -> None:
        self._url = url
        self._site = site
        self._source = source
        self._connection = self._connected()
        try:
            self._make_tables()
        except BaseException:
            self._connection.close()
            raise

    def digests(self, locale: str) -> dict[str, str]:
        rows = self._all(
            "select place, digest from publish_catalogs"
            " where site = %s and source = %s and locale = %s",
            (self._site, self._source, locale),
        )
        return {str(place): str(digest) for place, digest in rows}

    def put(self, locale: str, place: str, digest: str, pairs: Iterable[Pair]) -> None:
        here = (self._site, self._source, locale, place)
        rows = [
            (
                *here,
                p.msgctxt,
                p.msgid,
                p.msgstr,
                p.living,
                p.before,
                p.after,
                p.date,
                p.creator,
                skeleton(p.msgid),
            )
            for p in pairs
            if _can_be_kept(p)
        ]
        with self._plain_causes(), self._connection.transaction():
            self._drop(locale, place)
            with self._connection.cursor() as cursor:
                copy: LiteralString = (
                    "copy publish_pairs (site, source, locale, place, msgctxt, msgid,"
                    " msgstr, living, before, after, date, creator, skeleton)"
                    " from stdin"
                )
                with cursor.copy(copy) as out:
                    for row in rows:
                        out.write_row(row)
            self._connection.execute(
                "insert into publish_catalogs values (%s, %s, %s, %s, %s)",
                (*here, digest),
            )

    def drop(self, locale: str, place: str) -> None:
        with self._plain_causes(), self._connection.transaction():
            self._drop(locale, place)

    def _drop(self, locale: str, place: str) -> None:
        here = (self._site, self._source, locale, place)
        # Two checkouts may mirror the same catalog at the same moment.
        self._connection.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", ("\n".join(here),)
        )
        for statement in _DROP:
            self._connection.execute(statement, here)

    def of(self, locale: str, msgid: str) -> list[Pair]:
        query: LiteralString = (
            f"select {_COLUMNS} from publish_pairs"  # noqa: S608 - constant
            " where source = %s and locale = %s and msgid = %s order by id"
        )
        rows = self._all(query, (self._source, locale, _without_nul(msgid)))
        return [self._pair(row) for row in rows]

    def every(self, locale: str) -> Iterator[Pair]:
        query: LiteralString = (
            f"select {_COLUMNS} from publish_pairs"  # noqa: S608 - constant
            " where source = %s and locale = %s order by site, place, id"
        )
        yield from map(self._pair, self._all(query, (self._source, locale)))

    def alike(self, locale: str, skeleton: str) -> list[str]:
        rows = self._all(
            "select distinct msgid from publish_pairs where source = %s"
            " and locale = %s and skeleton = %s and msgctxt is distinct from 'slug'",
            (self._source, locale, _without_nul(skeleton)),
        )
        return [str(text) for (text,) in rows]

    def nearby(self, locale: str, text: str, cutoff: int) -> list[str]:
        # Runs of three characters: an edit touches three of them.
        least = max(cutoff / 100 - 0.45, 0.05)
        shortest = len(text) * cutoff / (200 - cutoff)
        longest = len(text) * (200 - cutoff) / cutoff
        wanted = _without_nul(text)
        with self._plain_causes(), self._connection.transaction():
            self._connection.execute(
                "select set_config('pg_trgm.similarity_threshold', %s, true)",
                (str(least),),
            )
            rows = self._connection.execute(
                "select msgid from publish_pairs where msgid %% %s"
                " and source = %s and locale = %s and msgctxt is distinct from 'slug'"
                " and char_length(msgid) between %s and %s"
                " group by msgid order by similarity(msgid, %s) desc, msgid limit %s",
                (
                    wanted,
                    self._source,
                    locale,
                    shortest,
                    longest,
                    wanted,
                    _CANDIDATES,
                ),
            ).fetchall()
        return [str(found) for (found,) in rows]

    def close(self) -> None:
        self._connection.close()

    def _pair(self, row: tuple[object, ...]) -> Pair:
        site, place, msgctxt, msgid, msgstr, living, *rest = row
        before, after, date, creator = rest
        is_ours = site == self._site
        where = str(place)
        return Pair(
            msgid=str(msgid),
            msgstr=str(msgstr),
            msgctxt=None if msgctxt is None else str(msgctxt),
            place=where if is_ours else f"{where.removeprefix(TMX)} of {site}",
            living=bool(living),
            before=None if before is None else str(before),
            after=None if after is None else str(after),
            date=str(date or ""),
            creator=str(creator or ""),
            is_own=is_ours and not where.startswith(TMX),
        )

    def _all(
        self, query: LiteralString, values: Sequence[object]
    ) -> list[tuple[object, ...]]:
        with self._plain_causes():
            return self._connection.execute(query, values).fetchall()

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        try:
            import psycopg
        except ImportError as error:
            raise ConfigError(
                "a memory in PostgreSQL needs psycopg, which is not installed",
                hint="pip install 'publish[postgres]'",
            ) from error
        with self._plain_causes():
            return psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=_PATIENCE,
                application_name="publish",
                options=f"-c statement_timeout={_STATEMENT}",
            )

    def _make_tables(self) -> None:
        with self._plain_causes(), self._connection.transaction():
            made = "select to_regclass('publish_pairs_by_trigrams') is not null"
            if self._connection.execute(made).fetchone() == (True,):
                return
            # `if not exists` alone fails where two make them at the same moment.
            self._connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
            for statement in _SCHEMA:
                self._connection.execute(statement)

    @contextmanager
    def _plain_causes(self) -> Iterator[None]:
        """What PostgreSQL says, as a StoreError without the password."""
        import psycopg

        try:
            yield
        except psycopg.errors.QueryCanceled:
            raise BusyError(
                f"{shown(self._url)} did not answer in time", hint="try again later"
            ) from None
        except psycopg.Error as error:
            # Not as its cause: the text of libpq may have the whole address in it.
            raise StoreError(
                f"the shared memory {shown(self._url)} failed: {self._said(error)}",
                hint="see [memory] url; a password may be in PGPASSWORD or ~/.pgpass",
            ) from None

    def _said(self, error: Exception) -> str:
        """The last line of an error, which has the cause."""
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = next((line for line in lines if "failed: " in line), "") or (
            lines[0] if lines else type(error).__name__
        )
        said = said.rpartition("failed: ")[2]
        for secret in _secrets(self._url):
            said = said.replace(secret, "***")
        return said


_DROP: Final[Sequence[LiteralString]] = (
    """delete from publish_pairs
        where site = %s and source = %s and locale = %s and place = %s""",
    """delete from publish_catalogs
        where site = %s and source = %s and locale = %s and place = %s""",
)


def shown(url: str) -> str:
    """The address without user, password and parameters."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "postgresql://..."
    return f"postgresql://{host}{port}{parts.path}"


def _secrets(url: str) -> list[str]:
    """What may be a password in an address, longest first."""
    found = {url, urlsplit(url).query} if "password" in url else {url}
    authority = url.partition("://")[2].partition("/")[0]
    password = authority.rpartition("@")[0].partition(":")[2]
    query = url.partition("?")[2]
    found |= {password, unquote(password)}
    found |= {
        unquote(part.partition("=")[2])
        for part in query.split("&")
        if "password" in part.partition("=")[0]
    }
    return sorted(filter(None, found), key=len, reverse=True)


def _without_nul(text: str) -> str:
    """PostgreSQL's texts have no NUL; nothing that is kept has one."""
    return text.replace("\0", "").encode(errors="replace").decode()


def _can_be_kept(pair: Pair) -> bool:
    texts = (pair.msgid, pair.msgstr, pair.msgctxt, pair.before, pair.after)
    return all(text is None or text == _without_nul(text) for text in texts)
