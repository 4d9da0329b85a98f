"""The sitemap: every page with its alternates (sitemaps.org; Google's extension)."""

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain
from typing import Final

from pipeline.model.page import State
from pipeline.render.addresses import index_url, page_url
from pipeline.render.library import Edition, Library
from pipeline.render.topic_pages import topic_alternates, topic_pages, topic_url
from pipeline.render.versions import index_alternates, page_alternates

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
SITEMAP: Final = "sitemap.xml"
MOST_ADDRESSES: Final = 50_000
"""In one file, as sitemaps.org has it; more want an index."""

MOST_CHARACTERS: Final = 40_000_000
"""In one file; sitemaps.org allows 50 MiB, and a letter may take several bytes."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_START: Final = f'{_HEAD}<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">\n'.encode()
_END: Final = b"</urlset>\n"


def render_sitemap(
    library: Library, *, most: int = MOST_ADDRESSES
) -> Iterator[tuple[str, bytes | bytearray]]:
    """
    `sitemap.xml` by its path below the folder of the site, after its parts if it has
    any: one after the other, for each may be large.

    The times of change are left out: search engines believe them only where they are
    exact.
    """
    parts = _parts(_addresses(library), most)
    first, second = next(parts), next(parts, None)
    if second is None:
        yield SITEMAP, first
        return
    names: list[str] = []
    for number, part in enumerate(chain((first, second), parts), 1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], part
    places = "".join(
        f"  <sitemap>\n    <loc>{escape(library.site.base_url + name)}</loc>\n"
        "  </sitemap>\n"
        for name in names
    )
    index = f'{_HEAD}<sitemapindex xmlns="{_SITEMAP}">\n{places}</sitemapindex>\n'
    yield SITEMAP, index.encode()


def _parts(addresses: Iterator[str], most: int) -> Iterator[bytearray]:
    """At least one, each with as many addresses as a file may have."""
    part, count, size = bytearray(_START), 0, 0
    for address in addresses:
        if count == most or size + len(address) > MOST_CHARACTERS:
            part += _END
            yield part
            part, count, size = bytearray(_START), 0, 0
        part += address.encode()
        count += 1
        size += len(address)
    part += _END
    yield part


def _addresses(library: Library) -> Iterator[str]:
    lists = _links((a.locale, a.url) for a in index_alternates(library))
    # The page where a language is chosen is the default of the lists.
    yield _url(library.site.base_url, lists)
    for locale in library.locales:
        yield _url(index_url(library, locale), lists)
    for page in topic_pages(library):
        pairs = [(a.locale, a.url) for a in topic_alternates(page, library)]
        if pairs:
            yield _url(topic_url(library, page), _links(pairs))
    # Every version of a page has the same alternates.
    links: dict[str, str] = {}
    for locale in library.locales:
        for edition in library.pages(locale):
            if edition.state is not State.PUBLISHED or library.drafts:
                continue
            if edition.domain not in links:
                links[edition.domain] = _page_links(edition, library)
            yield _url(page_url(library, edition), links[edition.domain])


def page_entry(edition: Edition, library: Library) -> str:
    """What a sitemap says of a page that is published in full."""
    return _url(page_url(library, edition), _page_links(edition, library))


def _page_links(edition: Edition, library: Library) -> str:
    return _links((a.locale, a.url) for a in page_alternates(edition, library))


def _links(alternates: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'    <xhtml:link rel="alternate" hreflang="{escape(locale)}"'
        f' href="{escape(url)}"/>\n'
        for locale, url in alternates
    )


def _url(address: str, links: str) -> str:
    return f"  <url>\n    <loc>{escape(address)}</loc>\n{links}  </url>\n"
