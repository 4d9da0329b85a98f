"""
What a build of few pages makes: these, and what shows them; in no place yet.

All else is taken over from the last build as it stands.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, NamedTuple

from pipeline.late import dataclass
from pipeline.render.theme import Theme
from pipeline.store.ledger import Ledger, Made, Order, linking_parts, read_made
from pipeline.store.sources import FOLDER
from pipeline.store.stamps import Stamp
from pipeline.store.table import Table
from pipeline.workflow.assembly import Assembly
from pipeline.workflow.batch import Batch, library_as_before
from pipeline.workflow.compiled import compiled_templates
from pipeline.workflow.decide import Decision
from pipeline.workflow.listings import Listings
from pipeline.workflow.loud import require, required
from pipeline.workflow.meanwhile import meanwhile
from pipeline.workflow.pieces import Pieces
from pipeline.workflow.press import Press, edition_name
from pipeline.workflow.product import Piece, Product
from pipeline.workflow.study import Study
from pipeline.workflow.templates import theme_folders
from pipeline.workflow.turnover import Turnover
from pipeline.workflow.words import read_words
from pipeline.workflow.written import written_before

_MANY: Final = 1000
"""Articles in lists for which it pays to start another process."""


class Patch(NamedTuple):
    """What is made, and what is no more."""

    product: Product
    order: Order | None
    lost: Sequence[str] = ()
    """The names of what is out no longer."""

    gone: Sequence[str] = ()
    """The paths of its files."""

    is_turned: bool = False
    """Whether anything was decided otherwise."""


@dataclass
class Patching:
    """The making of it, after a build that is known by its ledger."""

    assembly: Assembly
    before: Ledger
    outputs: Mapping[str, Stamp]
    """The files of the last build, all of which are as it left them."""

    study: Study

    def patch(self, decisions: list[Decision], turned: list[Decision]) -> Patch:
        """All that is made, in no place yet."""
        keys = dict(self._keys(decisions))
        locales = {locale for _, locale in keys}
        if turned:
            locales = set(self.assembly.locales)
        require(locales <= self.assembly.histories.keys())
        batch = self._batch(decisions, locales)
        turnover = Turnover(batch, turned) if turned else None
        press = self._press(batch, turnover)
        library = press.library
        if turnover is not None:
            keys |= dict.fromkeys((*turnover.linking(), *turnover.beside(library)))
            keys |= {
                (turn.domain, tag): None
                for turn in turnover.turns
                for tag in self.assembly.locales
            }
        with self._listing(turnover, press) as listed:
            with self._remembering(press):
                lines = self._made(keys, press)
            lines |= listed()
        product = Product(Table(read_made, lines), tuple(lines), press.faces)
        if turnover is None:
            return Patch(product, self.before.order)
        return self._without(turnover, product)

    def _without(self, turnover: Turnover, product: Product) -> Patch:
        """What is made, and that the pages that went are no more."""
        made, lost = self.before.made, []
        for turn in turnover.turns:
            if turn.now is None:
                name = f"{turn.locale}/{turn.domain}"
                require(name in made and self._are_shown(made[name], turn.domain))
                lost.append(name)
        gone = tuple(file.path for name in lost for file in made[name].files)
        return Patch(product, turnover.order, tuple(lost), gone, is_turned=True)

    def _are_shown(self, made: Made, domain: str) -> bool:
        """Whether its source, which is out, shows all of a translation's pictures."""
        source = self.before.made.get(f"{self.assembly.site.source_locale}/{domain}")
        return source is not None and set(made.assets) <= set(source.assets)

    def _made(self, keys: Iterable[tuple[str, str]], press: Press) -> dict[str, str]:
        lines: dict[str, str] = {}
        for key in keys:
            edition = press.library.find(*key)
            if edition is None:
                continue
            piece = Piece() if press.holds(edition) else press.piece(edition)
            require(piece.error is None)
            if piece.made:
                name = edition_name(edition)
                before, made = self.before.made.get(name), read_made(piece.made)
                if before is None:
                    require(self._are_shown(made, edition.domain))
                else:
                    require(_are_its(before, made))
                lines[name] = piece.made
        return lines

    @contextmanager
    def _remembering(self, press: Press) -> Iterator[None]:
        """What is compiled and written once, and known from then on."""
        known = (self.assembly.root, self.assembly.kind, press.batch.words.theme)
        with compiled_templates(press.theme, *known), written_before(*known):
            yield

    @contextmanager
    def _listing(
        self, turnover: Turnover | None, press: Press
    ) -> Iterator[Callable[[], dict[str, str]]]:
        """What gives the lines of all lists that show something else."""
        if turnover is None or not turnover.turns:
            yield dict
            return

        def work() -> dict[str, str]:
            with self._remembering(press):
                return dict(self._listed(turnover, press))

        shelves = (turnover.order.shelves[tag] for tag in turnover.locales)
        count = sum(len(shelf) for each in shelves for shelf in each.values())
        workers = self.assembly.workers
        if count < _MANY or not isinstance(workers, int) or workers < 2:  # noqa: PLR2004 - one is ourselves
            yield work
            return
        with meanwhile(work) as listed:
            yield listed

    def _listed(self, turnover: Turnover, press: Press) -> Iterator[tuple[str, str]]:
        """The lines of all lists that show something else."""
        library = press.library
        listings = Listings(press.pieces, library, press.theme, turnover.key, {})

        def change(text: bytearray) -> None:
            turnover.change_sitemap(text, library)

        for locale in turnover.locales:
            pages = turnover.topics.pages(locale)
            feed_holds = partial(turnover.feed_holds, locale, library)
            lists = listings.lists_again(
                locale, pages, turnover.key, feed_holds=feed_holds
            )
            for name, piece in lists:
                require(piece.error is None)
                before = required(self.before.made.read(name))
                require(_are_its(before, read_made(piece.made)))
                yield name, piece.made
        yield "lists", listings.sitemap_again(turnover.key, change).made

    def _batch(self, decisions: list[Decision], locales: Iterable[str]) -> Batch:
        site, options = self.assembly.site, self.assembly.options
        words = read_words(
            site,
            locales,
            base=self.study.base,
            inputs=self.study.inputs,
            known=self.before.words,
        )
        require(not words.errors)
        return Batch(
            site,
            decisions,
            _Paths(self.before, site.source_locale),
            words,
            self.assembly.histories,
            self.study,
            self.before,
            self.outputs,
            draft=options.draft,
            preview=options.preview,
        )

    def _press(self, batch: Batch, turnover: Turnover | None) -> Press:
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
        return Press(Pieces(batch, self.before.made), library, theme, faces)

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


def _are_its(before: Made, now: Made) -> bool:
    """Whether the same files were made of it, and the same pictures shown."""
    if before.assets != now.assets:
        return False
    return [file.path for file in before.files] == [file.path for file in now.files]


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
