"""
A build after which no page has anything else to say of another.

Where nothing was saved but articles and their catalogs, and what is decided of them now
is as it was but for its own text, only their own pages and mails are made, and those
that link to a part of them. All else is taken over from the last build as it stands,
without being looked at. Where that is not so there is no such build, and the whole site
is looked at.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from pipeline.cldr import gettext_locale
from pipeline.late import dataclass
from pipeline.model.page import Output
from pipeline.render.library import Library
from pipeline.render.theme import Theme
from pipeline.store.dist import write_dist
from pipeline.store.files import read_bytes
from pipeline.store.ledger import (
    Ledger,
    Made,
    Row,
    linking_parts,
    made_line,
    read_made,
)
from pipeline.store.published import read_history
from pipeline.store.sources import FOLDER, SourceFile
from pipeline.store.stamps import stamp_files
from pipeline.store.state import BuildState
from pipeline.store.table import Table
from pipeline.workflow.assembly import Assembly, Built
from pipeline.workflow.batch import Batch, library_as_before
from pipeline.workflow.compiled import compiled_templates
from pipeline.workflow.decide import Decision
from pipeline.workflow.outcome import BuildReport, report_from
from pipeline.workflow.press import Press, edition_name
from pipeline.workflow.product import Piece, Product
from pipeline.workflow.release import release_again
from pipeline.workflow.study import Study, row_of
from pipeline.workflow.templates import MESSAGES, theme_folders
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
    except _LoudError:
        return None


class _LoudError(Exception):
    """More than its own pages follows from what was saved."""


def _require(condition: object) -> None:
    if not condition:
        raise _LoudError


@dataclass
class _Quiet:
    assembly: Assembly
    last: BuildState
    before: Ledger

    @property
    def root(self) -> Path:
        return self.assembly.root

    def build(self, saved: Iterable[str]) -> Built:
        _require(self.before.order is not None and not self.last.report["errors"])
        saved = frozenset(saved)
        concerned = self._concerned(saved)
        self._tell(concerned)
        _require(all(map(self._is_known, saved)))
        _require(str(self.before.mark) == self.last.ledger)
        # Others lie there only if somebody put them there: of a build that was cut off
        # there is no `last`.
        _require(stamp_files(self.root, self.last.outputs) == self.last.outputs)
        # A text that is no longer kept is made again, and links ask for the source's.
        judged = {self.assembly.site.source_locale, *chain(*concerned.values())}
        for locale in judged:
            self.assembly.histories[locale] = read_history(self.root, locale)
        study = self.assembly.study()
        _require(not self.assembly.errors)
        try:
            return self._built(study, concerned)
        finally:
            study.bodies.close()

    def _built(self, study: Study, concerned: Mapping[str, tuple[str, ...]]) -> Built:
        decisions = list(self._decided(study, concerned))
        _require(not study.bodies.is_wasteful(self.before.bodies))
        product = self._product(study, decisions)
        said = self._said(decisions)
        release = self._release(product, said)
        product = product.settle(self.root)
        if self.assembly.placed is not None:
            self.assembly.placed()
        written = [*product.written]
        if release is not None:
            written += write_dist(self.root, {_RELEASE: release})
        stamps = product.stamps() | stamp_files(
            self.root, [_RELEASE] if release else []
        )
        return Built(
            self._report(said, written),
            {**self.last.outputs, **stamps},
            self._ledger(study, decisions, product),
            is_told=not said,
        )

    def _tell(self, concerned: Mapping[str, tuple[str, ...]]) -> None:
        """Let the build know which articles are concerned, quiet or not."""
        # What is kept follows from the history, to which the last build has added.
        if not any(each.stale == "keep" for each in self.assembly.site.classes):
            self.assembly.concerned = concerned

    def _concerned(self, saved: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The locales in which articles are to be judged anew, by domain."""
        # Behind a link nobody knows what was saved.
        _require(not any(map(self._leads_away, self._locales)))
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
        _require(top == "locales" and kind in _CATALOGS and domain != MESSAGES)
        _require((domain, locale) in self.before.rows)
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
        _require(key in self.before.rows)
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
            _require(studied.error is None)
            for decision in studied.decisions:
                _require(_is_alike(self.before.rows[domain, decision.locale], decision))
                yield decision

    def _product(self, study: Study, decisions: list[Decision]) -> Product:
        keys = self._keys(decisions)
        _require(all(locale in self.assembly.histories for _, locale in keys))
        library, press = self._press(study, decisions, {locale for _, locale in keys})
        theme = press.batch.words.theme
        with compiled_templates(press.theme, self.root, self.assembly.kind, theme):
            return self._made(keys, library, press)

    def _made(
        self, keys: Iterable[tuple[str, str]], library: Library, press: Press
    ) -> Product:
        lines: dict[str, str] = {}
        for key in keys:
            edition = library.find(*key)
            if edition is None:
                continue
            piece = Piece() if press.holds(edition) else press.piece(edition)
            _require(piece.error is None)
            if piece.made:
                name = edition_name(edition)
                _require(_are_its(self.before.made.get(name), read_made(piece.made)))
                lines[name] = piece.made
        return Product(Table(read_made, lines), tuple(lines), self.before.faces)

    def _press(
        self, study: Study, decisions: list[Decision], locales: Iterable[str]
    ) -> tuple[Library, Press]:
        site, options = self.assembly.site, self.assembly.options
        words = read_words(
            site,
            locales,
            base=study.base,
            inputs=study.inputs,
            known=self.before.words,
        )
        _require(not words.errors)
        batch = Batch(
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
        shown = options.draft and self.assembly.locales
        library = library_as_before(
            batch, shown or (*self.assembly.locales, *site.locales)
        )
        theme = Theme(theme_folders(site), words.catalogs, drafts=options.draft)
        return library, Press(
            batch, library, theme, self.before.made, faces=self.before.faces
        )

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

    def _release(
        self, product: Product, said: list[tuple[Output, Output]]
    ) -> bytes | None:
        """The release with what is another in it; None for drafts, which have none."""
        if self.assembly.options.draft:
            return None
        digests = {
            file.path: (self.before.made[name].digests[file.path], file.digest)
            for name, made in product.made.each()
            for file in made.files
        }
        data = read_bytes(self.root / _RELEASE, root=self.root)
        again = release_again(data, digests, said)
        _require(again is not None)
        return again

    @cached_property
    def _last(self) -> BuildReport:
        return report_from(self.last.report)

    def _said(self, decisions: list[Decision]) -> list[tuple[Output, Output]]:
        """Each output of which something else is said now, as it was and as it is."""
        why = {(d.article.domain, d.locale): d.why for d in decisions}
        return [
            (each, each._replace(why=why[key]))
            for outputs in (self._last.pages, self._last.mails)
            for each in outputs
            if why.get(key := each[:2], each.why) != each.why
        ]

    def _report(
        self, said: list[tuple[Output, Output]], written: list[str]
    ) -> BuildReport:
        now = {old.path: new for old, new in said}
        changed = frozenset(written)
        pages, mails = (
            tuple(
                now.get(each.path, each)._replace(changed=True)
                if each.path in changed
                else now.get(each.path, each)
                for each in outputs
            )
            for outputs in (self._last.pages, self._last.mails)
        )
        return replace(self._last, pages=pages, mails=mails, written=tuple(written))

    def _ledger(
        self, study: Study, decisions: list[Decision], product: Product
    ) -> Ledger:
        before = self.before
        rows = {
            (each.article.domain, each.locale): row_of(each, out=each.goes_out)
            for each in decisions
        }
        grown = sum(_size(row) - _size(before.rows[key]) for key, row in rows.items())
        # What was saved since that build began is read again by one that looks at all.
        return before.but(
            bodies=before.bodies + grown,
            files=study.inputs.found(),
            rows=rows,
            made=dict(product.made.lines(made_line)),
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


def _are_its(before: Made | None, now: Made) -> bool:
    """Whether the same files were made of it, and the same pictures shown."""
    if before is None or before.assets != now.assets:
        return False
    return [file.path for file in before.files] == [file.path for file in now.files]


def _size(row: Row) -> int:
    return row.body.length if row.body else 0


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
