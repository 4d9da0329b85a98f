"""What stands in lists: the articles of a locale by section, and what to read next."""

from collections.abc import Sequence
from itertools import chain
from typing import Final, cast

from pipeline.cldr import direction
from pipeline.render.addresses import relative_url
from pipeline.render.cards import cards_of
from pipeline.render.library import Edition, Library
from pipeline.render.topics import SECTIONS, TAGS, Topic, topics_of
from pipeline.render.views import (
    CountedLinkView,
    FiledView,
    SectionView,
    SiteView,
    TopicLinkView,
)

RELATED: Final = 3
"""How many articles a page names to be read next."""


def section_views(
    site: SiteView, library: Library, *, start: str
) -> tuple[SectionView, ...]:
    """The articles of a locale by section, in the library's order."""
    locale = site.locale
    return tuple(
        _section_view(section, shelf, site, library, start=start)
        for section, shelf in library.shelves(locale)
    )


def _section_view(
    section: str, shelf: Sequence[str], site: SiteView, library: Library, *, start: str
) -> SectionView:
    """A section under its own name in the locale, if any of its articles has one."""
    locale = site.locale
    cards = cards_of(library, locale)
    seen = cards.on(site, library, start=start)
    name, spoken = _named(shelf, library, locale)
    return SectionView(
        name,
        tuple(cards.card(domain, seen, library) for domain in shelf),
        spoken,
        direction(spoken),
        _section_url(shelf, library, locale, start=start) if section else "",
    )


def _named(shelf: Sequence[str], library: Library, locale: str) -> tuple[str, str]:
    """What the articles of a shelf call their section, and in which language."""
    for edition in library.each(shelf, locale):
        if library.text_locale(edition) == locale and "section" not in edition.foreign:
            return edition.text("section"), locale
    first = next(library.each(shelf, locale))
    return first.text("section"), library.site.source_locale


def _section_url(
    shelf: Sequence[str], library: Library, locale: str, *, start: str
) -> str:
    """A link to the page of a section, if an article of it is published in full."""
    topics = chain.from_iterable(
        map(topics_of(library).of, library.each(shelf, locale))
    )
    found = next((topic for topic in topics if topic.kind == SECTIONS), None)
    return relative_url(found.path, start=start) if found else ""


def related_editions(edition: Edition, library: Library) -> tuple[Edition, ...]:
    """What the page of an article names to be read next."""
    return library.following(edition, RELATED)


def list_path(locale: str, kind: str) -> str:
    """Where all tags or sections of a locale are listed."""
    return f"{locale}/{kind}/index.html"


def filed_view(edition: Edition, library: Library) -> FiledView:
    """The section and the tags of an article, as links from its page."""
    topics = topics_of(library).of(edition)
    links = [(each.kind, _near_link(each, library)) for each in topics]
    return FiledView(
        next((link for kind, link in links if kind == SECTIONS), None),
        tuple(link for kind, link in links if kind == TAGS),
    )


def index_topics(library: Library, locale: str) -> dict[str, object]:
    """What the list of a locale's articles shows of topics: tags, and where all are."""
    topics, start = topics_of(library), f"{locale}/index.html"
    tags = topics.of_kind(locale, TAGS)
    links = tuple(counted_view(each, start=start) for each in tags)
    all_tags = relative_url(list_path(locale, TAGS), start=start) if tags else ""
    return {"tags": links, "all_tags": all_tags}


def link_view(topic: Topic, *, start: str) -> TopicLinkView:
    """A topic as the page of an article at `start` links it."""
    return TopicLinkView(
        title=topic.name,
        url=relative_url(topic.path, start=start),
        locale=topic.name_locale,
        dir=direction(topic.name_locale),
    )


def _near_link(topic: Topic, library: Library) -> TopicLinkView:
    """A topic as pages of its language link it: all in one way."""
    known = library.remembered.setdefault("near topics", {})
    assert isinstance(known, dict)  # noqa: S101 - nobody else calls it so
    key = (topic.locale, topic.kind, topic.slug)
    link = known.get(key)
    if link is None:
        start = f"{topic.locale}/-/index.html"
        link = known[key] = link_view(topic, start=start)
    return cast("TopicLinkView", link)


def counted_view(topic: Topic, *, start: str) -> CountedLinkView:
    """A topic as the list at `start` links it."""
    link = link_view(topic, start=start)
    return CountedLinkView(
        link.title, link.url, link.locale, link.dir, count=len(topic.domains)
    )
