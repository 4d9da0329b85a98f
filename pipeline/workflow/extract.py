"""`publish extract`: what the sources say now, into the catalogs of every locale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline import cldr
from pipeline.errors import PublishError
from pipeline.merge import Merge, merge
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.site import Site
from pipeline.po.header import new_catalog_header, new_template_header
from pipeline.store.catalogs import (
    catalog_path,
    read_catalog,
    template_path,
    write_catalog,
)
from pipeline.store.files import locked, sweep
from pipeline.store.journal import Journal
from pipeline.workflow.journaling import catalog_folders
from pipeline.workflow.renames import existing_templates, follow, renamed
from pipeline.workflow.report import FAILED, Progress, Report, silent, worst
from pipeline.workflow.templates import read_templates


@dataclass(frozen=True, slots=True)
class DomainChange:
    """What became of one catalog."""

    domain: str
    locale: str
    new: int
    changed: int
    moved: int
    kept: int
    obsolete: int
    written: bool

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractReport(Report):
    """What `extract` did, or with `--check` would have done."""

    domains: tuple[DomainChange, ...] = ()
    templates_written: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    is_check: bool = False

    def body(self) -> dict[str, object]:
        return {"domains": [change.as_json() for change in self.domains]}

    @property
    def has_changes(self) -> bool:
        """Whether any file was, or would be, written."""
        return bool(
            self.templates_written
            or self.renamed
            or any(change.written for change in self.domains),
        )

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        if self.is_check and self.has_changes:
            codes.append(FAILED)
        return worst(codes)


def extract(
    site: Site,
    *,
    locales: tuple[str, ...],
    now: datetime,
    check: bool = False,
    progress: Progress = silent,
) -> ExtractReport:
    """
    Bring `_pot/` and the catalogs of `locales` up to date with the sources.

    With `check`, nothing is written, and the report says what would be.
    """
    root = Path(site.root)
    with locked(root), Journal(root, "extract") as journal:
        if not check:
            sweep(root / "locales", root=root)
        journal.read(catalog_folders(locales))
        templates = read_templates(site)
        errors = list(templates.errors)
        living = templates.articles.domains
        today = now.strftime("%Y-%m-%d")
        if check:
            moved = _would_rename(root, templates.messages, living)
        else:
            moved, trouble = follow(site, templates.messages, living, today, journal)
            errors += trouble
        run = _Run(site, root, templates.messages, now, journal, check)
        written = run.write_templates(errors)
        changes: list[DomainChange] = []
        for done, locale in enumerate(locales):
            progress("locales", done, len(locales))
            changes += run.merge_locale(locale, errors)
    return ExtractReport(
        errors=tuple(errors),
        domains=tuple(changes),
        templates_written=tuple(written),
        renamed=tuple(moved.items()),
        notes=(journal.warning,) if journal.warning else (),
        is_check=check,
    )


def _would_rename(
    root: Path, templates: Mapping[str, Sequence[Message]], living: frozenset[str]
) -> dict[str, str]:
    existing = existing_templates(root)
    vanished = {
        domain: read_catalog(path, root=root).messages
        for domain, path in existing.items()
        if domain not in templates and domain not in living
    }
    added = {name: each for name, each in templates.items() if name not in existing}
    return renamed(vanished, added)


@dataclass(frozen=True, slots=True)
class _Run:
    site: Site
    root: Path
    templates: Mapping[str, Sequence[Message]]
    now: datetime
    journal: Journal
    check: bool

    @property
    def stamp(self) -> str:
        """The present as gettext writes dates."""
        return self.now.strftime("%Y-%m-%d %H:%M%z")

    def write_templates(self, errors: list[PublishError]) -> list[str]:
        """Write `_pot/`; the domains whose file changed."""
        written = []
        for domain, messages in self.templates.items():
            path = template_path(self.root, domain)
            try:
                old = read_catalog(path, root=self.root) if path.exists() else None
                template = self._template(old, messages)
                if template != old and self._write(path, template, old):
                    written.append(domain)
            except PublishError as error:
                errors.append(error)
        return written

    def _template(self, old: Catalog | None, messages: Sequence[Message]) -> Catalog:
        header = new_template_header(
            project=self.site.title or "site",
            bugs=self.site.bugs,
            creation_date=self.stamp,
            plurals=any(message.msgid_plural for message in messages),
        )
        new = Catalog(header, tuple(messages))
        if old is None:
            return new
        if {m.key for m in old.messages} == {m.key for m in messages}:
            stamp = old.fields().get("POT-Creation-Date", self.stamp)
            return new.with_fields(POT_Creation_Date=stamp)
        return new

    def _write(self, path: Path, catalog: Catalog, base: Catalog | None) -> bool:
        if self.check:
            return True
        return write_catalog(
            path, catalog, root=self.root, base=base, journal=self.journal
        )

    def merge_locale(
        self, locale: str, errors: list[PublishError]
    ) -> list[DomainChange]:
        """Merge every domain into one locale."""
        old = self._read_locale(locale, errors)
        vanished = self._vanished(old)
        changes = []
        for domain, messages in self.templates.items():
            if domain not in old:
                continue
            try:
                changes.append(
                    self._merge(locale, domain, messages, old[domain], vanished)
                )
            except PublishError as error:
                errors.append(error)
        return changes

    def _read_locale(
        self, locale: str, errors: list[PublishError]
    ) -> dict[str, Catalog | None]:
        """Every catalog of the locale; None for a new one; broken ones are left out."""
        folder = cldr.gettext_locale(locale)
        top = self.root / "locales" / folder / "LC_MESSAGES"
        on_disk = {
            path.relative_to(top).with_suffix("").as_posix(): path
            for path in sorted(top.rglob("*.po"))
        }
        found: dict[str, Catalog | None] = {}
        for domain in {**dict.fromkeys(self.templates), **on_disk}:
            path = catalog_path(self.root, folder, domain)
            try:
                found[domain] = (
                    read_catalog(path, root=self.root) if path.exists() else None
                )
            except PublishError as error:
                errors.append(error)
        return found

    def _vanished(self, old: Mapping[str, Catalog | None]) -> dict[Key, Message]:
        """Translations whose source is gone from where it was, wherever that was."""
        vanished: dict[Key, Message] = {}
        for domain, catalog in old.items():
            wanted = {m.key for m in self.templates.get(domain, ())}
            for message in catalog or ():
                if message.key not in wanted and message.is_translated:
                    vanished.setdefault(message.key, message)
        return vanished

    def _merge(
        self,
        locale: str,
        domain: str,
        messages: Sequence[Message],
        old: Catalog | None,
        vanished: Mapping[Key, Message],
    ) -> DomainChange:
        header = new_catalog_header(
            project=self.site.title or "site",
            bugs=self.site.bugs,
            team=self.site.team,
            language=cldr.gettext_locale(locale),
            plural_forms=cldr.plural_forms(locale),
            creation_date=self.stamp,
        )
        merged = merge(
            messages,
            old,
            header=header,
            elsewhere=vanished,
            today=self.now.strftime("%Y-%m-%d"),
        )
        path = catalog_path(self.root, cldr.gettext_locale(locale), domain)
        written = merged.catalog != old and self._write(path, merged.catalog, old)
        return _change(domain, locale, merged, written=written)


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
