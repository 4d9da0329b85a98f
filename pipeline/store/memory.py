"""
The translation memory: every pair of the site's catalogs that a person stands behind.

`.publish/memory.sqlite` mirrors the catalogs and can be deleted at any time; a damaged
one is moved aside and made again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from itertools import chain
from pathlib import Path
from typing import Final, Self

from pipeline.cldr import gettext_locale
from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.masking import carry_over, skeleton
from pipeline.model.catalog import Catalog, Message, neighbours
from pipeline.model.suggestion import Suggestion
from pipeline.po.limits import MAX_BYTES
from pipeline.po.parse import decode, parse
from pipeline.similarity import NEAR, best, ranked
from pipeline.store.database import Database, open_database
from pipeline.store.exchanged import MAX_BYTES as MOST_BYTES
from pipeline.store.exchanged import find_memories, parse_pairs, place_of
from pipeline.store.files import read_bytes, shown
from pipeline.store.pairs import TMX, Pair, Pairs
from pipeline.store.pairs.sqlite import SCHEMA, SqlitePairs

FILE: Final = ".publish/memory.sqlite"
ORIGIN: Final = "memory"
_VERSION: Final = 3
LEAST: Final = 50
"""The similarity from which on a search shows a text."""

_SLUG: Final = "slug"
_SWAPPED: Final = 99
"""The score where only numbers or placeholders differ, as the field counts it."""


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

    def __init__(
        self, database: Database, pairs: Pairs | None = None, source: str = "en"
    ) -> None:
        self._database = database
        self._source = source
        self._pairs = pairs or SqlitePairs(database)
        self.warning = database.warning

    @classmethod
    def open(
        cls, root: Path, *, source: str = "en", url: str = "", site: str = ""
    ) -> Self:
        """
        The memory of a site with this source locale, made if there is none.

        With the address of a PostgreSQL, the pairs lie there, under the site's name.
        Where the disk does not let it be written, it lives as long as the process.
        Raises BusyError if another process does not let go of it.
        """
        path = root / FILE
        shared = None
        if url:
            from pipeline.store.pairs.postgres import PostgresPairs

            shared = PostgresPairs(url, site=site, source=source)
        try:
            database = open_database(path, root=root, schema=SCHEMA, version=_VERSION)
        except BaseException:
            if shared is not None:
                shared.close()
            raise
        return cls(database, shared, source)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._pairs.close()
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
        known = dict(self._pairs.digests(locale))
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
                self._pairs.drop(locale, domain)
            else:
                pairs = _pairs(catalog, rule.admits)
                self._pairs.put(locale, domain, digest, pairs)
        errors += self._refresh_files(root, locale, known)
        if not self._pairs.is_shared:
            for place in known:
                self._pairs.drop(locale, place)
        return tuple(errors)

    def _refresh_files(
        self, root: Path, locale: str, known: dict[str, str]
    ) -> Iterator[PublishError]:
        """Mirror the files in `memory/`; `known` loses those that are there."""
        for path in find_memories(root):
            place = place_of(path)
            before = known.pop(place, None)
            name = shown(path, root)
            try:
                data = read_bytes(path, root=root, most=MOST_BYTES)
                digest = hashlib.blake2b(
                    data + self._source.encode(), digest_size=16
                ).hexdigest()
                if digest != before:
                    pairs = parse_pairs(
                        data, path=name, source=self._source, locale=locale
                    )
                    self._pairs.put(locale, place, digest, pairs)
            except StoreError as error:
                if error.path != name:
                    raise
                yield error
            except PublishError as error:
                yield error
                self._pairs.drop(locale, place)

    def exact(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> tuple[Suggestion, ...]:
        """
        The translations of this very message, the most frequent first.

        Those of obsolete entries count only where no living one has any, and what
        another site or a file has only where no catalog of this site has any.
        """
        pairs = self._pairs.of(locale, msgid)
        return _suggestions(pair for pair in pairs if pair.msgctxt == msgctxt)

    def in_context(
        self, locale: str, msgid: str, msgctxt: str | None, before: str, after: str
    ) -> tuple[Suggestion, ...]:
        """Of those, the ones that stand between the same two texts."""
        return _suggestions(
            pair
            for pair in self._pairs.of(locale, msgid)
            if pair.msgctxt == msgctxt and (pair.before, pair.after) == (before, after)
        )

    def elsewhere(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> tuple[Suggestion, ...]:
        """The translations of the same text in other contexts."""
        pairs = self._pairs.of(locale, msgid)
        return _suggestions(pair for pair in pairs if pair.msgctxt != msgctxt)

    def near(
        self, locale: str, msgid: str, cutoff: int = NEAR
    ) -> tuple[Suggestion, ...]:
        """
        The translations of the most similar other text, the best one first.

        One that differs in numbers or placeholders alone comes before all others; its
        translation still has the old ones, see `carry_over`.
        """
        bare = skeleton(msgid)
        alike = () if bare is None else self._pairs.alike(locale, bare)
        for text in sorted(alike):
            swapped = tuple(
                replace(each, score=_SWAPPED)
                for each in self._of_text(locale, text)
                if carry_over(text, each.msgstr, msgid) is not None
            )
            if swapped:
                return swapped
        nearby = self._pairs.nearby(locale, msgid, cutoff)
        others = [text for text in chain(nearby, alike) if text != msgid]
        found = best(msgid, others, cutoff=cutoff)
        if found is None:
            return ()
        index, score = found
        return tuple(
            replace(each, score=score) for each in self._of_text(locale, others[index])
        )

    def pairs(self, locale: str) -> Iterator[Pair]:
        """Everything that it holds in a locale."""
        return self._pairs.every(locale)

    def search(self, locale: str, text: str, most: int) -> tuple[Suggestion, ...]:
        """The translations of a text and of those that resemble it, the best first."""
        same = self._of_text(locale, text)
        scored = ranked(text, self._pairs.nearby(locale, text, LEAST), cutoff=LEAST)
        found = list(same)
        for source, score in scored:
            if len(found) >= most:
                break
            if source != text:
                others = self._of_text(locale, source)
                found += [replace(each, score=score) for each in others]
        return tuple(found[:most])

    def _of_text(self, locale: str, text: str) -> tuple[Suggestion, ...]:
        pairs = self._pairs.of(locale, text)
        return _suggestions(pair for pair in pairs if pair.msgctxt != _SLUG)


def _is_worth_keeping(message: Message) -> bool:
    return (
        message.is_translated
        and not message.is_fuzzy
        and message.msgid_plural is None
        and bool(message.msgid)
    )


def _pairs(catalog: Catalog, admits: Callable[[Message], bool]) -> Iterator[Pair]:
    """What of a catalog is worth keeping, between its neighbours."""
    fields = catalog.fields()
    date = fields.get("PO-Revision-Date", "")[:10]
    date = date if date[:1].isdigit() else ""
    creator = fields.get("Last-Translator", "")
    between = neighbours(catalog)
    for message in catalog:
        if _is_worth_keeping(message) and admits(message):
            before, after = between.get(message.key, (None, None))
            yield Pair(
                message.msgid,
                message.msgstr,
                message.msgctxt,
                living=not message.obsolete,
                before=None if message.obsolete else before,
                after=None if message.obsolete else after,
                date=date,
                creator=creator,
            )


def _suggestions(pairs: Iterable[Pair]) -> tuple[Suggestion, ...]:
    """The translations of one text: the site's own living ones, or the next best."""
    levels: dict[tuple[bool, bool], list[Pair]] = {}
    for pair in pairs:
        levels.setdefault((pair.is_own, pair.living), []).append(pair)
    if not levels:
        return ()
    best_level = levels[max(levels)]
    often = Counter(pair.msgstr for pair in best_level)
    newest: dict[str, Pair] = {}
    for pair in sorted(best_level, key=lambda pair: (pair.date, pair.place)):
        newest[pair.msgstr] = pair
    return tuple(
        Suggestion(
            msgstr,
            100,
            ORIGIN,
            newest[msgstr].msgid,
            place=""
            if newest[msgstr].is_own
            else newest[msgstr].place.removeprefix(TMX),
            date=newest[msgstr].date,
        )
        for msgstr in sorted(often, key=lambda text: (-often[text], text))
    )
