"""The pages of tags and sections, and the lists of all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.cldr import direction
from pipeline.late import dataclass
from pipeline.render.addresses import path_url, relative_url
from pipeline.render.cards import cards_of
from pipeline.render.library import Library
from pipeline.render.lists import counted_view, list_path
from pipeline.render.pages import PageFile, written_page
from pipeline.render.theme import Theme
from pipeline.render.topics import KINDS, Topic, Topics, topics_of
from pipeline.render.versions import DEFAULT, graph_view, named_language
from pipeline.render.views import (
    AlternateView,
    LanguageView,
    SiteView,
    TopicView,
    site_view,
)


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A page that lists a topic's articles, or without a topic all topics of a kind."""

    locale: str
    kind: str
    topic: Topic | None = None

    @property
    def path(self) -> str:
        """Below the folder of the site."""
        return self.topic.path if self.topic else list_path(self.locale, self.kind)


def topic_pages(library: Library, only: str = "") -> Iterator[TopicPage]:
    """Every page of topics that a site has, or one of its locales."""
    topics = topics_of(library)
    for locale in (only,) if only else topics.by_locale:
        for kind in KINDS:
            of_kind = topics.of_kind(locale, kind)
            if of_kind:
                yield TopicPage(locale, kind)
            for topic in of_kind:
                yield TopicPage(locale, kind, topic)


def topic_face(page: TopicPage, library: Library) -> tuple[object, ...]:
    """All that a page of topics shows of the library: where it is equal, so is that."""
    topics = topics_of(library)
    topic = page.topic
    if topic is None:
        listed = topics.of_kind(page.locale, page.kind)
        shown: list[object] = [
            (each.slug, each.name, each.name_locale, len(each.domains))
            for each in listed
        ]
        return (*shown, topics.locales(page.kind))
    known = cards_of(library, page.locale)
    # Two articles may look alike, and lead to others.
    cards = [f"{domain} {known.face(domain, library)}" for domain in topic.domains]
    locales = tuple(each.locale for each in topics.alike(topic))
    return (topic.name, topic.name_locale, "\0".join(cards), locales)


def render_topic_page(page: TopicPage, library: Library, theme: Theme) -> PageFile:
    """Raises TemplateError and CatalogError as `Theme.render` does."""
    topics, path, locale = topics_of(library), page.path, page.locale
    places = topic_places(page, topics)
    site = site_view(library, theme, locale, path=path)
    alternates = topic_alternates(page, library)
    values: dict[str, object] = {
        "site": site,
        "url": path_url(library, path),
        "kind": page.kind,
        "languages": _languages(places, locale, start=path),
        "alternates": alternates,
        "graph": graph_view(locale, alternates),
    }
    if page.topic is None:
        name = "topics.html"
        listed = topics.of_kind(locale, page.kind)
        values["topics"] = tuple(counted_view(each, start=path) for each in listed)
    else:
        name = "topic.html"
        values["topic"] = _topic_view(page.topic, library, site, start=path)
    return PageFile(path, written_page(theme.render(name, locale, values), name))


def topic_places(page: TopicPage, topics: Topics) -> tuple[tuple[str, str], ...]:
    """The same page in every locale that has it, as locales and paths."""
    if page.topic is None:
        locales = topics.locales(page.kind)
        return tuple((tag, list_path(tag, page.kind)) for tag in locales)
    return tuple((each.locale, each.path) for each in topics.alike(page.topic))


def topic_alternates(page: TopicPage, library: Library) -> tuple[AlternateView, ...]:
    """The page in every language, for search engines; none in a draft."""
    if library.drafts:
        return ()
    places = topic_places(page, topics_of(library))
    views = [AlternateView(tag, path_url(library, path)) for tag, path in places]
    source = library.site.source_locale
    default = [AlternateView(DEFAULT, v.url) for v in views if v.locale == source]
    return (*views, *default)


def topic_url(library: Library, page: TopicPage) -> str:
    """The page's absolute address."""
    return path_url(library, page.path)


def in_order(topic: Topic, library: Library) -> Topic:
    """The topic with its articles in the order of their titles."""
    if topic.is_ordered:
        return topic
    key = cards_of(library, topic.locale).by_title
    found = sorted(library.found(topic.domains, topic.locale), key=key)
    return replace(topic, domains=tuple(e.domain for e in found), is_ordered=True)


def _topic_view(
    topic: Topic, library: Library, site: SiteView, *, start: str
) -> TopicView:
    cards = cards_of(library, topic.locale)
    seen = cards.on(site, library, start=start)
    ordered = in_order(topic, library).domains
    return TopicView(
        title=topic.name,
        locale=topic.name_locale,
        dir=direction(topic.name_locale),
        all=relative_url(list_path(topic.locale, topic.kind), start=start),
        cards=tuple(cards.card(domain, seen, library) for domain in ordered),
    )


def _languages(
    places: Sequence[tuple[str, str]], current: str, *, start: str
) -> tuple[LanguageView, ...]:
    return tuple(
        named_language(tag, relative_url(path, start=start), current)
        for tag, path in places
    )
