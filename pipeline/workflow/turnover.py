"""
What follows for a site where a few pages came, went, or are another in lists.

An edited article takes its translations off, and a finished translation comes back.
That concerns what stands beside it and links to it, the lists of its language, the
sitemap and the release: all that is told by the few that were decided anew and by how
the last build left the rest. Where more than that may follow, a `LoudError` says so,
and the whole site is looked at.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.render.alphabet import Key, alphabetical
from pipeline.render.cards import card_face
from pipeline.render.feeds import is_in_feed, may_be_in_feed
from pipeline.render.library import Edition, Library, Neighbours, newest_first
from pipeline.render.lists import RELATED
from pipeline.render.sitemap import page_entry
from pipeline.render.topic_pages import TopicPage
from pipeline.render.topics import KINDS, Reader, Topic, shown_name
from pipeline.store import ledger
from pipeline.store.ledger import Row
from pipeline.workflow.batch import Batch, library_as_before
from pipeline.workflow.decide import Decision
from pipeline.workflow.inputs import key_of

T = TypeVar("T")

_SIMPLE = frozenset({State.PUBLISHED, State.HELD, State.RECALLED})
"""The states that the lists of a language tell apart by who stands in them."""


class LoudError(Exception):
    """More follows from what was saved than can be told without all of the site."""


def require(condition: object) -> None:
    """Raises LoudError where something is not so."""
    if not condition:
        raise LoudError


def required(found: T | None) -> T:
    """What there is. Raises LoudError where there is nothing."""
    if found is None:
        raise LoudError
    return found


class Turn(NamedTuple):
    """One page that is another now, for others as well."""

    domain: str
    locale: str
    before: Edition | None
    """None: it was not out."""

    now: Edition | None
    """None: it is not out."""

    source: Edition
    """In the source's words."""

    @property
    def slug(self) -> str:
        return (self.now or self.before or self.source).slug


def may_turn(before: Row, decision: Decision) -> bool:
    """Whether one that is decided otherwise is as simple as that."""
    article = decision.article
    is_mail = "mail" in (before.meta.get("kind"), article.kind)
    return (
        not is_mail
        and (before.path, before.format) == (article.path, article.format)
        and {State(before.state), decision.state} <= _SIMPLE
        and before.out == (before.state == State.PUBLISHED)
        and not (before.kept or decision.kept or before.release or decision.release)
        and bool(decision.version)
        and not decision.errors
    )


@dataclass
class Turnover:
    """What was decided otherwise than at the last build."""

    batch: Batch
    decisions: Sequence[Decision]

    def require_simple(self) -> None:
        """Raises LoudError where addresses, or more than the lists, may be others."""
        site = self.batch.site
        # Who reads is told of what is gone, and texts are kept, for the whole history.
        require(all(c.recall != "notice" and c.stale != "keep" for c in site.classes))
        reader = Reader()
        for turn in self.turns:
            require(self._is_at_its_address(turn))
            words = reader.words(turn.source)
            if turn.locale == site.source_locale:
                # By its words all languages are joined.
                require(turn.now)
                require(reader.words(required(turn.before)) == words)
        addresses = Counter((turn.locale, turn.slug) for turn in self.turns)
        require(all(count == 1 for count in addresses.values()))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The pages that came, went, or are another, one by one."""
        batch, found = self.batch, []
        for decision in self.decisions:
            domain, locale = decision.article.domain, decision.locale
            source = batch.find(domain, batch.site.source_locale)
            before = batch.find_before(domain, locale)
            now = batch.find(domain, locale)
            if before is not None or now is not None:
                source = required(source)
                require(not source.is_mail)
                found.append(Turn(domain, locale, before, now, source))
        return tuple(found)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """Those of which the lists are others."""
        return tuple(dict.fromkeys(turn.locale for turn in self.turns))

    def _is_at_its_address(self, turn: Turn) -> bool:
        """Whether it never had another address, and no other page had its own."""
        if turn.before and turn.now and turn.before.slug != turn.now.slug:
            return False
        slugs = self._slugs[turn.locale]
        others = (known for domain, known in slugs.items() if domain != turn.domain)
        return (
            turn.slug not in KINDS
            and {*slugs.get(turn.domain, ())} <= {turn.slug}
            and not any(turn.slug in known for known in others)
        )

    @cached_property
    def _slugs(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        return {tag: self.batch.histories[tag].slugs() for tag in self.locales}

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
        for locale, topics in self.topics.items():
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

    @cached_property
    def topics(self) -> Mapping[str, Mapping[str, Topic]]:
        """All tags and sections of the locales, by address, as they are now."""
        found = {tag: self._topics_before(tag) for tag in self.locales}
        reader = Reader()
        for turn in self.turns:
            topics = found[turn.locale]
            for edition, step in ((turn.before, -1), (turn.now, 1)):
                if edition is None:
                    continue
                for (kind, slug), name in reader.said(edition, turn.source).items():
                    address = f"{kind}/{slug}"
                    require(address in topics)
                    topics[address] = self._but(topics[address], edition, name, step)
                    self._touched[turn.locale][address] = None
        for locale, touched in self._touched.items():
            for address in touched:
                require(self._is_called_the_same(found[locale][address]))
        return found

    @cached_property
    def _touched(self) -> dict[str, dict[str, None]]:
        """By locale, the addresses of topics of which an article is another."""
        return defaultdict(dict)

    def _topics_before(self, locale: str) -> dict[str, Topic]:
        made, last = self.batch.before.made, self._last
        said = last.said.get(locale, {})
        topics: dict[str, Topic] = {}
        for address, (name, spoken) in last.topics.get(locale, {}).items():
            kind, _, slug = address.partition("/")
            topic = Topic(kind, locale, slug, name, spoken, ())
            require(f"#{topic.path}" in made and address in said)
            listed = tuple(domain for domain, _ in made[f"#{topic.path}"].targets)
            topics[address] = Topic(
                kind, locale, slug, name, spoken, listed, said[address], is_ordered=True
            )
        return topics

    def _but(self, topic: Topic, edition: Edition, name: str, step: int) -> Topic:
        """A topic with an edition more, or less."""

        def place(domain: str) -> tuple[Key, str]:
            found = required(self.batch.find(domain, topic.locale))
            return alphabetical(found.heading, found.locale), domain

        domains = [*topic.domains]
        if step < 0:
            require(edition.domain in domains)
            domains.remove(edition.domain)
        else:
            insort(domains, edition.domain, key=place)
        said = Counter(topic.said)
        if name:
            said[name] += step
        return Topic(
            topic.kind,
            topic.locale,
            topic.slug,
            topic.name,
            topic.name_locale,
            tuple(domains),
            +said,
            is_ordered=True,
        )

    def _is_called_the_same(self, topic: Topic) -> bool:
        """Whether it has articles, and a name of which nothing is to be noted."""
        before = self._last.said[topic.locale][f"{topic.kind}/{topic.slug}"]
        if not topic.domains or max(len(before), len(topic.said)) > 1:
            return False
        if not topic.said:
            return not before  # The source's name is shown.
        return bool(before) and shown_name(topic.said) == topic.name

    def library(self, locales: Container[str]) -> Library:
        """All pages as they stand now."""
        return library_as_before(
            self.batch,
            locales,
            order=self.order,
            topics=self.topics,
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

    def pages(self, locale: str) -> Iterator[TopicPage]:
        """The pages of topics that are others."""
        topics = self.topics[locale]
        touched = [topics[address] for address in self._touched[locale]]
        for kind in dict.fromkeys(topic.kind for topic in touched):
            yield TopicPage(locale, kind)
        yield from (TopicPage(locale, topic.kind, topic) for topic in touched)

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

    def sitemap(self, text: str, library: Library) -> str:
        """The sitemap with the pages that are in it now."""
        before = library_as_before(self.batch, library.locales, is_older=True)
        moved = {(turn.domain, turn.locale) for turn in self.turns}
        for domain in dict.fromkeys(turn.domain for turn in self.turns):
            for old in before.alternates(domain):
                entry, now = page_entry(old, before), ""
                if (domain, old.locale) not in moved:
                    now = page_entry(
                        required(library.find(domain, old.locale)), library
                    )
                text = _put(text, entry, now)
        for locale in library.locales:
            text = self._with_new(text, locale, library)
        return text

    def _with_new(self, text: str, locale: str, library: Library) -> str:
        """The sitemap with the new pages of a locale, each behind the one before it."""
        new = {t.domain for t in self.turns if t.locale == locale and t.now is not None}
        domains = library.domains(locale) if new else []
        for place, domain in enumerate(domains):
            if domain not in new:
                continue
            entry = self._entry(domain, locale, library)
            before = (self._entry(d, locale, library) for d in domains[place - 1 :: -1])
            behind = next(filter(None, before), "") if place else ""
            if not behind:
                # What comes later is not there yet, if it is new as well.
                rest = (d for d in domains[place:] if d not in new)
                after = (self._entry(d, locale, library) for d in rest)
                next_one = next(filter(None, after), "")
                text = _put(text, next_one, entry + next_one)
            else:
                text = _put(text, behind, behind + entry)
        return text

    def _entry(self, domain: str, locale: str, library: Library) -> str:
        """What the sitemap says of a page, if anything."""
        edition = required(library.find(domain, locale))
        if edition.state is not State.PUBLISHED:
            return ""
        return page_entry(edition, library)


def _put(text: str, old: str, new: str) -> str:
    """A text with an entry instead of another, which has an address of its own."""
    place = text.find(old)
    require(old and place >= 0)
    return f"{text[:place]}{new}{text[place + len(old) :]}"
