"""The newest articles of a locale as an Atom feed (RFC 4287)."""

from collections.abc import Iterator
from hashlib import sha1
from html import escape
from typing import Final

from pipeline.model.page import State
from pipeline.render.addresses import index_url, page_url
from pipeline.render.library import Edition, Library
from pipeline.render.theme import Theme
from pipeline.render.views import FEED, site_title

MOST_ENTRIES: Final = 50


def feed_editions(library: Library, locale: str) -> tuple[Edition, ...]:
    """
    What the feed of a locale lists: the newest pages that are whole in their language.

    A page without a date is not news, and Atom wants one; it is left out.
    """
    if not library.has_news(locale):
        return ()
    dated = [
        edition
        for edition in library.pages(locale)
        if edition.day and edition.state is State.PUBLISHED
    ]
    dated.sort(key=lambda e: (_updated(e), e.domain), reverse=True)
    return tuple(dated[:MOST_ENTRIES])


def feed_url(library: Library, locale: str) -> str:
    """The absolute address of a locale's feed."""
    return f"{index_url(library, locale)}{FEED}"


def render_feed(locale: str, library: Library, theme: Theme) -> str | None:
    """The feed of a locale; None where it would be empty."""
    editions = feed_editions(library, locale)
    if not editions:
        return None
    return "\n".join([*_lines(locale, editions, library, theme), ""])


def _lines(
    locale: str, editions: tuple[Edition, ...], library: Library, theme: Theme
) -> Iterator[str]:
    title = escape(site_title(library, theme, locale))
    home = escape(index_url(library, locale))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(locale)}">'
    yield f"  <id>{home}</id>"
    yield f"  <title>{title}</title>"
    yield f"  <updated>{max(map(_updated, editions))}</updated>"
    yield f"  <author><name>{title}</name></author>"
    yield f'  <link rel="alternate" type="text/html" href="{home}"/>'
    address = escape(feed_url(library, locale))
    yield f'  <link rel="self" type="application/atom+xml" href="{address}"/>'
    for edition in editions:
        yield from _entry(edition, library)
    yield "</feed>"


def _entry(edition: Edition, library: Library) -> Iterator[str]:
    url = escape(page_url(library, edition))
    yield "  <entry>"
    yield f"    <id>{_name(edition, library)}</id>"
    yield f"    <title>{escape(edition.heading)}</title>"
    yield f'    <link rel="alternate" type="text/html" href="{url}"/>'
    if edition.day:
        yield f"    <published>{edition.day.isoformat()}T00:00:00Z</published>"
    yield f"    <updated>{_updated(edition)}</updated>"
    author = edition.text("author")
    if author:
        yield f"    <author><name>{escape(author)}</name></author>"
    for tag in edition.tags:
        yield f'    <category term="{escape(tag)}"/>'
    description = edition.text("description")
    if description:
        yield f"    <summary>{escape(description)}</summary>"
    yield "  </entry>"


def is_in_feed(edition: Edition, text: str, library: Library) -> bool:
    """Whether a feed lists an article."""
    return f'href="{escape(page_url(library, edition))}"' in text


def may_be_in_feed(edition: Edition, text: str) -> bool:
    """Whether an article is so new that a feed of this text would list it."""
    if not edition.day or edition.state is not State.PUBLISHED:
        return False
    oldest = text.rpartition(_UPDATED)[2][: len(_updated(edition))]
    return text.count(_UPDATED) <= MOST_ENTRIES or _updated(edition) >= oldest


_UPDATED: Final = "<updated>"
"""Before the day of a feed, which comes first, and those of its entries."""


def _name(edition: Edition, library: Library) -> str:
    """The entry's name, which stays when its title or address becomes another."""
    name = f"{library.site.base_url}{edition.domain}#{edition.locale}"
    # As `uuid.uuid5` makes it, which takes as long to import as a page takes.
    data = sha1(_URLS + name.encode("utf-8"), usedforsecurity=False).digest()
    number = int.from_bytes(data[:16], "big")
    number = number & ~(0xF << 76 | 0x3 << 62) | 0x5 << 76 | 0x2 << 62
    text = f"{number:032x}"
    parts = (text[:8], text[8:12], text[12:16], text[16:20], text[20:])
    return f"urn:uuid:{'-'.join(parts)}"


_URLS: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The name space of addresses (RFC 9562, section 6.6)."""


def _updated(edition: Edition) -> str:
    """The newest day: of the article, of its last change, or of its review."""
    last = edition.updated or edition.day
    day = last.isoformat() if last else ""
    return f"{max(day, (edition.reviewed or '')[:10])}T00:00:00Z"
