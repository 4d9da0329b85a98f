"""
A build that looks at the whole site, from articles to files.

    read -> decide (gate, localize) -> library -> render -> write -> release.json
"""

from collections.abc import Container, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Final

from pipeline import registry
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.site import Site
from pipeline.store.dist import list_dist, remove_dist, write_dist
from pipeline.store.files import is_left_over, remove, sweep
from pipeline.store.ledger import Ledger
from pipeline.store.published import History, other_histories, read_history
from pipeline.store.sources import Sources, find_sources
from pipeline.store.stamps import Stamp, stamp_files, stamp_trees
from pipeline.workflow.addresses import one_slug_each, taken_over
from pipeline.workflow.assembly import Assembly, Built
from pipeline.workflow.batch import Batch
from pipeline.workflow.decide import Decision, kept_back
from pipeline.workflow.outcome import BuildReport, once
from pipeline.workflow.produce import produce
from pipeline.workflow.product import Product
from pipeline.workflow.release import OWNED, release_document
from pipeline.workflow.remembered import keep_text, next_ledger, remembered
from pipeline.workflow.standing import Standing
from pipeline.workflow.study import Study
from pipeline.workflow.words import read_words

_KINDS: Final = ("site", "mail")
_RELEASE: Final = "dist/release.json"


def whole_build(assembly: Assembly) -> Built:
    """Build, and look at everything for that."""
    return _Whole(assembly).run()


@dataclass
class _Whole:
    assembly: Assembly
    sources: Sources = field(default_factory=lambda: Sources(()))
    living: dict[str, Article] = field(default_factory=dict)
    """Every article that can be read, without its text, by domain."""

    @property
    def site(self) -> Site:
        return self.assembly.site

    @property
    def root(self) -> Path:
        return self.assembly.root

    @property
    def histories(self) -> dict[str, History]:
        return self.assembly.histories

    def run(self) -> Built:
        """Build, and look at the whole site for that."""
        report, product, ledger = self._made()
        # What was decided is not in memory any more.
        outputs = product.stamps()
        if not self.assembly.options.draft:
            outputs |= stamp_files(self.root, [_RELEASE])
        return Built(report, outputs, ledger)

    def _made(self) -> tuple[BuildReport, Product, Ledger]:
        """The whole of it, in its place."""
        draft, before = self.assembly.options.draft, self.assembly.before
        self._open()
        study = self.assembly.study()
        decisions = self._decide(study)
        judged = decisions
        decisions, clashes = one_slug_each(decisions, self.histories, draft=draft)
        self.assembly.errors += clashes
        for decision in decisions:
            self.assembly.errors += decision.errors
        kept = () if draft else self._kept(study, before)
        self._sweep_outputs()
        batch = self._batch(study, before, [*decisions, *kept])
        product = produce(
            batch, workers=self.assembly.workers, progress=self.assembly.progress
        )
        self.assembly.errors += [*batch.words.errors, *product.errors]
        decisions = [self._unless_failed(d, product) for d in decisions]
        standing = Standing(
            self.site,
            self.histories,
            self.living,
            self.sources.domains,
            other_histories(self.root, self.histories),
        )
        moved = () if draft else taken_over([*decisions, *kept], self.histories)
        if not draft:
            decisions = [keep_text(each, study) for each in decisions]
            today = self.assembly.now.strftime("%Y-%m-%d")
            standing.record([*decisions, *kept], today, listed=product.listed)
        self.assembly.progress("writing", 0, 1)
        product = product.settle(self.root)
        files = {file.path: file.digest for file in product.files()}
        written, removed = product.written, self._remove(files)
        # Nobody asks any more what lay there before.
        self.there.clear()
        if self.assembly.placed is not None:
            self.assembly.placed()
        if not draft:
            whole = [
                *decisions,
                *kept,
                *standing.withdrawn(kept, built=self.assembly.locales),
            ]
            release = release_document(self.site, *standing.outputs(whole), files)
            written += write_dist(self.root, {_RELEASE: release})
            del release
        del files
        changed = frozenset((*written, *removed))
        pages, mails = standing.outputs(decisions, draft=draft, changed=changed)
        report = BuildReport(
            errors=once(self.assembly.errors),
            pages=pages,
            mails=mails,
            written=written,
            removed=removed,
            unreviewed=batch.words.unreviewed or any(d.unreviewed for d in decisions),
            notes=(*batch.words.notes, *product.notes, *moved),
        )
        ledger = next_ledger(
            batch,
            product,
            zip(judged, decisions, strict=True),
            started=self.assembly.started,
            locales=self.assembly.locales,
            living=self.living,
        )
        return report, product, ledger

    def _open(self) -> None:
        """Clear what a build left that was cut off; read what was out, and find all."""
        sweep(self.root / ".publish", root=self.root)
        sweep(self.root / "dist", root=self.root, deep=False)
        known = (self.site.source_locale, *self.site.locales)
        # Some may be known: nobody else writes them while this build has the lock.
        read, self.assembly.histories = self.histories, {}
        for locale in dict.fromkeys((*known, *self.assembly.locales)):
            self.histories[locale] = read.get(locale) or read_history(self.root, locale)
        self.sources = find_sources(self.site, registry.format_suffixes())
        self.assembly.errors += self.sources.errors

    @cached_property
    def there(self) -> dict[str, Stamp]:
        """The stamp of every file in the folders that a build owns, as it begins."""
        return stamp_trees(self.root, self.tops)

    def _sweep_outputs(self) -> None:
        """Remove what a build left beside its outputs that was cut off."""
        for path in [each for each in self.there if is_left_over(each)]:
            remove(self.root / path, root=self.root)
            del self.there[path]

    def _decide(self, study: Study) -> list[Decision]:
        """What becomes of every article in every locale that is built."""
        found: list[Decision] = []
        for each in study.all(
            self.sources.files,
            self.assembly.locales,
            workers=self.assembly.workers,
            progress=self.assembly.progress,
        ):
            if each.error is not None:
                self.assembly.errors.append(each.error)
            for decision in each.decisions[:1]:
                self.living[decision.article.domain] = decision.article
            found += each.decisions
        return found

    def _batch(
        self,
        study: Study,
        before: Ledger,
        decisions: Sequence[Decision],
    ) -> Batch:
        draft = self.assembly.options.draft
        shown = [d for d in decisions if d.goes_out or draft]
        locales = [decision.locale for decision in shown]
        if not draft and any(each.recall == "notice" for each in self.site.classes):
            # A language may have nothing but notices of what was withdrawn.
            locales += [tag for tag, each in self.histories.items() if each.slugs()]
        words = read_words(
            self.site,
            locales,
            base=study.base,
            inputs=study.inputs,
            known=before.words,
        )
        return Batch(
            self.site,
            shown,
            self.sources.paths,
            words,
            self.histories,
            study,
            before,
            self.there,
            draft=draft,
            preview=self.assembly.options.preview,
        )

    def _unless_failed(self, decision: Decision, product: Product) -> Decision:
        domain = decision.article.domain
        why = product.failed.get((domain, decision.locale))
        if why is None:
            return decision
        return kept_back(decision, self.histories[decision.locale], why=why)

    def _kept(self, study: Study, before: Ledger) -> tuple[Decision, ...]:
        """
        The editions of locales that this build leaves as they were.

        Where only their files are left, and not what they were made of, they are made
        again, so that none of them is lost.
        """
        kept: list[Decision] = []
        for locale in self.site.locales:
            if locale in self.assembly.locales:
                continue
            if locale in before.locales:
                kept += remembered(before, locale, self.living)
            elif any(list_dist(self.root, f"dist/{k}/{locale}") for k in _KINDS):
                made = study.all(
                    self.sources.files,
                    (locale,),
                    workers=self.assembly.workers,
                    progress=self.assembly.progress,
                )
                decisions = (decision for each in made for decision in each.decisions)
                kept += (each for each in decisions if each.goes_out)
        return tuple(kept)

    @property
    def tops(self) -> tuple[str, ...]:
        """The folders that a build owns."""
        if self.assembly.options.draft:
            return ("dist/draft",)
        return tuple(f"dist/{name}" for name in OWNED)

    def _remove(self, files: Container[str]) -> tuple[str, ...]:
        """Whatever but these files lies in the folders that a build owns."""
        stale = {
            path
            for path in self.there
            if path not in files
            and not any(part.startswith(".") for part in path.split("/"))
        }
        return remove_dist(self.root, stale)
