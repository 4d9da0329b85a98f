"""`publish extract`: what the sources say now, into the catalogs of every locale."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pipeline import registry
from pipeline.cldr import gettext_locale
from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Key, Message
from pipeline.model.site import Site
from pipeline.store.catalogs import read_catalog
from pipeline.store.extracted import (
    CatalogRecord,
    Extracted,
    SourceRecord,
    read_extracted,
    write_extracted,
)
from pipeline.store.files import sweep, sync_folder
from pipeline.store.journal import Journal
from pipeline.store.lock import locked
from pipeline.store.sources import SourceFile, find_sources
from pipeline.store.stamps import stamp_trees
from pipeline.workflow.again import code_stamp
from pipeline.workflow.executors import spread, worker_count
from pipeline.workflow.fresh import digest
from pipeline.workflow.journaling import catalog_folders
from pipeline.workflow.merging import DomainChange, Merging, Outcome, Pool, Vanished
from pipeline.workflow.renames import existing_templates, follow, renamed
from pipeline.workflow.report import FAILED, Progress, Report, silent, worst
from pipeline.workflow.survey import Survey, is_settled_now, survey
from pipeline.workflow.templates import MESSAGES
from pipeline.workflow.translators import needs_two, see_catalogs


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

    With `check`, nothing is written, and the report says what would be. What has not
    changed since the last time is not read again; the outcome is the same.
    """
    root = Path(site.root)
    with locked(root), Journal(root, "extract") as journal:
        if not check:
            sweep(root / "locales", root=root)
        journal.read(catalog_folders(locales))
        sources = find_sources(site, registry.format_suffixes())
        known = read_extracted(root, digest(site, {}, code_stamp()))
        run = _Run(
            site,
            locales,
            {file.domain: file for file in sources.files},
            sources.domains | {MESSAGES},
            now,
            known,
            check,
        )
        moved, trouble = run.rename(journal)
        # A connection must not go through a fork; it opens again when it is needed.
        journal.close()
        done = run.merge_all(frozenset(trouble), progress)
        errors = [*sources.errors, *trouble.values(), *done.errors]
        if not check:
            errors += run.see_translators()
            errors += _finish(root, done)
    warnings = (journal.warning, *done.notes)
    return ExtractReport(
        errors=tuple(errors),
        domains=done.changes,
        templates_written=done.templates_written,
        renamed=tuple(moved.items()),
        notes=tuple(dict.fromkeys(filter(None, warnings))),
        is_check=check,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """Everything that came of a run."""

    changes: tuple[DomainChange, ...]
    templates_written: tuple[str, ...]
    errors: tuple[PublishError, ...]
    notes: tuple[str, ...]
    unsynced: frozenset[Path]
    extracted: Extracted


def _finish(root: Path, done: _Done) -> list[StoreError]:
    """Force what was written to the disk, then remember it."""
    try:
        for folder in sorted(done.unsynced):
            sync_folder(folder, root=root)
        write_extracted(root, done.extracted)
    except StoreError as error:
        return [error]
    return []


@dataclass(frozen=True, slots=True)
class _Given:
    """What the catalogs of all domains give away."""

    pools: Mapping[str, Pool]
    fresh: Mapping[str, frozenset[Key]]
    """By locale, what may not have been in its pool the last time."""

    domains: Mapping[str, Vanished]


@dataclass(frozen=True, slots=True)
class _Run:
    site: Site
    locales: tuple[str, ...]
    files: Mapping[str, SourceFile]
    living: frozenset[str]
    now: datetime
    known: Extracted
    check: bool

    @property
    def root(self) -> Path:
        return Path(self.site.root)

    def rename(
        self, journal: Journal
    ) -> tuple[dict[str, str], dict[str, PublishError]]:
        """Follow the articles that have another name now."""
        existing = existing_templates(self.root)
        if not existing.keys() - self.living:
            return {}, {}
        merging = self._merging()
        added: dict[str, Sequence[Message]] = {}
        for domain in self.files.keys() - existing.keys():
            try:
                messages = merging.template(domain)
            except PublishError:
                continue  # it is told when the domain itself comes up
            if messages:
                added[domain] = messages
        if self.check:
            return self._would_rename(existing, added), {}
        today = self.now.strftime("%Y-%m-%d")
        return follow(self.site, added, self.living, today, journal)

    def _would_rename(
        self, existing: Mapping[str, Path], added: Mapping[str, Sequence[Message]]
    ) -> dict[str, str]:
        vanished = {
            domain: read_catalog(path, root=self.root).messages
            for domain, path in existing.items()
            if domain not in self.living
        }
        return renamed(vanished, added)

    def _merging(self) -> Merging:
        seen = survey(self.site, tuple(self.files.values()), self.known)
        return Merging(self.site, self.files, seen, self.now, self.check, self.root)

    def merge_all(self, blocked: frozenset[str], progress: Progress) -> _Done:
        """Bring everything up to date but the domains that are `blocked`."""
        merging = self._merging()
        workers = worker_count(self.site.jobs, self.site.executor)
        given = self._given(merging, workers)
        plan = [
            (domain, todo)
            for domain in (*self.files, MESSAGES)
            if domain not in blocked
            and (todo := self._todo(domain, merging.survey, given)) is not None
        ]
        outcomes: list[Outcome] = []
        for outcome in spread(
            lambda index: merging.merged(*plan[index], given.pools),
            len(plan),
            workers=workers,
        ):
            progress("articles", len(outcomes), len(plan))
            outcomes.append(outcome)
        unreadable = [
            e for each in given.domains.values() for e in each.errors.values()
        ]
        return _Done(
            changes=tuple(self._changes(merging.survey, outcomes, blocked)),
            templates_written=tuple(o.domain for o in outcomes if o.template_written),
            errors=(*unreadable, *(e for each in outcomes for e in each.errors)),
            notes=tuple(note for each in outcomes for note in each.notes),
            unsynced=frozenset[Path]().union(*(each.unsynced for each in outcomes)),
            extracted=_extracted(merging.survey, given, outcomes),
        )

    def _todo(self, domain: str, seen: Survey, given: _Given) -> tuple[str, ...] | None:
        """The locales that a domain has to be merged into; None: it is up to date."""
        source = seen.source(domain)
        if source and not source.is_template:
            return None
        broken = given.domains[domain].errors if domain in given.domains else {}
        todo = tuple(
            locale
            for locale in self.locales
            if locale not in broken and not self._is_done(domain, locale, seen, given)
        )
        has_template = seen.catalog(f"locales/_pot/{domain}.pot", domain) is not None
        return None if source and has_template and not todo else todo

    def _is_done(self, domain: str, locale: str, seen: Survey, given: _Given) -> bool:
        record = seen.catalog(_path(locale, domain), domain)
        if record is None:
            return False
        fresh = given.fresh.get(locale)
        if not fresh:
            return True
        # A text without translation takes one that has become free elsewhere.
        slug = ("slug", domain.rpartition("/")[2])
        return not record.untranslated and slug not in fresh

    def _given(self, merging: Merging, workers: int) -> _Given:
        """Read the catalogs that may give translations away to others."""
        seen = merging.survey
        wanted: dict[str, list[str]] = {}
        changed: set[tuple[str, str]] = set()
        for locale in self.locales:
            for domain in seen.domains(f"{gettext_locale(locale)}/LC_MESSAGES"):
                record = seen.catalog(_path(locale, domain), domain)
                if record is None:
                    changed.add((locale, domain))
                if record is None or record.vanished:
                    wanted.setdefault(domain, []).append(locale)
        order = {domain: place for place, domain in enumerate((*self.files, MESSAGES))}
        tasks = sorted(
            wanted.items(), key=lambda task: (order.get(task[0], len(order)), task[0])
        )
        given = list(
            spread(
                lambda index: merging.vanished(*tasks[index]),
                len(tasks),
                workers=workers,
            ),
        )
        pools: dict[str, dict[Key, Message]] = {locale: {} for locale in self.locales}
        fresh: dict[str, set[Key]] = {locale: set() for locale in self.locales}
        for each in given:
            for locale, messages in each.messages.items():
                for message in messages:
                    pools[locale].setdefault(message.key, message)
                if (locale, each.domain) in changed:
                    fresh[locale].update(message.key for message in messages)
        return _Given(
            pools,
            {locale: frozenset(keys) for locale, keys in fresh.items()},
            {each.domain: each for each in given},
        )

    def see_translators(self) -> Iterator[PublishError]:
        """Record who translated what is new in catalogs, where that is needed."""
        today = self.now.strftime("%Y-%m-%d")
        domains = [d for d in (*self.files, MESSAGES) if needs_two(self.site, d)]
        for locale in self.locales if domains else ():
            paths = {domain: _path(locale, domain) for domain in domains}
            stamps = stamp_trees(self.root, paths.values())
            known = self.known.catalogs
            changed = {
                domain: self.root / path
                for domain, path in paths.items()
                if path in stamps
                and (path not in known or known[path].stamp != stamps[path])
            }
            yield from see_catalogs(self.site, locale, changed, date=today)

    def _changes(
        self,
        seen: Survey,
        outcomes: Sequence[Outcome],
        blocked: frozenset[str],
    ) -> Iterator[DomainChange]:
        """Locale by locale, the domains in their order."""
        merged = {
            (change.locale, change.domain): change
            for outcome in outcomes
            for change in outcome.changes
        }
        for locale in self.locales:
            for domain in (*self.files, MESSAGES):
                change = merged.get((locale, domain))
                if change is None and domain not in blocked:
                    source = seen.source(domain)
                    record = seen.catalog(_path(locale, domain), domain)
                    if source and source.is_template and record:
                        change = DomainChange(domain, locale, kept=record.messages)
                if change is not None:
                    yield change


def _path(locale: str, domain: str) -> str:
    return f"locales/{gettext_locale(locale)}/LC_MESSAGES/{domain}.po"


def _extracted(seen: Survey, given: _Given, outcomes: Sequence[Outcome]) -> Extracted:
    """What the next run may trust."""
    sources: dict[str, SourceRecord] = {
        domain: record
        for domain, record in seen.known.sources.items()
        if domain in seen.versions and seen.source(domain)
    }
    catalogs: dict[str, CatalogRecord] = {
        path: record
        for path, record in seen.known.catalogs.items()
        if seen.stamps.get(path) == record.stamp
    }
    for each in given.domains.values():
        catalogs |= each.catalogs
    for outcome in outcomes:
        if outcome.source and outcome.domain not in seen.racy:
            sources[outcome.domain] = outcome.source
        catalogs |= outcome.catalogs
    settled = {p: r for p, r in catalogs.items() if is_settled_now(r.stamp)}
    return Extracted(seen.known.key, sources, settled)
