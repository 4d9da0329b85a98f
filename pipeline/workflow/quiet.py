"""
A build after which few pages have anything else to say of another.

Where nothing was saved but articles and their catalogs, and what is decided of them now
is as it was but for its own text, only their own pages and mails are made, and those
that link to a part of them. Where one of them is out now, or no longer, what shows that
is made as well, as `turnover.py` tells it. All else is taken over from the last build
as it stands, without being looked at. Where that is not so there is no such build, and
the whole site is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.cldr import gettext_locale
from pipeline.late import dataclass
from pipeline.model.page import Output, State
from pipeline.render.library import Library
from pipeline.render.theme import Theme
from pipeline.store.dist import remove_dist, write_dist
from pipeline.store.files import read_bytes
from pipeline.store.ledger import (
    Ledger,
    Made,
    Order,
    Row,
    linking_parts,
    made_line,
    read_made,
)
from pipeline.store.published import read_history
from pipeline.store.sources import FOLDER, SourceFile
from pipeline.store.stamps import Stamp, stamp_files
from pipeline.store.state import BuildState
from pipeline.store.table import Table
from pipeline.workflow.assembly import Assembly, Built
from pipeline.workflow.batch import Batch, library_as_before
from pipeline.workflow.compiled import compiled_templates
from pipeline.workflow.decide import Decision
from pipeline.workflow.outcome import BuildReport, output_path, report_from
from pipeline.workflow.press import Press, edition_name
from pipeline.workflow.product import Piece, Product
from pipeline.workflow.release import release_again, release_turned
from pipeline.workflow.standing import record_few
from pipeline.workflow.study import Study, row_of
from pipeline.workflow.templates import MESSAGES, theme_folders
from pipeline.workflow.turnover import LoudError, Turnover, may_turn, require
from pipeline.workflow.words import read_words

_RELEASE: Final = "dist/release.json"
_TEMPLATES: Final = "locales/_pot/"
"""What is there follows from the articles, and nothing from it."""

_CATALOGS: Final = frozenset({"LC_MESSAGES", "reviews", "translators"})
"""Of the folders of a locale: a file in them is of the article of its name."""


def quiet_build(
    assembly: Assembly, last: BuildState, saved: Iterable[str]
) -> Built | None:
    """
    Build what was `saved` since the last build of this kind; None where more than its
    own pages may follow from it.

    The assembly knows then what was decided, and no output was touched.
    """
    quiet = _Quiet(assembly, last, assembly.before)
    try:
        return quiet.build(saved)
    except LoudError:
        return None


@dataclass
class _Quiet:
    assembly: Assembly
    last: BuildState
    before: Ledger

    @property
    def root(self) -> Path:
        return self.assembly.root

    def build(self, saved: Iterable[str]) -> Built:
        require(self.before.order is not None and not self.last.report["errors"])
        saved = frozenset(saved)
        concerned = self._concerned(saved)
        self._tell(concerned)
        require(all(map(self._is_known, saved)))
        require(self._outputs() == self.last.outputs)
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
        decisions = self._in_order(self._decided(study, concerned))
        require(not study.bodies.is_wasteful(self.before.bodies))
        turned = [each for each in decisions if not self._is_alike(each)]
        if turned:
            study = self._whole(study)
        done = self._done(study, decisions, turned)
        release = self._release(done, decisions)
        if turned:
            today = self.assembly.now.strftime("%Y-%m-%d")
            record_few(self.root, self.assembly.histories, turned, today)
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
            self._report(decisions, written, removed),
            outputs,
            self._ledger(study, decisions, done._replace(product=product)),
        )

    def _in_order(self, decisions: Iterable[Decision]) -> list[Decision]:
        """As a build of all has them, which appends them to histories."""
        outputs = (*self._last.pages, *self._last.mails)
        places = {(e.article, e.locale): place for place, e in enumerate(outputs)}
        found = {(d.article.domain, d.locale): d for d in decisions}
        require(found.keys() <= places.keys())
        return [found[key] for key in sorted(found, key=places.__getitem__)]

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

    def _outputs(self) -> Mapping[str, Stamp]:
        there = self.assembly.there.items()
        # A build leaves hidden files alone.
        found = {path: stamp for path, stamp in there if "/." not in path}
        if not self.assembly.options.draft:
            found |= stamp_files(self.root, [_RELEASE])
        return found

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

    def _done(
        self, study: Study, decisions: list[Decision], turned: list[Decision]
    ) -> "_Done":
        """All that is made, in no place yet."""
        keys = dict(self._keys(decisions))
        locales = {locale for _, locale in keys}
        if turned:
            locales = set(self.assembly.locales)
        require(locales <= self.assembly.histories.keys())
        batch = self._batch(study, decisions, locales)
        turnover = Turnover(batch, turned) if turned else None
        library, press = self._press(batch, turnover)
        if turnover is not None:
            keys |= dict.fromkeys((*turnover.linking(), *turnover.beside(library)))
            keys |= {
                (turn.domain, tag): None
                for turn in turnover.turns
                for tag in self.assembly.locales
            }
        theme = press.batch.words.theme
        with compiled_templates(press.theme, self.root, self.assembly.kind, theme):
            lines = self._made(keys, library, press)
            if turnover is not None and turnover.turns:
                lines |= self._listed(turnover, library, press)
        product = Product(Table(read_made, lines), tuple(lines), press.faces)
        if turnover is None:
            return _Done(product, self.before.order)
        left = (t for t in turnover.turns if t.now is None)
        lost = {f"{turn.locale}/{turn.domain}": turn for turn in left}
        for name, turn in lost.items():
            source = f"{turn.source.locale}/{turn.domain}"
            require(_are_among(self.before.made[name], self.before.made[source]))
        gone = (f.path for name in lost for f in self.before.made[name].files)
        order = turnover.order
        return _Done(product, order, tuple(lost), tuple(gone), is_turned=True)

    def _made(
        self, keys: Iterable[tuple[str, str]], library: Library, press: Press
    ) -> dict[str, str]:
        lines: dict[str, str] = {}
        for key in keys:
            edition = library.find(*key)
            if edition is None:
                continue
            piece = Piece() if press.holds(edition) else press.piece(edition)
            require(piece.error is None)
            if piece.made:
                name = edition_name(edition)
                before, made = self.before.made.get(name), read_made(piece.made)
                if before is None:
                    source = f"{self.assembly.site.source_locale}/{edition.domain}"
                    require(_are_among(made, self.before.made[source]))
                else:
                    require(_are_its(before, made))
                lines[name] = piece.made
        return lines

    def _listed(
        self, turnover: Turnover, library: Library, press: Press
    ) -> Iterator[tuple[str, str]]:
        """The lines of all lists that show something else."""

        def changed(text: str) -> str:
            return turnover.sitemap(text, library)

        for locale in turnover.locales:
            pages = turnover.pages(locale)
            for name, piece in press.lists_again(locale, pages, turnover.key):
                require(piece.error is None)
                require(_are_its(self.before.made.get(name), read_made(piece.made)))
                yield name, piece.made
        yield "lists", press.sitemap_again(turnover.key, changed).made

    def _batch(
        self, study: Study, decisions: list[Decision], locales: Iterable[str]
    ) -> Batch:
        site, options = self.assembly.site, self.assembly.options
        words = read_words(
            site,
            locales,
            base=study.base,
            inputs=study.inputs,
            known=self.before.words,
        )
        require(not words.errors)
        return Batch(
            site,
            decisions,
            _Paths(self.before, site.source_locale),
            words,
            self.assembly.histories,
            study,
            self.before,
            self.last.outputs,
            draft=options.draft,
            preview=options.preview,
        )

    def _press(self, batch: Batch, turnover: Turnover | None) -> tuple[Library, Press]:
        site, draft = self.assembly.site, self.assembly.options.draft
        faces = self.before.faces
        if turnover is not None:
            turnover.require_simple()
            library = turnover.library(self.assembly.locales)
            faces = turnover.key
        else:
            shown = draft and self.assembly.locales
            library = library_as_before(
                batch, shown or (*self.assembly.locales, *site.locales)
            )
        theme = Theme(theme_folders(site), batch.words.catalogs, drafts=draft)
        return library, Press(batch, library, theme, self.before.made, faces=faces)

    def _keys(self, decisions: list[Decision]) -> Mapping[tuple[str, str], None]:
        """Domain and locale of what was decided, and of what links to a part of it."""
        keys = {(d.article.domain, d.locale): None for d in decisions}
        decided = {decision.locale for decision in decisions}
        for path in {d.article.path for d in decisions}:
            for name in linking_parts(self.before, path):
                locale, _, domain = name.partition("/")
                # A link leads to the same language, or to the source's.
                if not decided.isdisjoint((locale, self.assembly.site.source_locale)):
                    keys[domain, locale] = None
        return keys

    def _release(self, done: "_Done", decisions: list[Decision]) -> bytes | None:
        """The release with what is another in it; None for drafts, which have none."""
        if self.assembly.options.draft:
            return None
        outputs = _with_reasons((*self._last.pages, *self._last.mails), decisions)
        pairs = [(old, new) for old, new in outputs if old != new]
        data = read_bytes(self.root / _RELEASE, root=self.root)
        made = done.product.made
        if done.is_turned:
            now = {file.path: file.digest for _, m in made.each() for file in m.files}
            again = release_turned(data, now | dict.fromkeys(done.gone), pairs)
        else:
            digests = {
                file.path: (self.before.made[name].digests[file.path], file.digest)
                for name, each in made.each()
                for file in each.files
            }
            again = release_again(data, digests, pairs)
        require(again is not None)
        return again

    @cached_property
    def _last(self) -> BuildReport:
        return report_from(self.last.report)

    def _report(
        self, decisions: list[Decision], written: list[str], removed: Sequence[str]
    ) -> BuildReport:
        changed = {*written, *removed}
        pages, mails = (
            tuple(
                new._replace(changed=new.path in changed)
                for _, new in _with_reasons(outputs, decisions)
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

    def _ledger(self, study: Study, decisions: list[Decision], done: "_Done") -> Ledger:
        before = self.before
        rows = {
            (each.article.domain, each.locale): row_of(each, out=each.goes_out)
            for each in decisions
        }
        grown = sum(_size(row) - _size(before.rows[key]) for key, row in rows.items())
        made = before.made.with_lines(dict(done.product.made.lines(made_line)))
        if done.lost:
            made = made.among(name for name in made if name not in done.lost)
        # What was saved since that build began is read again by one that looks at all.
        return replace(
            before,
            faces=done.product.faces,
            order=done.order,
            bodies=before.bodies + grown,
            files=before.files.but(study.inputs.found()),
            rows=before.rows.but(rows),
            made=made,
        )


class _Done(NamedTuple):
    """What is made, and what is no more."""

    product: Product
    order: Order | None
    lost: Sequence[str] = ()
    """The names of what is out no longer."""

    gone: Sequence[str] = ()
    """The paths of its files."""

    is_turned: bool = False
    """Whether anything was decided otherwise."""


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


def _are_its(before: Made | None, now: Made) -> bool:
    """Whether the same files were made of it, and the same pictures shown."""
    if before is None or before.assets != now.assets:
        return False
    return [file.path for file in before.files] == [file.path for file in now.files]


def _are_among(made: Made, source: Made) -> bool:
    """Whether a translation shows no other pictures than its source, which is out."""
    return set(made.assets) <= set(source.assets)


def _size(row: Row) -> int:
    return row.body.length if row.body else 0


def _with_reasons(
    outputs: Iterable[Output], decisions: Iterable[Decision]
) -> Iterator[tuple[Output, Output]]:
    """Each output as it was, and with what is said of it now."""
    now = {(d.article.domain, d.locale): d for d in decisions}
    for each in outputs:
        decision = now.get((each.article, each.locale))
        yield each, each if decision is None else _output(decision, each)


def _output(decision: Decision, before: Output) -> Output:
    """What a build says of a decision; that of a draft stays where it is."""
    kind, draft = decision.article.kind, before.path.startswith("dist/draft/")
    path = output_path(decision.locale, decision.slug, kind=kind, draft=draft)
    return before._replace(path=path, state=decision.state, why=decision.why)


@dataclass(frozen=True, slots=True)
class _Paths(Mapping[str, str]):
    """The domain of every article by its path."""

    ledger: Ledger
    source_locale: str

    def __getitem__(self, path: str) -> str:
        domain = path.removeprefix(f"{FOLDER}/").rpartition(".")[0]
        row = self.ledger.rows[domain, self.source_locale]
        if row.path != path:
            raise KeyError(path)
        return domain

    def __iter__(self) -> Iterator[str]:
        return (
            row.path
            for (_, locale), row in self.ledger.rows.items()
            if locale == self.source_locale
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)
