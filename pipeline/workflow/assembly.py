"""
The work of a build, from articles to files.

    read -> decide (gate, localize) -> library -> render -> write -> release.json
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pipeline import cldr, registry
from pipeline.errors import PublishError, SourceError, StoreError
from pipeline.model.article import Article
from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.store.bodies import Bodies
from pipeline.store.dist import list_dist, remove_dist, write_dist
from pipeline.store.files import is_left_over, remove, sweep
from pipeline.store.ledger import Ledger, read_ledger, write_ledger
from pipeline.store.published import Event, History, append_history, read_history
from pipeline.store.sources import Sources, find_sources
from pipeline.store.state import Stamp, stamp_trees
from pipeline.workflow.decide import Decision, Rules
from pipeline.workflow.desk import terms_of
from pipeline.workflow.executors import worker_count
from pipeline.workflow.fresh import digest
from pipeline.workflow.inputs import Inputs
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.produce import Batch, Product, output_path, produce
from pipeline.workflow.release import OWNED, release_document
from pipeline.workflow.remembered import remembered
from pipeline.workflow.report import Progress
from pipeline.workflow.study import Study, row_of
from pipeline.workflow.words import read_words

_KINDS: Final = ("site", "mail")


@dataclass
class Assembly:
    """One run; what its steps find is collected here."""

    site: Site
    options: BuildOptions
    locales: tuple[str, ...]
    now: datetime
    progress: Progress
    stamps: Mapping[str, Stamp]
    """Of the files in `source/`, `locales/` and `templates/`."""

    started: int
    """Nanoseconds since 1970."""

    errors: list[PublishError] = field(default_factory=list)
    histories: dict[str, History] = field(default_factory=dict)
    sources: Sources = field(default_factory=lambda: Sources(()))
    living: dict[str, Article] = field(default_factory=dict)
    """Every article that can be read, without its text, by domain."""

    @property
    def root(self) -> Path:
        return Path(self.site.root)

    @property
    def kind(self) -> str:
        return "draft" if self.options.draft else "build"

    @property
    def workers(self) -> int:
        return worker_count(
            self.options.jobs or self.site.jobs,
            self.options.executor or self.site.executor,
        )

    def run(self) -> tuple[BuildReport, Mapping[str, Stamp], Ledger]:
        """
        Build; the report, the stamp of every file that belongs to the set, and what the
        next build may know of it.
        """
        draft = self.options.draft
        sweep(self.root / ".publish", root=self.root)
        sweep(self.root / "dist", root=self.root, deep=False)
        known = (self.site.source_locale, *self.site.locales)
        for locale in dict.fromkeys((*known, *self.locales)):
            self.histories[locale] = read_history(self.root, locale)
        before = read_ledger(self.root, self.kind)
        study = self._study(before)
        self.sources = find_sources(self.site, registry.format_suffixes())
        self.errors += self.sources.errors
        decisions = self._decide(study)
        judged = decisions
        decisions = self._one_slug_each(decisions)
        for decision in decisions:
            self.errors += decision.errors
        kept = () if draft else self._kept(study, before)
        there = stamp_trees(self.root, self._tops)
        for path in [each for each in there if is_left_over(each)]:
            remove(self.root / path, root=self.root)
            del there[path]
        batch = self._batch(study, before, [*decisions, *kept], there)
        product = produce(batch, workers=self.workers, progress=self.progress)
        self.errors += [*batch.words.errors, *product.errors]
        decisions = [self._unless_failed(d, product) for d in decisions]
        pages, mails = self._outputs(decisions)
        if not draft:
            self._record([*decisions, *kept])
        self.progress("writing", 0, 1)
        product = product.settle(self.root)
        files = product.files
        written = tuple(sorted(product.staged))
        removed = self._remove(there, files)
        if not draft:
            whole = [*decisions, *kept, *self._withdrawn(kept)]
            release = release_document(self.site, *self._outputs(whole), files)
            written += write_dist(self.root, {"dist/release.json": release})
        changed = {*written, *removed}
        report = BuildReport(
            errors=_once(self.errors),
            pages=tuple(replace(o, changed=o.path in changed) for o in pages),
            mails=tuple(replace(o, changed=o.path in changed) for o in mails),
            written=written,
            removed=removed,
            unreviewed=batch.words.unreviewed or any(d.unreviewed for d in decisions),
            notes=batch.words.notes,
        )
        ledger = self._ledger(
            batch, product, before, zip(judged, decisions, strict=True)
        )
        outputs = product.stamps
        if not draft:
            outputs |= stamp_trees(self.root, ["dist/release.json"])
        return report, outputs, ledger

    def sweep(self) -> None:
        """Remove what was written aside and never came into its place."""
        with suppress(StoreError):  # the next build tries again
            sweep(self.root / ".publish", root=self.root)

    def keep(self, ledger: Ledger) -> None:
        """Remember the build for the next one. Raises StoreError."""
        write_ledger(self.root, self.kind, ledger)
        places = (row.body for row in ledger.rows.values() if row.body)
        Bodies(self.root, self.kind).sweep(places)

    def _study(self, before: Ledger) -> Study:
        site, options = self.site, self.options
        choices = {"draft": options.draft, "preview": options.preview}
        inputs = Inputs(self.root, self.stamps, before.files, trusted=before.started)
        rules = {
            locale: Rules(
                site,
                locale,
                self.histories[locale],
                self._terms(locale),
                draft=options.draft,
                preview=options.preview,
            )
            for locale in self.histories
        }
        bodies = Bodies(self.root, self.kind)
        return Study(site, rules, digest(site, choices), inputs, before.rows, bodies)

    def _terms(self, locale: str) -> tuple[Term, ...]:
        """The glossary of a locale; none where it is broken, which holds nothing."""
        if locale not in self.site.locales:
            return ()
        try:
            return terms_of(self.site, locale)
        except PublishError as error:
            self.errors.append(error)
            return ()

    def _decide(self, study: Study) -> list[Decision]:
        """What becomes of every article in every locale that is built."""
        found: list[Decision] = []
        for each in study.all(
            self.sources.files,
            self.locales,
            workers=self.workers,
            progress=self.progress,
        ):
            if each.error is not None:
                self.errors.append(each.error)
            for decision in each.decisions[:1]:
                self.living[decision.article.domain] = decision.article
            found += each.decisions
        return found

    def _batch(
        self,
        study: Study,
        before: Ledger,
        decisions: Sequence[Decision],
        there: Mapping[str, Stamp],
    ) -> Batch:
        draft = self.options.draft
        shown = [d for d in decisions if d.goes_out or draft]
        words = read_words(
            self.site,
            (decision.locale for decision in shown),
            base=study.base,
            inputs=study.inputs,
            known=before.words,
        )
        return Batch(
            self.site,
            shown,
            {article.path: domain for domain, article in self.living.items()},
            words,
            self.histories,
            study,
            before,
            there,
            draft=draft,
            preview=self.options.preview,
        )

    def _ledger(
        self,
        batch: Batch,
        product: Product,
        before: Ledger,
        decided: Iterable[tuple[Decision, Decision]],
    ) -> Ledger:
        """What the next build may rely on."""
        rows = {
            key: row
            for key, row in before.rows.items()
            if key[1] not in self.locales and key[0] in self.living
        }
        for judged, final in decided:
            row = row_of(judged, out=final.goes_out)
            rows[row.domain, row.locale] = row
        bodies = [row.body for row in rows.values() if row.body]
        moved = batch.study.bodies.moved(bodies)
        if moved:
            rows = {
                key: row._replace(body=moved.get(row.body)) if row.body else row
                for key, row in rows.items()
            }
        return Ledger(
            self.started,
            product.faces,
            batch.study.inputs.known_next(),
            rows,
            product.made,
            {} if batch.words.errors else batch.words.rows,
            tuple(dict.fromkeys((*before.locales, *self.locales))),
        )

    def _one_slug_each(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Two articles under one address: neither goes out."""
        by_address: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
        for decision in decisions:
            if decision.goes_out or self.options.draft:
                kind = decision.article.kind
                by_address[decision.locale, kind, decision.slug].append(decision)
        clashing: set[tuple[str, str]] = set()
        for (locale, _, slug), group in by_address.items():
            if len(group) > 1:
                clashing |= {(d.article.domain, locale) for d in group}
                self.errors.append(_clash(locale, slug, group))
        return [
            replace(d, state=self._not_out(d), why="another article has its address")
            if (d.article.domain, d.locale) in clashing
            else d
            for d in decisions
        ]

    def _not_out(self, decision: Decision) -> State:
        was_out = decision.article.domain in self.histories[decision.locale].last()
        return State.RECALLED if was_out else State.HELD

    def _unless_failed(self, decision: Decision, product: Product) -> Decision:
        why = product.failed.get((decision.article.domain, decision.locale))
        if why is None:
            return decision
        return replace(decision, state=self._not_out(decision), why=why)

    def _kept(self, study: Study, before: Ledger) -> tuple[Decision, ...]:
        """
        The editions of locales that this build leaves as they were.

        Where only their files are left, and not what they were made of, they are made
        again, so that none of them is lost.
        """
        kept: list[Decision] = []
        for locale in self.site.locales:
            if locale in self.locales:
                continue
            if locale in before.locales:
                kept += remembered(before, locale, self.living)
            elif any(list_dist(self.root, f"dist/{k}/{locale}") for k in _KINDS):
                made = study.all(
                    self.sources.files,
                    (locale,),
                    workers=self.workers,
                    progress=self.progress,
                )
                decisions = (decision for each in made for decision in each.decisions)
                kept += (each for each in decisions if each.goes_out)
        return tuple(kept)

    def _withdrawn(self, kept: Iterable[Decision]) -> Iterable[Decision]:
        """What was recalled in the locales that this build leaves as they were."""
        out = {(each.locale, each.article.domain) for each in kept}
        for locale in self.site.locales:
            if locale in self.locales:
                continue
            for domain, event in self.histories[locale].last().items():
                article = self.living.get(domain)
                if (locale, domain) in out or event.event != "recalled":
                    continue
                if article is not None:
                    state, why = State.RECALLED, f"recalled on {event.date}"
                    yield Decision(article, locale, state, event.slug, why)

    def _outputs(
        self, decisions: Iterable[Decision]
    ) -> tuple[tuple[Output, ...], tuple[Output, ...]]:
        """Pages and mails for the report, in the order of articles and locales."""
        pages: list[Output] = []
        mails: list[Output] = []
        for decision in decisions:
            kind = decision.article.kind
            output = Output(
                decision.article.domain,
                decision.locale,
                output_path(
                    decision.locale, decision.slug, kind=kind, draft=self.options.draft
                ),
                decision.state,
                why=decision.why,
            )
            (mails if kind == "mail" else pages).append(output)
        if not self.options.draft:
            for output, kind in self._gone():
                (mails if kind == "mail" else pages).append(output)
        return tuple(pages), tuple(mails)

    def _gone(self) -> Iterable[tuple[Output, str]]:
        """Articles that were out and whose source is gone or cannot be read."""
        for locale, history in self.histories.items():
            slugs = history.slugs()
            for domain, event in sorted(history.last().items()):
                if domain in self.living:
                    continue
                there = domain in self.sources.domains
                why = "its source cannot be read" if there else "its source is gone"
                slug = event.slug or next(iter(slugs.get(domain, ())), domain)
                path = output_path(locale, slug, kind=event.kind, draft=False)
                yield Output(domain, locale, path, State.RECALLED, why=why), event.kind

    def _record(self, decisions: Sequence[Decision]) -> None:
        """Append to the histories what this build changes of what is out."""
        today = self.now.strftime("%Y-%m-%d")
        for locale, history in self.histories.items():
            last = history.last()
            events: list[Event] = []
            for each in decisions:
                if each.locale == locale and locale not in cldr.PSEUDO_LOCALES:
                    event = _event(each, last.get(each.article.domain), today)
                    events += [event] if event else []
            for domain, event in last.items():
                if domain not in self.living and event.event == "published":
                    events.append(replace(event, event="recalled", date=today))
            append_history(self.root, locale, events)

    @property
    def _tops(self) -> tuple[str, ...]:
        """The folders that a build owns."""
        if self.options.draft:
            return ("dist/draft",)
        return tuple(f"dist/{name}" for name in OWNED)

    def _remove(
        self, there: Iterable[str], files: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Whatever else lies in the folders that a build owns."""
        stale = {
            path
            for path in there
            if path not in files
            and not any(part.startswith(".") for part in path.split("/"))
        }
        return remove_dist(self.root, stale)


def _once(errors: Iterable[PublishError]) -> tuple[PublishError, ...]:
    """Each cause once: a broken template fails every page in the same words."""
    return tuple({(type(each), str(each)): each for each in errors}.values())


def _event(decision: Decision, last: Event | None, today: str) -> Event | None:
    """The line that a decision adds to the history, if it changes how things stand."""
    article = decision.article
    out = decision.goes_out
    if out and last and (last.event, last.slug) == ("published", decision.slug):
        return None
    if not out and (last is None or last.event == "recalled"):
        return None
    return Event(
        article=article.domain,
        event="published" if out else "recalled",
        slug=decision.slug if out or last is None else last.slug,
        date=today,
        kind=article.kind,
    )


def _clash(locale: str, slug: str, group: Sequence[Decision]) -> PublishError:
    first, *others = sorted(d.article.path for d in group)
    return SourceError(
        f"the same address {locale}/{slug} as {', '.join(others)}",
        path=first,
        hint="give one of them another slug; neither is built",
    )
