"""
The work of a build, from articles to files.

    read -> decide (gate, localize) -> library -> render -> write -> release.json
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from pipeline import cldr
from pipeline.errors import PublishError, SourceError
from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.store.dist import list_dist, remove_dist, write_dist
from pipeline.store.files import sweep
from pipeline.store.published import Event, History, append_history, read_history
from pipeline.workflow.decide import Decision, Rules, decide
from pipeline.workflow.desk import terms_of
from pipeline.workflow.executors import spread, worker_count
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.produce import Batch, Product, output_path, produce
from pipeline.workflow.release import OWNED, release_document
from pipeline.workflow.remembered import remember, remembered
from pipeline.workflow.report import Progress
from pipeline.workflow.templates import Templates, read_templates

_KINDS: Final = ("site", "mail")


@dataclass
class Assembly:
    """One run; what its steps find is collected here."""

    site: Site
    options: BuildOptions
    locales: tuple[str, ...]
    now: datetime
    progress: Progress
    errors: list[PublishError] = field(default_factory=list)
    histories: dict[str, History] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return Path(self.site.root)

    @property
    def workers(self) -> int:
        return worker_count(
            self.options.jobs or self.site.jobs,
            self.options.executor or self.site.executor,
        )

    def run(self) -> tuple[BuildReport, tuple[str, ...]]:
        """Build; the report, and every file that belongs to the set."""
        draft = self.options.draft
        for folder in ("dist", ".publish"):
            sweep(self.root / folder, root=self.root)
        templates = read_templates(self.site, drafts=draft)
        self.errors += templates.errors
        known = (self.site.source_locale, *self.site.locales)
        for locale in dict.fromkeys((*known, *self.locales)):
            self.histories[locale] = read_history(self.root, locale)
        decisions = self._decide(templates, self.locales)
        decisions = self._one_slug_each(decisions)
        for decision in decisions:
            self.errors += decision.errors
        kept = () if draft else self._kept(templates)
        batch = Batch(
            self.site,
            [d for d in (*decisions, *kept) if d.goes_out or draft],
            templates,
            self.histories,
            draft=draft,
            preview=self.options.preview,
        )
        product = produce(batch, workers=self.workers, progress=self.progress)
        self.errors += product.errors
        decisions = [self._unless_failed(d, product) for d in decisions]
        pages, mails = self._outputs(decisions, templates)
        files = dict(product.files)
        if not draft:
            self._record([*decisions, *kept], templates)
        written = self._write(files)
        removed = self._remove(files)
        if not draft:
            whole = [*decisions, *kept, *self._withdrawn(templates, kept)]
            outputs = self._outputs(whole, templates)
            release = release_document(self.site, *outputs, files)
            written += write_dist(self.root, {"dist/release.json": release})
            files["dist/release.json"] = release
            for locale in dict.fromkeys((*self.locales, *(d.locale for d in kept))):
                mine = [d for d in (*decisions, *kept) if d.locale == locale]
                remember(self.site, locale, mine)
        changed = {*written, *removed}
        report = BuildReport(
            errors=_once(self.errors),
            pages=tuple(replace(o, changed=o.path in changed) for o in pages),
            mails=tuple(replace(o, changed=o.path in changed) for o in mails),
            written=written,
            removed=removed,
            unreviewed=product.unreviewed or any(d.unreviewed for d in decisions),
            notes=product.notes,
        )
        return report, tuple(files)

    def _decide(self, templates: Templates, locales: Sequence[str]) -> list[Decision]:
        """What becomes of every article in every one of these locales."""
        rules: dict[str, Rules] = {}
        for locale in locales:
            terms = terms_of(self.site, locale) if locale in self.site.locales else ()
            rules[locale] = Rules(
                self.site,
                locale,
                self.histories[locale],
                terms,
                draft=self.options.draft,
                preview=self.options.preview,
            )
        jobs = [
            (article, locale)
            for article in templates.articles.articles
            for locale in locales
        ]

        def work(index: int) -> Decision:
            article, locale = jobs[index]
            template = templates.messages.get(article.domain, ())
            return decide(article, template, rules[locale])

        decisions: list[Decision] = []
        for decision in spread(work, len(jobs), workers=self.workers):
            decisions.append(decision)
            self.progress("translating", len(decisions), len(jobs))
        return decisions

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

    def _kept(self, templates: Templates) -> tuple[Decision, ...]:
        """
        The editions of locales that this build leaves as they were.

        Where only their files are left, and not what they were made of, they are made
        again, so that none of them is lost.
        """
        living = {a.domain: a for a in templates.articles.articles}
        kept: list[Decision] = []
        for locale in self.site.locales:
            if locale in self.locales:
                continue
            known = remembered(self.site, locale, living)
            if known is not None:
                kept += known
            elif any(list_dist(self.root, f"dist/{k}/{locale}") for k in _KINDS):
                made = self._decide(templates, (locale,))
                kept += (each for each in made if each.goes_out)
        return tuple(kept)

    def _withdrawn(
        self, templates: Templates, kept: Iterable[Decision]
    ) -> Iterable[Decision]:
        """What was recalled in the locales that this build leaves as they were."""
        out = {(each.locale, each.article.domain) for each in kept}
        for locale in self.site.locales:
            if locale in self.locales:
                continue
            for domain, event in self.histories[locale].last().items():
                article = templates.article(domain)
                if (locale, domain) in out or event.event != "recalled":
                    continue
                if article is not None:
                    state, why = State.RECALLED, f"recalled on {event.date}"
                    yield Decision(article, locale, state, event.slug, why)

    def _outputs(
        self, decisions: Iterable[Decision], templates: Templates
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
            for output, kind in self._gone(templates):
                (mails if kind == "mail" else pages).append(output)
        return tuple(pages), tuple(mails)

    def _gone(self, templates: Templates) -> Iterable[tuple[Output, str]]:
        """Articles that were out and whose source is gone or cannot be read."""
        readable = {article.domain for article in templates.articles.articles}
        for locale, history in self.histories.items():
            slugs = history.slugs()
            for domain, event in sorted(history.last().items()):
                if domain in readable:
                    continue
                there = domain in templates.articles.domains
                why = "its source cannot be read" if there else "its source is gone"
                slug = event.slug or next(iter(slugs.get(domain, ())), domain)
                path = output_path(locale, slug, kind=event.kind, draft=False)
                yield Output(domain, locale, path, State.RECALLED, why=why), event.kind

    def _record(self, decisions: Sequence[Decision], templates: Templates) -> None:
        """Append to the histories what this build changes of what is out."""
        today = self.now.strftime("%Y-%m-%d")
        readable = {article.domain for article in templates.articles.articles}
        for locale, history in self.histories.items():
            last = history.last()
            events: list[Event] = []
            for each in decisions:
                if each.locale == locale and locale not in cldr.PSEUDO_LOCALES:
                    event = _event(each, last.get(each.article.domain), today)
                    events += [event] if event else []
            for domain, event in last.items():
                if domain not in readable and event.event == "published":
                    events.append(replace(event, event="recalled", date=today))
            append_history(self.root, locale, events)

    def _write(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        written: list[str] = []
        for done, (path, data) in enumerate(sorted(files.items())):
            self.progress("writing", done, len(files))
            written += write_dist(self.root, {path: data})
        return tuple(written)

    def _remove(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Whatever else lies in the folders that a build owns."""
        tops = (
            ("dist/draft",)
            if self.options.draft
            else tuple(f"dist/{name}" for name in OWNED)
        )
        there = {path for top in tops for path in list_dist(self.root, top)}
        stale = {
            path
            for path in there - files.keys()
            if not any(part.startswith(".") for part in path.split("/"))
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
