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
)
from pipeline.render.sitemap import render_sitemap
from pipeline.render.theme import Theme
from pipeline.render.views import FEED


def render_site(library: Library, theme: Theme) -> Iterator[PageFile]:
    """The pages that belong to no article."""
    yield render_root(library, theme)
    for locale in library.locales:
        yield render_index(locale, library, theme)
    for move in moves(library):
        yield render_redirect(move, library, theme)
    if library.drafts:
        return
    # A server shows one of them for whatever address does not exist.
    yield render_missing(library.site.source_locale, library, theme, path="404.html")
    for locale in library.locales:
        yield render_missing(locale, library, theme, path=f"{locale}/404.html")


def render_signs(library: Library, theme: Theme) -> dict[str, str]:
    """What machines read, by path below the folder of the site."""
    files = dict(render_sitemap(library))
    if library.drafts:
        return files
    for locale in library.locales:
        feed = render_feed(locale, library, theme)
        if feed:
            files[f"{locale}/{FEED}"] = feed
    return files | render_tables(library) | {"robots.txt": render_robots(library)}


def render_robots(library: Library) -> str:
    """
    Crawlers may read all that is published, and are told of the sitemap (RFC 9309).

    They look for it at the top of a host only: below a path it is there to be copied.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {library.site.base_url}sitemap.xml\n"
