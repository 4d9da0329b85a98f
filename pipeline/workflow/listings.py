"""
What lists the articles of a library, and what belongs to the whole site.

What would come out as it is already on the disk is left alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

from pipeline.late import dataclass
from pipeline.render.cards import forget_cards, learn_cards
from pipeline.render.library import Library, Listed
from pipeline.render.moved import left_topics
from pipeline.render.site import lists_face, render_lists, render_signs, render_site
from pipeline.render.sitemap import SITEMAP
from pipeline.render.theme import Theme
from pipeline.render.topic_pages import (
    TopicPage,
    in_order,
    render_topic_page,
    topic_face,
    topic_pages,
)
from pipeline.render.topics import topics_of
from pipeline.render.views import FEED
from pipeline.store.ledger import Order
from pipeline.workflow.batch import Batch
from pipeline.workflow.cards import keep_cards, known_cards
from pipeline.workflow.inputs import key_of
from pipeline.workflow.pictures import without_pictures
from pipeline.workflow.pieces import Pieces
from pipeline.workflow.product import Piece

_LIST: Final = "list of "
"""Begins the names of the lists of the articles of a locale."""


@dataclass
class Listings:
    """Renders lists, pages of topics, feeds, the sitemap, and what leads to pages."""

    pieces: Pieces
    library: Library
    theme: Theme
    faces: str
    """The key of all that editions may say of one another."""

    pages: Mapping[str, str]
    """By locale, the key of all that others may say of its pages."""

    @property
    def batch(self) -> Batch:
        return self.pieces.batch

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know of topics."""
        if self._lists_hold:
            return without_pictures(self.batch.before.notes)
        return topics_of(self.library).notes

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The tags and sections that have a page; none of a draft is ever out."""
        if self.batch.draft:
            return ()
        topics = topics_of(self.library).by_locale
        return tuple(
            Listed(locale, kind, slug)
            for locale, found in topics.items()
            for kind, slug in found
        )

    @property
    def order(self) -> Order:
        """What the next build may know of the library without its editions."""
        last, order = self.batch.before.order, self.library.order
        assets = sorted(self.library.assets)
        if last and self._lists_hold:
            return Order(order.shelves, order.news, last.topics, assets, last.said)
        topics = topics_of(self.library)
        return Order(order.shelves, order.news, topics.names(), assets, topics.said())

    def all(self) -> Iterator[tuple[str, Piece]]:
        """Lists, the choice of language, redirects and signs, by their names."""
        if self._lists_hold:
            # Finding the topics of a large site takes longer than rendering a page.
            for name in ("lists", *self._lists_before()):
                yield name, Piece()
        else:
            yield "lists", self.pieces.kept_or("lists", self._lists_key, self._lists)
            for locale in self.library.locales:
                yield from self._listing(locale)

    @cached_property
    def _lists_hold(self) -> bool:
        """Whether all that lists anything, topics included, is as it was."""
        lists = self.pieces.before("lists")
        is_same = lists is not None and lists.own == self._lists_key
        return is_same and all(map(self.pieces.before, self._lists_before()))

    def _lists_before(self) -> Iterator[str]:
        starts = ("#", _LIST)
        return (name for name in self.batch.before.made if name.startswith(starts))

    @cached_property
    def _lists_key(self) -> str:
        """The key of lists, and so of all that a page of a topic shows."""
        batch, library = self.batch, self.library
        tags = (*library.locales, *(each.locale for each in library.withdrawn))
        words = (batch.words.key(tag) for tag in dict.fromkeys(tags))
        return key_of(
            (
                batch.study.base,
                self.faces,
                repr(library.redirects),
                repr(left_topics(library)),
                *(str(edition.reviewed) for edition in library.editions),
                repr(library.withdrawn),
                *words,
            ),
        )

    def _lists(self) -> Iterator[tuple[str, bytes | bytearray]]:
        """One after the other: those of a large site are too much together."""
        top = f"{self.batch.top}/site"
        for page in render_site(self.library, self.theme):
            yield f"{top}/{page.path}", page.html.encode()
        for path, data in render_signs(self.library):
            yield f"{top}/{path}", data

    def _listing(self, locale: str) -> Iterator[tuple[str, Piece]]:
        """All that shows cards of the articles of a locale."""
        with self._known_cards(locale):
            yield f"{_LIST}{locale}", self._list(locale)
            for page in topic_pages(self.library, locale):
                yield f"#{page.path}", self._topic(page)

    @contextmanager
    def _known_cards(self, locale: str) -> Iterator[None]:
        """The cards of a locale, as they are known and from now on."""
        root, key = Path(self.batch.site.root), self.batch.words.key(locale)
        cards = known_cards(root, self.batch.kind, locale, key)
        learn_cards(self.library, cards)
        yield
        keep_cards(root, self.batch.kind, key, cards)
        forget_cards(self.library)

    def _list(self, locale: str) -> Piece:
        """The list of the articles of a locale, and its feed."""
        batch, library = self.batch, self.library
        around = repr(lists_face(locale, library))
        faces = self.pages.get(locale, "")
        own = key_of((batch.study.base, batch.words.key(locale), around, faces))

        def render() -> Iterator[tuple[str, bytes]]:
            for path, text in render_lists(locale, self.library, self.theme):
                yield f"{self.batch.top}/site/{path}", text.encode()

        return self.pieces.kept_or(f"{_LIST}{locale}", own, render)

    def lists_again(
        self,
        locale: str,
        topics: Iterable[TopicPage],
        own: str,
        *,
        feed_holds: Callable[[str], bool],
    ) -> Iterator[tuple[str, Piece]]:
        """
        The list of the articles of a locale, and these pages of topics, made anew.

        `own` tells what they show from what they showed in any other build, and
        `feed_holds` of the text of a feed whether it is the same.
        """
        name, path = f"{_LIST}{locale}", f"{locale}/{FEED}"
        is_there = len(self.pieces.known[name].files) > 1
        holds = is_there and feed_holds(self.pieces.data(path).decode())
        with self._known_cards(locale):
            made = render_lists(locale, self.library, self.theme, feed_holds=holds)
            files = ((path, text.encode()) for path, text in made)
            yield name, self.pieces.again(name, own, files)
            for page in topics:
                yield f"#{page.path}", self._topic_page(page, own)

    def sitemap_again(self, own: str, change: Callable[[bytearray], None]) -> Piece:
        """What belongs to the whole site, of which the sitemap alone is another."""
        # In place: that of a large site has tens of megabytes.
        data = bytearray(self.pieces.data(SITEMAP))
        change(data)
        return self.pieces.again("lists", own, [(SITEMAP, data)])

    def _topic(self, page: TopicPage) -> Piece:
        """A page of a tag or a section: made again where what it shows is another."""
        batch, library = self.batch, self.library
        # Its languages, and whether the locale has a feed, are told by no card.
        around = (library.locales, library.has_news(page.locale))
        face = (around, topic_face(page, library))
        own = key_of((batch.study.base, batch.words.key(page.locale), repr(face)))
        return self._topic_page(page, own)

    def _topic_page(self, page: TopicPage, own: str) -> Piece:
        top, topic = f"{self.batch.top}/site", page.topic
        listed: tuple[tuple[str, bool], ...] = ()
        before = self.pieces.before(f"#{page.path}")
        if topic is not None and (before is None or before.own != own):
            topic = in_order(topic, self.library)
            listed = tuple((domain, False) for domain in topic.domains)
            page = TopicPage(page.locale, page.kind, topic)

        def render() -> list[tuple[str, bytes]]:
            made = render_topic_page(page, self.library, self.theme)
            return [(f"{top}/{made.path}", made.html.encode())]

        return self.pieces.kept_or(f"#{page.path}", own, render, listed=listed)
