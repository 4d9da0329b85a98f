"""One domain of an extraction: its messages, what it gives away, and its catalogs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from pipeline import cldr, registry
from pipeline.errors import PublishError
from pipeline.extract import extract
from pipeline.late import dataclass
from pipeline.merge import Merge, merge
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.site import Site
from pipeline.po.header import new_catalog_header, new_template_header
from pipeline.rekey import is_outdated, rekeyed
from pipeline.render.strings import template_messages
from pipeline.store.catalogs import (
    catalog_path,
    read_catalog,
    template_path,
    write_catalog,
)
from pipeline.store.extracted import CatalogRecord, SourceRecord
from pipeline.store.files import shown
from pipeline.store.journal import Journal
from pipeline.store.sources import SourceFile
from pipeline.store.stamps import stamp_trees
from pipeline.workflow.articles import read_article
from pipeline.workflow.losses import losses
from pipeline.workflow.survey import Survey
from pipeline.workflow.templates import MESSAGES, theme_folders

Pool: TypeAlias = Mapping[Key, Message]
"""Translations whose source is gone from where it was, wherever that was."""


@dataclass(frozen=True, slots=True)
class DomainChange:
    """What became of one catalog."""

    domain: str
    locale: str
    new: int = 0
    changed: int = 0
    moved: int = 0
    kept: int = 0
    obsolete: int = 0
    written: bool = False

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Vanished:
    """What the catalogs of a domain hold and its source does not ask for any more."""

    domain: str
    messages: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    """By locale."""

    catalogs: Mapping[str, CatalogRecord] = field(default_factory=dict)
    """Those that will not be merged, for they have no source, or only a draft."""

    errors: Mapping[str, PublishError] = field(default_factory=dict)
    """Why a locale's catalog cannot be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a domain."""

    domain: str
    changes: tuple[DomainChange, ...] = ()
    template_written: bool = False
    source: SourceRecord | None = None
    catalogs: Mapping[str, CatalogRecord] = field(default_factory=dict)
    errors: tuple[PublishError, ...] = ()
    notes: tuple[str, ...] = ()
    unsynced: frozenset[Path] = frozenset()
    """Folders whose names are not on the disk yet."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What writing the catalogs of a domain needs."""

    journal: Journal
    unsynced: set[Path] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Merging:
    """The work on each domain; any process may do it, in any order."""

    site: Site
    files: Mapping[str, SourceFile]
    survey: Survey
    now: datetime
    check: bool
    root: Path
    """The site's folder."""

    _templates: dict[str, tuple[Message, ...] | None] = field(default_factory=dict)

    def template(self, domain: str) -> tuple[Message, ...] | None:
        """
        What the source of a domain asks to be translated.

        None if there is no source, or only a draft. Raises PublishError.
        """
        if domain not in self._templates:
            self._templates[domain] = self._read_template(domain)
        return self._templates[domain]

    def _read_template(self, domain: str) -> tuple[Message, ...] | None:
        if domain == MESSAGES:
            return template_messages(theme_folders(self.site), self.site)
        if domain not in self.files:
            return None
        article = read_article(self.site, self.files[domain])
        return None if article.is_draft else extract(article)

    def vanished(self, domain: str, locales: Sequence[str]) -> Vanished:
        """What the catalogs of a domain give away to other domains."""
        messages: dict[str, tuple[Message, ...]] = {}
        records: dict[str, CatalogRecord] = {}
        errors: dict[str, PublishError] = {}
        for locale in locales:
            try:
                path = self._path(domain, locale)
                catalog = read_catalog(path, root=self.root)
            except PublishError as error:
                errors[locale] = error
                continue
            wanted = self._wanted(domain, path, catalog)
            messages[locale] = tuple(
                message
                for message in catalog.messages
                if message.is_translated and message.key not in (wanted or ())
            )
            if wanted is None:
                records |= self._record(domain, path, catalog, ())
        return Vanished(domain, messages, records, errors)

    def _wanted(self, domain: str, path: Path, catalog: Catalog) -> set[Key] | None:
        """What the source asks for; None where there is nothing to be translated."""
        source = self.survey.source(domain)
        if source and self.survey.catalog(shown(path, self.root), domain):
            return {m.key for m in catalog.living} if source.is_template else None
        try:
            template = self.template(domain)
        except PublishError:
            # It is told when the domain itself comes up.
            return set()
        return None if template is None else {message.key for message in template}

    def merged(
        self, domain: str, locales: Sequence[str], pools: Mapping[str, Pool]
    ) -> Outcome:
        """Bring the template of a domain and its catalogs up to date."""
        try:
            messages = self.template(domain)
        except PublishError as error:
            return Outcome(domain, errors=(error,))
        self._templates.pop(domain, None)  # it is not needed again
        source = SourceRecord(self.survey.version(domain), messages is not None)
        if messages is None:
            return Outcome(domain, source=source)
        changes: list[DomainChange] = []
        records: dict[str, CatalogRecord] = {}
        errors: list[PublishError] = []
        plain = self._plain(domain)
        if plain:
            # Once the template is new, nothing tells that other locales are not.
            locales = tuple(dict.fromkeys((*locales, *self.site.locales)))
        with Journal(self.root, "extract") as journal:
            desk = _Desk(journal)
            written = False
            try:
                record, written = self._write_template(domain, messages, desk)
                records |= record
            except PublishError as error:
                errors.append(error)
            for locale in locales:
                pool = pools.get(locale, {})
                try:
                    change, record = self._merge(
                        domain, locale, messages, pool, desk, plain=plain
                    )
                except PublishError as error:
                    errors.append(error)
                else:
                    changes.append(change)
                    records |= record
        return Outcome(
            domain,
            changes=tuple(changes),
            template_written=written,
            source=source,
            catalogs=records,
            errors=tuple(errors),
            notes=(*filter(None, [journal.warning]), *desk.notes),
            unsynced=frozenset(desk.unsynced),
        )

    def _plain(self, domain: str) -> Callable[[str], str] | None:
        """The words of a msgid, where older rules made the template of the domain."""
        path = template_path(self.root, domain)
        if domain not in self.files or not path.exists():
            return None
        try:
            is_old = is_outdated(read_catalog(path, root=self.root))
        except PublishError:
            return None  # it is told when the template is written
        kind = registry.format_named(self.files[domain].format)
        return kind.to_plain if is_old else None

    def _write_template(
        self, domain: str, messages: tuple[Message, ...], desk: _Desk
    ) -> tuple[dict[str, CatalogRecord], bool]:
        path = template_path(self.root, domain)
        old = self._old(path)
        header = new_template_header(
            project=self.site.title or "site",
            bugs=self.site.bugs,
            creation_date=self._stamp,
            plurals=any(message.msgid_plural for message in messages),
        )
        new = Catalog(header, messages)
        if old and {m.key for m in old.messages} == {m.key for m in messages}:
            date = old.fields().get("POT-Creation-Date", self._stamp)
            new = new.with_fields(POT_Creation_Date=date)
        written = new != old and self._write(path, new, old, desk)
        return self._record(domain, path, new, messages, written=written), written

    def _merge(
        self,
        domain: str,
        locale: str,
        messages: tuple[Message, ...],
        pool: Pool,
        desk: _Desk,
        *,
        plain: Callable[[str], str] | None,
    ) -> tuple[DomainChange, dict[str, CatalogRecord]]:
        path = self._path(domain, locale)
        old = base = self._old(path)
        if old and plain:
            old = rekeyed(old, messages, plain)
        header = new_catalog_header(
            project=self.site.title or "site",
            bugs=self.site.bugs,
            team=self.site.team,
            language=cldr.gettext_locale(locale),
            plural_forms=cldr.plural_forms(locale),
            creation_date=self._stamp,
        )
        merged = merge(
            messages,
            old,
            header=header,
            elsewhere=pool,
            today=self.now.strftime("%Y-%m-%d"),
            source_locale=self.site.source_locale,
        )
        if base and not plain:
            self._note_losses(path, domain, base, merged.catalog, desk)
        written = merged.catalog != base and self._write(
            path, merged.catalog, base, desk
        )
        record = self._record(domain, path, merged.catalog, messages, written=written)
        return _change(domain, locale, merged, written=written), record

    def _note_losses(
        self, path: Path, domain: str, base: Catalog, merged: Catalog, desk: _Desk
    ) -> None:
        folder = path.relative_to(self.root).parts[1]
        texts = desk.journal.known(folder, domain)
        count = losses(base, merged.living, texts)
        if count:
            entries = "1 entry" if count == 1 else f"{count} entries"
            desk.notes.append(
                f"{shown(path, self.root)}: {entries} had words that the file does not"
                " hold now, as if it had been cut;"
                f" `publish recover {domain}` lists them"
            )

    @property
    def _stamp(self) -> str:
        """The present as gettext writes dates."""
        return self.now.strftime("%Y-%m-%d %H:%M%z")

    def _path(self, domain: str, locale: str) -> Path:
        return catalog_path(self.root, cldr.gettext_locale(locale), domain)

    def _old(self, path: Path) -> Catalog | None:
        return read_catalog(path, root=self.root) if path.exists() else None

    def _write(
        self, path: Path, catalog: Catalog, base: Catalog | None, desk: _Desk
    ) -> bool:
        if self.check:
            return True
        return write_catalog(
            path,
            catalog,
            root=self.root,
            base=base,
            journal=desk.journal,
            unsynced=desk.unsynced,
        )

    def _record(
        self,
        domain: str,
        path: Path,
        catalog: Catalog,
        messages: Sequence[Message],
        *,
        written: bool = False,
    ) -> dict[str, CatalogRecord]:
        """What the next run may know of a catalog; nothing where that is not sure."""
        name = shown(path, self.root)
        if written:
            stamp = stamp_trees(self.root, [name]).get(name)
        else:
            stamp = self.survey.stamps.get(name)
            if stamp and not self.survey.is_settled(stamp):
                return {}
        if stamp is None or domain in self.survey.racy or self.check:
            return {}
        record = CatalogRecord(
            *stamp,
            self.survey.version(domain),
            messages=len(messages),
            untranslated=any(
                not any(message.msgstrs) and message.msgctxt != "slug"
                for message in catalog.living
            ),
            vanished=_has_vanished(catalog, has_source=bool(messages)),
        )
        return {name: record}


def _has_vanished(catalog: Catalog, *, has_source: bool) -> bool:
    if not has_source:
        return any(message.is_translated for message in catalog.messages)
    obsolete = [m.key for m in catalog.messages if m.obsolete and m.is_translated]
    return bool(obsolete) and not {m.key for m in catalog.living}.issuperset(obsolete)


def _change(domain: str, locale: str, merged: Merge, *, written: bool) -> DomainChange:
    return DomainChange(
        domain=domain,
        locale=locale,
        new=merged.new,
        changed=merged.changed,
        moved=merged.moved,
        kept=merged.kept,
        obsolete=merged.obsolete,
        written=written,
    )
