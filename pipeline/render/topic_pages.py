"""The pages of tags and sections, and the lists of all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import field

from pipeline.cldr import direction
from pipeline.late import dataclass
from pipeline.render.alphabet import Key, alphabetical
from pipeline.render.library import Edition, Library
from pipeline.render.links import path_url, relative_url
from pipeline.render.lists import card_view, counted_view, list_path
from pipeline.render.pages import PageFile, written_page
from pipeline.render.theme import Theme
from pipeline.render.topics import KINDS, Topic, Topics, topics_of
from pipeline.render.versions import named_language
from pipeline.render.views import (
    AlternateView,
    CardView,
    LanguageView,
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


def topic_pages(library: Library) -> Iterator[TopicPage]:
    """Every page of topics that a site has."""
    topics = topics_of(library)
    for locale in topics.by_locale:
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
            (each.slug, each.name, each.name_locale, len(each.editions))
            for each in listed
        ]
        return (*shown, topics.locales(page.kind))
    cards = [_card_face(each, library) for each in topic.editions]
    locales = tuple(each.locale for each in topics.alike(topic))
    return (topic.name, topic.name_locale, "\0".join(cards), locales)


def _card_face(edition: Edition, library: Library) -> str:
    """What the card of an article is made of: it is on the pages of all its topics."""
    faces = _known(library, edition.locale).faces
    known = faces.get(edition.domain)
    if known is None:
        meta = edition.article.meta
        values = (edition.domain, edition.slug, edition.title)
        shown = (meta.get(key) for key in ("description", "date", "section"))
        known = faces[edition.domain] = repr((*values, *shown))
    return known


def render_topic_page(page: TopicPage, library: Library, theme: Theme) -> PageFile:
    """Raises TemplateError and CatalogError as `Theme.render` does."""
    topics, path, locale = topics_of(library), page.path, page.locale
    places = topic_places(page, topics)
    values: dict[str, object] = {
        "site": site_view(library, theme, locale, path=path),
        "url": path_url(library, path),
        "kind": page.kind,
        "languages": _languages(places, locale, start=path),
        "alternates": topic_alternates(page, library),
    }
    if page.topic is None:
        name = "topics.html"
        listed = topics.of_kind(locale, page.kind)
        values["topics"] = tuple(counted_view(each, start=path) for each in listed)
    else:
        name = "topic.html"
        values["topic"] = _topic_view(page.topic, library, start=path)
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
    default = [AlternateView("x-default", v.url) for v in views if v.locale == source]
    return (*views, *default)


def topic_url(library: Library, page: TopicPage) -> str:
    """The page's absolute address."""
    return path_url(library, page.path)


def _topic_view(topic: Topic, library: Library, *, start: str) -> TopicView:
    listed = (_listed(each, library, start=start) for each in topic.editions)
    ordered = sorted(listed, key=lambda each: (each.key, each.domain))
    return TopicView(
        title=topic.name,
        locale=topic.name_locale,
        dir=direction(topic.name_locale),
        all=relative_url(list_path(topic.locale, topic.kind), start=start),
        cards=tuple(each.card for each in ordered),
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """An article on the pages of all its topics, which are equally deep."""

    key: Key
    domain: str
    card: CardView


@dataclass(frozen=True, slots=True)
class _Known:
    """What the pages of topics in a locale know of its articles, by domain."""

    locale: str
    faces: dict[str, str] = field(default_factory=dict)
    cards: dict[str, _Listed] = field(default_factory=dict)


def _known(library: Library, locale: str) -> _Known:
    """Of one locale at a time: those of all would be more than all else of a build."""
    known = library.remembered.get("cards")
    if not isinstance(known, _Known) or known.locale != locale:
        known = library.remembered["cards"] = _Known(locale)
    return known


def _listed(edition: Edition, library: Library, *, start: str) -> _Listed:
    cards = _known(library, edition.locale).cards
    known = cards.get(edition.domain)
    if known is None:
        key = alphabetical(edition.heading, edition.locale)
        card = card_view(edition, library, start=start)
        known = cards[edition.domain] = _Listed(key, edition.domain, card)
    return known


def _languages(
    places: Sequence[tuple[str, str]], current: str, *, start: str
) -> tuple[LanguageView, ...]:
    return tuple(
        named_language(tag, relative_url(path, start=start), current)
        for tag, path in places
    )
