"""The other languages of a page, as readers and as search engines are told of them."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar, cast

from pipeline.cldr import direction, display_name, full_locale
from pipeline.render.addresses import index_url, page_path, page_url, relative_url
from pipeline.render.library import Edition, Library, Versions
from pipeline.render.views import AlternateView, GraphView, LanguageView

T = TypeVar("T")

DEFAULT: Final = "x-default"
"""What is for readers of no language of the site."""


_ELSEWHERE: Final = "locale/slug/index.html"
"""A page of no language: pages of all others link an edition as it does."""


def page_languages(edition: Edition, library: Library) -> tuple[LanguageView, ...]:
    """The languages in which this article can be read, its own included."""
    own = edition.locale
    return tuple(
        language_view(e, own, start=page_path(edition)) if e.locale == own else view
        for e, view in _elsewhere(edition.domain, library)
        if e.locale == own or library.text_locale(e) == e.locale
    )


def _elsewhere(
    domain: str, library: Library
) -> tuple[tuple[Edition, LanguageView], ...]:
    """The versions of an article as pages of other languages show them."""

    def made(versions: Versions) -> tuple[tuple[Edition, LanguageView], ...]:
        return tuple((e, language_view(e, "", start=_ELSEWHERE)) for e in versions)

    return _once("languages", library.versions(domain), library, made)


def _once(
    name: str, editions: Versions, library: Library, make: Callable[[Versions], T]
) -> T:
    """What is made of an article for all its pages, which are made together."""
    known = cast("tuple[Versions, T] | None", library.remembered.get(name))
    if known is None or known[0] is not editions:
        known = editions, make(editions)
        library.remembered[name] = known
    return known[1]


def language_view(edition: Edition, current: str, *, start: str) -> LanguageView:
    """An edition as another page's choice of languages shows it."""
    url = relative_url(page_path(edition), start=start)
    return named_language(edition.locale, url, current)


def index_languages(
    library: Library, locale: str, *, start: str
) -> tuple[LanguageView, ...]:
    """The languages that have a list of articles."""
    return tuple(
        named_language(tag, relative_url(f"{tag}/index.html", start=start), locale)
        for tag in library.locales
    )


def page_alternates(edition: Edition, library: Library) -> tuple[AlternateView, ...]:
    """The published versions of an article, itself among them, and `x-default`."""
    versions = library.alternates(edition.domain)
    if library.drafts or not any(e.is_same(edition) for e in versions):
        return ()
    source = library.site.source_locale

    def made(versions: Versions) -> tuple[AlternateView, ...]:
        views = [AlternateView(e.locale, page_url(library, e)) for e in versions]
        default = [AlternateView(DEFAULT, v.url) for v in views if v.locale == source]
        return (*views, *default)

    return _once("alternates", versions, library, made)


def index_alternates(library: Library) -> tuple[AlternateView, ...]:
    """The lists of articles; who speaks none of the languages chooses at the root."""
    if library.drafts:
        return ()
    views = [AlternateView(tag, index_url(library, tag)) for tag in library.locales]
    return (*views, AlternateView(DEFAULT, library.site.base_url))


def graph_view(locale: str, alternates: Iterable[AlternateView]) -> GraphView:
    """The language of a list and those of its alternates, as Open Graph has them."""
    others = (each.locale for each in alternates)
    return GraphView(
        full_locale(locale),
        tuple(full_locale(tag) for tag in others if tag not in {locale, DEFAULT}),
    )


def named_language(tag: str, url: str, current: str) -> LanguageView:
    """A language under its own name; `current` is that of the page."""
    return LanguageView(tag, direction(tag), display_name(tag), url, tag == current)
