"""
Who translated a text, recorded when it is first seen, where two persons are asked for.

`extract`, `approve` and the review page call this. From then on, whoever saves the
catalog for the sake of another text takes nothing over that was there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from pipeline.approval import Pair
from pipeline.errors import CatalogError, PublishError, StoreError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import Site
from pipeline.store.catalogs import read_catalog
from pipeline.store.translators import (
    append_translators,
    read_translators,
    recorded_domains,
)
from pipeline.translators import (
    Translated,
    Translators,
    first_seen,
    last_translator,
    translated,
)
from pipeline.workflow.desk import content_class

Recorded: TypeAlias = Mapping[Pair, tuple[str, ...]]
"""The translators of each pair, in whatever domain it was recorded."""


def needs_two(site: Site, domain: str) -> bool:
    """Whether nobody may approve what they alone translated in a domain."""
    if not site.two_person and not any(each.two_person for each in site.classes):
        return False
    return bool(content_class(site, domain).two_person)


def read_recorded(site: Site, locale: str) -> Recorded:
    """All that is recorded in a locale, for texts that were copied between domains."""
    root = Path(site.root)
    found: dict[Pair, dict[str, None]] = {}
    for domain in recorded_domains(root, locale):
        for line in read_translators(root, locale, domain).lines:
            found.setdefault(line.pair, {})[line.translator] = None
    return {pair: tuple(names) for pair, names in found.items()}


def see_catalog(
    site: Site,
    locale: str,
    domain: str,
    catalog: Catalog,
    *,
    date: str,
    elsewhere: Recorded | None = None,
) -> Translators:
    """
    Record the translators of all texts that were not seen yet; what is known then.

    They are those who are named `elsewhere` (by default whatever the locale has), or
    else the catalog's Last-Translator. Nothing is recorded where one person is enough.
    The caller holds the site's lock. Raises StoreError.
    """
    if not needs_two(site, domain):
        return Translators()
    root = Path(site.root)
    known = read_translators(root, locale, domain)
    name = last_translator(catalog, stand_ins=(site.team, site.bugs))
    if elsewhere is None:
        elsewhere = read_recorded(site, locale)
    new = first_seen(catalog, known, translator=name, date=date, elsewhere=elsewhere)
    return _added(root, locale, domain, known, new)


def record_translator(
    site: Site,
    locale: str,
    domain: str,
    messages: Sequence[Message],
    *,
    before: Catalog | None,
    translator: str,
    date: str,
) -> Translators:
    """
    Record who is about to save translations, which `messages` hold already.

    To be called before the catalog is written: `before` is what it holds still, and
    what was not seen of it yet is recorded under its own Last-Translator. A text whose
    translator is known stays theirs. The caller holds the lock. Raises StoreError.
    """
    if not needs_two(site, domain):
        return Translators()
    if before is not None:
        known = see_catalog(site, locale, domain, before, date=date)
    else:
        known = read_translators(Path(site.root), locale, domain)
    new = (
        translated(message, translator=translator, date=date)
        for message in messages
        if not known.of(message)
    )
    return _added(Path(site.root), locale, domain, known, new)


def see_catalogs(
    site: Site, locale: str, paths: Mapping[str, Path], *, date: str
) -> Iterator[PublishError]:
    """
    The same for some catalogs of a locale, by domain; why not, of each that cannot be.

    Their old texts come first: they may have gone from one to the other since.
    """
    wanted = {domain: path for domain, path in paths.items() if needs_two(site, domain)}
    if not wanted:
        return
    try:
        recorded = dict(read_recorded(site, locale))
    except StoreError as error:
        yield error
        return
    for is_old in (True, False):
        for domain, path in wanted.items():
            try:
                catalog = read_catalog(path, root=Path(site.root))
                some = [each for each in catalog if each.obsolete is is_old]
                seen = see_catalog(
                    site,
                    locale,
                    domain,
                    catalog.with_messages(some),
                    date=date,
                    elsewhere=recorded,
                )
            except StoreError as error:
                yield error
            except CatalogError:
                continue  # it is told where the catalog is merged
            else:
                for line in seen.lines:
                    names = recorded.get(line.pair, ())
                    recorded[line.pair] = (*names, *{line.translator} - {*names})


def _added(
    root: Path,
    locale: str,
    domain: str,
    known: Translators,
    lines: Iterable[Translated],
) -> Translators:
    new = tuple(lines)
    append_translators(root, locale, domain, new)
    return Translators((*known.lines, *new)) if new else known
