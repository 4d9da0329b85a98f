"""
What follows for a site where a few pages came, went, or are another in lists.

An edited article takes its translations off, and a finished translation comes back.
That concerns what stands beside it and links to it, the lists of its language, the
sitemap and the release: all that is told by the few that were decided anew and by how
the last build left the rest. Where more than that may follow, a `LoudError` says so,
and the whole site is looked at.
"""

from bisect import insort
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.render.alphabet import Key
from pipeline.render.cards import card_face
from pipeline.render.feeds import is_in_feed, may_be_in_feed
from pipeline.render.library import Edition, Library, Neighbours, newest_first
from pipeline.render.lists import RELATED
from pipeline.store import ledger
from pipeline.workflow.batch import Batch, library_as_before
from pipeline.workflow.decide import Decision
from pipeline.workflow.inputs import key_of
from pipeline.workflow.loud import require, required
from pipeline.workflow.turned_sitemap import change_sitemap
from pipeline.workflow.turned_topics import TurnedTopics
from pipeline.workflow.turns import Turn, require_simple, turns_of


@dataclass
class Turnover:
    """What was decided otherwise than at the last build."""

    batch: Batch
    decisions: Sequence[Decision]

    def require_simple(self) -> None:
        """Raises LoudError where addresses, or more than the lists, may be others."""
        require_simple(self.turns, self.batch)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The pages that came, went, or are another, one by one."""
        return turns_of(self.batch, self.decisions)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """Those of which the lists are others."""
        return tuple(dict.fromkeys(turn.locale for turn in self.turns))

    @cached_property
    def topics(self) -> TurnedTopics:
        """The tags and sections of these locales."""
        return TurnedTopics(self.batch, self.turns, self._last)

    @cached_property
    def key(self) -> str:
        """Tells what comes of this from what came of the last build."""
        return key_of(
            (
                self.batch.before.faces,
                *(f"{d.article.domain} {d.locale} {d.version}" for d in self.decisions),
            )
        )

    @cached_property
    def _last(self) -> ledger.Order:
        return self.batch.before.order or ledger.Order()

    @cached_property
    def order(self) -> ledger.Order:
        """How the pages of the site stand now."""
        last = self._last
        shelves = {**last.shelves, **{tag: self._shelves(tag) for tag in self.locales}}
        said = {**last.said}
        for locale, topics in self.topics.by_locale.items():
            known = {**said.get(locale, {})}
            known |= {address: topic.said for address, topic in topics.items()}
            said[locale] = known
        return last._replace(shelves=shelves, said=said)

    def _shelves(self, locale: str) -> Mapping[str, Sequence[str]]:
        """The pages of a locale, where sections stand as they did."""

        def place(domain: str) -> tuple[int, Key, str]:
            return newest_first(required(self.batch.find(domain, locale)))

        shelves = {
            section: [*shelf]
            for section, shelf in self._last.shelves.get(locale, {}).items()
        }
        turns = [turn for turn in self.turns if turn.locale == locale]
        for turn in turns:
            section = turn.source.text("section")
            require(section in shelves)
            if turn.before is not None:
                require(turn.domain in shelves[section])
                shelves[section].remove(turn.domain)
        for turn in turns:
            if turn.now is not None:
                insort(shelves[turn.source.text("section")], turn.domain, key=place)
        require(all(shelves.values()))
        firsts = [place(shelf[0]) for shelf in shelves.values()]
        require(firsts == sorted(firsts))
        pages = (domain for shelf in shelves.values() for domain in shelf)
        editions = (self.batch.find(domain, locale) for domain in pages)
        news = any(e and e.day and e.state is State.PUBLISHED for e in editions)
        require(news == (locale in self._last.news))
        return shelves

    def library(self, locales: Container[str]) -> Library:
        """All pages as they stand now."""
        return library_as_before(
            self.batch,
            locales,
            order=self.order,
            topics=self.topics.by_locale,
            card_of=self._card,
        )

    def _card(self, domain: str, locale: str) -> str:
        """The key of a card, for which no line of the ledger is read whole."""
        now = self._now.get((domain, locale))
        return (
            card_face(now) if now else ledger.card_in(self.batch.before, domain, locale)
        )

    @cached_property
    def _now(self) -> Mapping[tuple[str, str], Edition]:
        return {(t.domain, t.locale): t.now for t in self.turns if t.now is not None}

    def feed_holds(self, locale: str, library: Library, text: str) -> bool:
        """Whether the feed of a locale, of this text, lists none of what is another."""
        turns = [turn for turn in self.turns if turn.locale == locale]
        return not any(
            (turn.before and is_in_feed(turn.before, text, library))
            or (turn.now and may_be_in_feed(turn.now, text))
            for turn in turns
        )

    def beside(self, library: Library) -> Iterator[tuple[str, str]]:
        """Domain and locale of pages that may say something else of a neighbour."""
        for locale in self.locales:
            turned = {turn.domain for turn in self.turns if turn.locale == locale}
            before = Neighbours(self._last.shelves[locale])
            now = library.neighbours(locale)
            for domain in self._near(locale, turned, library):
                near = now.of(domain, RELATED)
                if near != before.of(domain, RELATED) or not turned.isdisjoint(near):
                    yield domain, locale

    def _near(
        self, locale: str, turned: Iterable[str], library: Library
    ) -> Mapping[str, None]:
        """Those among which they are; all where it is one of the first of a section."""
        found: dict[str, None] = {}
        for shelves in (self._last.shelves[locale], library.order.shelves[locale]):
            for shelf in shelves.values():
                for domain in turned:
                    place = shelf.index(domain) if domain in shelf else len(shelf)
                    if place < RELATED:
                        return dict.fromkeys(library.domains(locale))
                    if place < len(shelf):
                        found |= dict.fromkeys(shelf[place - RELATED : place + 1])
        return found

    def linking(self) -> Iterator[tuple[str, str]]:
        """Domain and locale of what links to a page that is another."""
        made = self.batch.before.made
        for path in {turn.source.article.path for turn in self.turns}:
            for name in made.with_text(ledger.path_text(path)):
                locale, _, domain = name.partition("/")
                if any(target == path for target, _ in made[name].targets):
                    yield domain, locale

    def change_sitemap(self, text: bytearray, library: Library) -> None:
        """Make of the sitemap the one with the pages that are in it now."""
        before = library_as_before(self.batch, library.locales, is_older=True)
        change_sitemap(text, self.turns, before=before, now=library)
