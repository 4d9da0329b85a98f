"""
`publish build --format source`: what a build lets out, as documents for other site
generators.

The build itself says what goes out: nothing is exported that is not a page of
`dist/release.json`, in full and in its own language.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, fields
from datetime import datetime
from pathlib import Path

from pipeline import registry
from pipeline.errors import PublishError, StoreError, UsageError
from pipeline.extract import extract
from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.render.documents import Document, Shelf, document
from pipeline.render.layouts import LAYOUTS, Layout
from pipeline.store.dist import FOLDER
from pipeline.store.files import read_bytes
from pipeline.store.ledger import Row, read_ledger
from pipeline.store.lock import locked
from pipeline.store.published import read_history
from pipeline.store.sources import SourceFile, Sources, find_sources, list_assets
from pipeline.workflow.apart import require_beside
from pipeline.workflow.articles import format_of, read_article
from pipeline.workflow.build import build
from pipeline.workflow.decide import Rules, decide
from pipeline.workflow.desk import terms_of
from pipeline.workflow.executors import Workers, spread, workers_of
from pipeline.workflow.exported import ExportFolder, Made
from pipeline.workflow.inputs import key_of
from pipeline.workflow.locales import build_locales
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.release import digest
from pipeline.workflow.released import Release, read_release
from pipeline.workflow.report import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport(BuildReport):
    """A build, and the documents that were made of it; paths are below `to`."""

    layout: str = ""
    to: str = ""
    exported: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    unchanged: int = 0

    def body(self) -> dict[str, object]:
        # Not `super()`: a class with slots is made twice.
        return BuildReport.body(self) | {
            "source": {
                "layout": self.layout,
                "to": self.to,
                "written": list(self.exported),
                "removed": list(self.withdrawn),
                "unchanged": self.unchanged,
            },
        }

    def further(self) -> tuple[str, ...]:
        done = f"{len(self.exported)} written, {len(self.withdrawn)} removed"
        return (f"{self.to}: {done}, {self.unchanged} as they were",)


def export_source(
    site: Site,
    options: BuildOptions,
    *,
    layout: str,
    to: Path | None,
    now: datetime,
    progress: Progress = silent,
) -> SourceReport:
    """
    Build, then write what went out as documents of a layout, by default into
    `dist/source/`.

    Raises UsageError for drafts, for an unknown layout, and where a file that no export
    wrote is in the way; StoreError where the disk refuses.
    """
    if options.draft:
        raise UsageError(
            "drafts are never exported", hint="leave out --draft or --format source"
        )
    root = Path(site.root)
    folder = to or root / FOLDER / "source"
    require_beside(site, folder, hint="name the folder of the other site")
    built = build(site, options, now=now, progress=progress)
    with locked(root):
        workers = workers_of(
            site,
            jobs=options.jobs,
            executor=options.executor,
            scheduler=options.scheduler,
            share=options.share,
        )
        run = _Export(
            site, LAYOUTS[layout], ExportFolder(folder, layout), workers, progress
        )
        run.make(build_locales(site, options.asked, draft=False))
    values = {each.name: getattr(built, each.name) for each in fields(built)}
    values["errors"] = (*built.errors, *run.errors)
    shown = (
        folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder
    )
    return SourceReport(
        **values,
        layout=layout,
        to=str(shown),
        exported=tuple(sorted(run.place.written)),
        withdrawn=tuple(sorted(run.place.removed)),
        unchanged=run.unchanged,
    )


@dataclass
class _Export:
    """One run; what it does is collected here."""

    site: Site
    layout: Layout
    place: ExportFolder
    workers: Workers
    progress: Progress
    errors: list[PublishError] = field(default_factory=list)
    unchanged: int = 0

    @property
    def root(self) -> Path:
        return Path(self.site.root)

    def make(self, locales: tuple[str, ...]) -> None:
        """Write the documents of these locales; those of others stay."""
        before = self.place.read()
        release = read_release(self.root / FOLDER)
        sources = find_sources(self.site, registry.format_suffixes())
        files = sources.files
        shelf = self._shelf(release, sources)
        jobs = [
            (file, locale)
            for file in files
            for locale in locales
            if (file.domain, locale) in shelf.slugs
        ]
        made = {p: m for p, m in before.items() if m.locale and m.locale not in locales}
        rows = read_ledger(self.root, "build").rows
        around = _around(shelf)
        contents: dict[str, bytes] = {}
        anew: list[tuple[SourceFile, str, str]] = []
        for file, locale in jobs:
            path = shelf.path(file.domain, locale)
            key = _key(rows.get((file.domain, locale)), around)
            old = before.get(path)
            if (
                old is not None
                and key
                and old.key == key
                and self.place.holds(path, old)
            ):
                made[path] = old
            else:
                anew.append((file, locale, key))
        writer = _Writer(self.site, shelf, self._rules(locales))

        def work(index: int) -> Document | PublishError:
            return writer.document(*anew[index][:2])

        for number, found in enumerate(spread(work, len(anew), workers=self.workers)):
            self.progress("exporting", number, len(anew))
            if isinstance(found, PublishError):
                self.errors.append(found)
                continue
            _, locale, key = anew[number]
            contents[found.path] = found.data
            assets = tuple(sorted((file, to) for to, file in found.assets.items()))
            made[found.path] = Made(digest(found.data), key, locale, assets)
        for source, target in sorted({a for m in made.values() for a in m.assets}):
            data = read_bytes(self.root / source, root=self.root)
            contents[target], made[target] = data, Made(digest(data))
        self.place.settle(before, made, contents)
        self.unchanged = len(made) - len(self.place.written)

    def _shelf(self, release: Release, sources: Sources) -> Shelf:
        pages = (*release.pages, *(release.mails if self.layout.is_plain else ()))
        slugs = {
            (each["article"], each["locale"]): _slug(each["path"])
            for each in pages
            # Nothing else is whole in its language; generators fall back themselves.
            # What is published with a reason is an older text, under a notice that no
            # document can carry.
            if each["state"] == State.PUBLISHED and not each["why"]
        }
        return Shelf(
            self.layout,
            self.site.source_locale,
            slugs,
            {file.domain: file.format for file in sources.files},
            sources.paths,
            list_assets(self.site, registry.format_suffixes()),
        )

    def _rules(self, locales: tuple[str, ...]) -> dict[str, Rules]:
        """What the articles of each locale are judged by, as in the build."""
        site = self.site
        found: dict[str, Rules] = {}
        for locale in locales:
            terms: tuple[Term, ...] = ()
            if locale != site.source_locale:
                # A broken glossary is an error of the build already.
                with suppress(PublishError):
                    terms = terms_of(site, locale)
            history = read_history(self.root, locale)
            found[locale] = Rules(site, locale, history, terms)
        return found


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes documents, in whatever process."""

    site: Site
    shelf: Shelf
    rules: Mapping[str, Rules]
    """By locale."""

    def document(self, file: SourceFile, locale: str) -> Document | PublishError:
        """The document of an article in a locale, or why there is none."""
        try:
            original = read_article(self.site, file)
            decision = decide(original, extract(original), self.rules[locale])
            if decision.state is not State.PUBLISHED:
                return StoreError(
                    f"is not what was built in {locale}: {decision.why}",
                    path=file.path,
                    hint="run the same command again",
                )
            to_html = format_of(original).to_html
            article = decision.article
            return document(article, original, locale, self.shelf, to_html=to_html)
        except PublishError as error:
            return error


def _slug(path: str) -> str:
    """The slug in the path of a page or a mail."""
    stem = path.removesuffix("/index.html").rpartition("/")[2]
    return stem.removesuffix(".eml")


def _around(shelf: Shelf) -> str:
    """The key of all that a document may say of others."""
    return key_of(
        (
            shelf.layout.name,
            repr(sorted(shelf.slugs.items())),
            repr(sorted(shelf.domains.items())),
            *sorted(shelf.assets),
        )
    )


def _key(row: Row | None, around: str) -> str:
    """The key of all that a document follows from; empty where it is not known."""
    return key_of((row.version, around)) if row is not None and row.version else ""
