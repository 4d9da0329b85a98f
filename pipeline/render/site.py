"""What belongs to no single article: lists, the root, old addresses, feeds, sitemap."""

from collections.abc import Iterator

from pipeline.render.feeds import render_feed
from pipeline.render.library import Library
from pipeline.render.moved import moves, render_tables
from pipeline.render.pages import (
    PageFile,
    render_index,
    render_missing,
    render_redirect,
    render_root,
    render_withdrawn,
)
from pipeline.render.sitemap import render_sitemap
from pipeline.render.theme import Theme
from pipeline.render.topics import topics_of
from pipeline.render.views import FEED


def render_site(library: Library, theme: Theme) -> Iterator[PageFile]:
    """The pages that belong to no article and list none."""
    yield render_root(library, theme)
    for move in moves(library):
        yield render_redirect(move, library, theme)
    for place in library.withdrawn:
        yield render_withdrawn(place, library, theme)
    if library.drafts:
        return
    # A server shows one of them for whatever address does not exist.
    yield render_missing(library.site.source_locale, library, theme, path="404.html")
    for locale in library.locales:
        yield render_missing(locale, library, theme, path=f"{locale}/404.html")


def render_lists(
    locale: str, library: Library, theme: Theme, *, feed_holds: bool = False
) -> Iterator[tuple[str, str]]:
    """
    What lists the articles of a locale, by path below the folder of the site.

    A feed that holds is left out.
    """
    page = render_index(locale, library, theme)
    yield page.path, page.html
    is_none = library.drafts or feed_holds
    feed = None if is_none else render_feed(locale, library, theme)
    if feed:
        yield f"{locale}/{FEED}", feed


def lists_face(locale: str, library: Library) -> tuple[object, ...]:
    """
    All that those lists show of the library, but for what is said of each article:
    where both are equal, so are they.
    """
    topics = topics_of(library).by_locale.get(locale, {})
    return (
        library.locales,
        library.order.shelves.get(locale),
        [each.reviewed for each in library.pages(locale)],
        [
            (*key, topic.name, topic.name_locale, len(topic.domains))
            for key, topic in topics.items()
        ],
    )


def render_signs(library: Library) -> Iterator[tuple[str, bytes | bytearray]]:
    """What machines read of the whole site, by path below the folder of the site."""
    yield from render_sitemap(library)
    if library.drafts:
        return
    for path, text in render_tables(library).items():
        yield path, text.encode()
    yield "robots.txt", render_robots(library).encode()


def render_robots(library: Library) -> str:
    """
    Crawlers may read all that is published, and are told of the sitemap (RFC 9309).

    They look for it at the top of a host only: below a path it is there to be copied.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {library.site.base_url}sitemap.xml\n"
