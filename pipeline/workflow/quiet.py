"""
A build after which few pages have anything else to say of another.

Where nothing was saved but articles and their catalogs, and what is decided of them now
is as it was but for its own text, only their own pages and mails are made, and those
that link to a part of them. Where one of them is out now, or no longer, what shows that
is made as well, as `turnover.py` tells it. All else is taken over from the last build
as it stands, without being looked at. Where that is not so there is no such build, and
the whole site is looked at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from pipeline.cldr import gettext_locale
from pipeline.late import dataclass
from pipeline.model.page import Output, State
from pipeline.store.dist import remove_dist, write_dist
from pipeline.store.files import read_bytes
from pipeline.store.ledger import (
    Ledger,
    Row,
    Turned,
    made_line,
)
from pipeline.store.published import append_history, read_history
from pipeline.store.sources import FOLDER, SourceFile
from pipeline.store.stamps import stamp_files
from pipeline.store.state import BuildState
from pipeline.workflow.assembly import Assembly, Built
from pipeline.workflow.decide import Decision
from pipeline.workflow.loud import LoudError, require
from pipeline.workflow.outcome import BuildReport, output_path, report_from
from pipeline.workflow.patching import Patch, Patching
from pipeline.workflow.pictures import is_said_again
from pipeline.workflow.release import release_again
from pipeline.workflow.rows import row_of
from pipeline.workflow.standing import few_events
from pipeline.workflow.study import Study
from pipeline.workflow.templates import MESSAGES
from pipeline.workflow.turns import may_turn

_RELEASE: Final = "dist/release.json"
_TEMPLATES: Final = "locales/_pot/"
"""What is there follows from the articles, and nothing from it."""

_CATALOGS: Final = frozenset({"LC_MESSAGES", "reviews", "translators"})
"""Of the folders of a locale: a file in them is of the article of its name."""


def quiet_build(
    assembly: Assembly,
    last: BuildState,
    saved: Iterable[str],
    *,
    are_untouched: Callable[[], bool],
) -> Built | None:
    """
    Build what was `saved` since the last build of this kind; None where more than its
    own pages may follow from it.

    The assembly knows then what was decided, and no output was touched.
    """
    quiet = _Quiet(assembly, last, assembly.before, are_untouched)
    try:
        return quiet.build(saved)
    except LoudError:
        return None


@dataclass
class _Quiet:
    assembly: Assembly
    last: BuildState
    before: Ledger
    are_untouched: Callable[[], bool]
    """Tells whether the outputs are as the last build left them."""

    @property
    def root(self) -> Path:
        return self.assembly.root

    def build(self, saved: Iterable[str]) -> Built:
        require(self.before.order is not None and not self.last.report["errors"])
        saved = frozenset(saved)
        concerned = self._concerned(saved)
        self._tell(concerned)
        require(all(map(self._is_known, saved)))
        # A note of a picture tells the line of its article.
        notes = (n for n in self.before.notes if n.partition(":")[0] in saved)
        require(all(is_said_again(self.root, note) for note in notes))
        require(str(self.before.mark) == self.last.ledger)
        # Others lie there only if somebody put them there: of a build that was cut off
        # there is no `last`.
        require(self.are_untouched())
        # A text that is no longer kept is made again, and links ask for the source's.
        judged = {self.assembly.site.source_locale, *chain(*concerned.values())}
        for locale in judged:
            self.assembly.histories[locale] = read_history(self.root, locale)
        study = self.assembly.study()
        require(not self.assembly.errors)
        try:
            return self._built(study, concerned)
        finally:
            study.bodies.close()

    def _built(self, study: Study, concerned: Mapping[str, tuple[str, ...]]) -> Built:
        decisions = list(self._decided(study, concerned))
        require(not study.bodies.is_wasteful(self.before.bodies))
        turned = [each for each in decisions if not self._is_alike(each)]
        if turned:
            study = self._whole(study)
        patching = Patching(self.assembly, self.before, self.last.outputs, study)
        done = patching.patch(decisions, turned)
        said = self._said(decisions)
        release = self._release(done, said)
        if turned:
            self._record(turned)
        product = done.product.settle(self.root)
        removed = remove_dist(self.root, done.gone)
        if self.assembly.placed is not None:
            self.assembly.placed()
        written = [*product.written]
        if release is not None:
            written += write_dist(self.root, {_RELEASE: release})
        stamps = product.stamps() | stamp_files(
            self.root, [_RELEASE] if release else []
        )
        outputs = {**self.last.outputs, **stamps}
        for path in done.gone:
            del outputs[path]
        return Built(
            self._report(said, decisions, written, removed),
            outputs,
            self._ledger(study, decisions, done._replace(product=product)),
            is_told=not (turned or said),
        )

    def _record(self, turned: Iterable[Decision]) -> None:
        """
        Append to the histories what came and what went, before it is so.

        Should the rest of it be cut off, the next build looks at all for that.
        """
        found = {(d.article.domain, d.locale): d for d in turned}
        keys = ((each.article, each.locale) for each in self._last.pages)
        # As a build of all does: in the order of its report.
        ordered = [found[key] for key in keys if key in found]
        today = self.assembly.now.strftime("%Y-%m-%d")
        events = few_events(self.assembly.histories, ordered, today)
        told = {(each.article, tag) for tag, of in events.items() for each in of}
        for key, decision in found.items():
            require(key in told or self.before.rows[key].out == decision.goes_out)
        for locale, each in events.items():
            append_history(self.root, locale, each)

    def _is_alike(self, decision: Decision) -> bool:
        row = self.before.rows[decision.article.domain, decision.locale]
        return _is_alike(row, decision)

    def _whole(self, study: Study) -> Study:
        """What articles are judged by in all languages, all of which are built."""
        site, histories = self.assembly.site, self.assembly.histories
        locales = {site.source_locale, *site.locales}
        require({*self.assembly.locales} == locales and not self.assembly.options.draft)
        for locale in locales:
            if locale not in histories:
                histories[locale] = read_history(self.root, locale)
        rules = self.assembly.rules()
        require(not self.assembly.errors)
        return replace(study, rules=rules)

    def _tell(self, concerned: Mapping[str, tuple[str, ...]]) -> None:
        """Let the build know which articles are concerned, quiet or not."""
        # What is kept follows from the history, to which the last build has added.
        if not any(each.stale == "keep" for each in self.assembly.site.classes):
            self.assembly.concerned = concerned

    def _concerned(self, saved: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The locales in which articles are to be judged anew, by domain."""
        # Behind a link nobody knows what was saved.
        require(not any(map(self._leads_away, self._locales)))
        found: dict[str, tuple[str, ...]] = {}
        for path in saved:
            if path.startswith(_TEMPLATES):
                continue
            domain, locales = self._article_of(path)
            both = {*found.get(domain, ()), *locales}
            found[domain] = tuple(tag for tag in self.assembly.locales if tag in both)
        return found

    def _article_of(self, path: str) -> tuple[str, tuple[str, ...]]:
        top, _, rest = path.partition("/")
        if top == FOLDER:
            return rest.rpartition(".")[0], self.assembly.locales
        folder, _, rest = rest.partition("/")
        kind, _, rest = rest.partition("/")
        domain = rest.rpartition(".")[0]
        locale = self._locales.get(folder, "")
        require(top == "locales" and kind in _CATALOGS and domain != MESSAGES)
        require((domain, locale) in self.before.rows)
        return domain, (locale,)

    def _is_known(self, path: str) -> bool:
        """Whether it is no article that is new, or gone, and no picture."""
        if not path.startswith(f"{FOLDER}/"):
            return True
        domain = path.removeprefix(f"{FOLDER}/").rpartition(".")[0]
        return path in self.assembly.stamps and path == self._source(domain).path

    def _leads_away(self, folder: str) -> bool:
        """Whether a folder of catalogs, or one in it, is a link."""
        top = self.root / "locales" / folder
        return any(path.is_symlink() for path in (top, *top.glob("*")))

    def _source(self, domain: str) -> Row:
        key = (domain, self.assembly.site.source_locale)
        require(key in self.before.rows)
        return self.before.rows[key]

    @cached_property
    def _locales(self) -> Mapping[str, str]:
        """The locales of this build, by the names of their folders."""
        site = self.assembly.site
        tags = (tag for tag in site.locales if tag in self.assembly.locales)
        return {gettext_locale(tag): tag for tag in tags}

    def _decided(
        self, study: Study, concerned: Mapping[str, tuple[str, ...]]
    ) -> Iterator[Decision]:
        """What is another text now, where nothing but that changed."""
        for domain, locales in concerned.items():
            source = self._source(domain)
            file = SourceFile(source.path, domain, source.format)
            stale = study.stale(file, locales)
            studied = study.anew(file, stale) if stale else None
            if studied is None:
                continue
            # Should it not be as it was, it need not be decided twice.
            for decision in studied.decisions:
                self.assembly.decided[domain, decision.locale] = decision
            require(studied.error is None)
            for decision in studied.decisions:
                row = self.before.rows[domain, decision.locale]
                require(_is_alike(row, decision) or may_turn(row, decision))
                yield decision

    def _release(
        self, done: Patch, said: list[tuple[Output, Output]]
    ) -> bytearray | None:
        """The release with what is another in it; None for drafts, which have none."""
        if self.assembly.options.draft:
            return None
        data = read_bytes(self.root / _RELEASE, root=self.root)
        now = {file.path: file.digest for file in done.product.files()}
        again = release_again(data, now | dict.fromkeys(done.gone), said)
        require(again is not None)
        return again

    @cached_property
    def _last(self) -> BuildReport:
        return report_from(self.last.report)

    def _said(self, decisions: list[Decision]) -> list[tuple[Output, Output]]:
        """Each output of which something else is said now, as it was and as it is."""
        now = {(d.article.domain, d.locale): d for d in decisions}
        pairs = (
            (each, _output(now[key], each))
            for outputs in (self._last.pages, self._last.mails)
            for each in outputs
            if (key := each[:2]) in now
        )
        return [(old, new) for old, new in pairs if old != new]

    def _report(
        self,
        said: list[tuple[Output, Output]],
        decisions: list[Decision],
        written: Sequence[str],
        removed: Sequence[str],
    ) -> BuildReport:
        now = {old[:2]: new for old, new in said}
        changed = {*written, *removed}
        pages, mails = (
            tuple(
                each._replace(changed=True) if each.path in changed else each
                for each in (now.get(old[:2], old) for old in outputs)
            )
            for outputs in (self._last.pages, self._last.mails)
        )
        return replace(
            self._last,
            pages=pages,
            mails=mails,
            written=tuple(written),
            removed=tuple(removed),
            unreviewed=self._unreviewed(pages, decisions),
        )

    def _unreviewed(self, pages: Iterable[Output], decisions: list[Decision]) -> bool:
        """Whether anything is still to be reviewed."""
        rows = self.before.rows
        now = {(d.article.domain, d.locale): d.unreviewed for d in decisions}
        if all(rows[key].unreviewed == is_so for key, is_so in now.items()):
            return self._last.unreviewed
        if any(now.values()) or any(w.unreviewed for w in self.before.words.values()):
            return True
        keys = ((p.article, p.locale) for p in pages if p.state is not State.PUBLISHED)
        return any(rows[k].unreviewed for k in keys if k in rows and k not in now)

    def _ledger(self, study: Study, decisions: list[Decision], done: Patch) -> Ledger:
        before = self.before
        rows = {
            (each.article.domain, each.locale): row_of(each, out=each.goes_out)
            for each in decisions
        }
        grown = sum(_size(row) - _size(before.rows[key]) for key, row in rows.items())
        # What was saved since that build began is read again by one that looks at all.
        order = done.order if done.is_turned else None
        return before.but(
            bodies=before.bodies + grown,
            files=study.inputs.found(),
            rows=rows,
            made={
                **dict.fromkeys(done.lost),
                **dict(done.product.made.lines(made_line)),
            },
            turned=Turned(done.product.faces, order) if order else None,
        )


def _is_alike(before: Row, decision: Decision) -> bool:
    """Whether all that lists, histories and others say of it is the same."""
    now = row_of(decision, out=decision.goes_out)
    same = now._replace(
        version=before.version,
        content=before.content,
        body=before.body,
        why=before.why,
    )
    if not now.release:  # Else they stand in the history, with the text that is kept.
        same = same._replace(reviewers=before.reviewers, approved=before.approved)
    return same == before and bool(now.version) and not now.errors


def _size(row: Row) -> int:
    return row.body.length if row.body else 0


def _output(decision: Decision, before: Output) -> Output:
    """What a build says of a decision; that of a draft stays where it is."""
    kind, draft = decision.article.kind, before.path.startswith("dist/draft/")
    path = output_path(decision.locale, decision.slug, kind=kind, draft=draft)
    return before._replace(path=path, state=decision.state, why=decision.why)
