"""
Old addresses: a page at each that leads on, and the same as a server's own tables.

A page works on any server and from a folder; a table answers with status 301, which
search engines follow sooner. `_redirects` is what Netlify and Cloudflare Pages read,
`redirects.nginx` a file for nginx's `map`.
"""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from pipeline.late import dataclass
from pipeline.render.addresses import page_path
from pipeline.render.library import Library, Listed, Redirect
from pipeline.render.links import target_edition
from pipeline.render.lists import list_path
from pipeline.render.topics import topics_of


@dataclass(frozen=True, slots=True)
class Move:
    """An old address and the new one, as paths below the folder of the site."""

    locale: str
    path: str
    target: str
    title: str = ""
    """Of the page there; of a list, nothing."""


def moves(library: Library) -> Iterator[Move]:
    """The redirects that lead somewhere, and nowhere but to a page."""
    for redirect in library.redirects:
        move = _move(redirect, library)
        if move is not None:
            yield move
    yield from _from_left_topics(library)


def left_topics(library: Library) -> tuple[Listed, ...]:
    """The tags and sections that had a page, and that no article has any more."""
    topics = topics_of(library)
    return tuple(
        each
        for each in library.listed
        if library.has_list(each.locale)
        and topics.find(each.locale, each.kind, each.slug) is None
    )


def _move(redirect: Redirect, library: Library) -> Move | None:
    target = target_edition(library, redirect.domain, redirect.locale)
    if target is None or target.is_mail:
        return None
    path = f"{redirect.locale}/{redirect.slug}/index.html"
    move = Move(redirect.locale, path, page_path(target), target.heading)
    return None if move.target == path else move


def _from_left_topics(library: Library) -> Iterator[Move]:
    """To the list of others; where there is none, to that of articles."""
    emptied: dict[str, Move] = {}
    for each in left_topics(library):
        locale, others = each.locale, list_path(each.locale, each.kind)
        target = others
        if not topics_of(library).of_kind(locale, each.kind):
            target = f"{locale}/index.html"
            emptied[others] = Move(locale, others, target)
        yield Move(locale, f"{locale}/{each.kind}/{each.slug}/index.html", target)
    yield from emptied.values()


def render_tables(library: Library) -> dict[str, str]:
    """The tables by their paths below the folder of the site; none where none moved."""
    top = unquote(urlsplit(library.site.base_url).path) or "/"
    pairs = [
        (f"{top}{_folder(move.path)}/", f"{top}{_folder(move.target)}/")
        for move in moves(library)
    ]
    if not pairs:
        return {}
    # nginx compares with the address as it is decoded, and sends the other as it is.
    nginx = [f'"{_quoted(old)}" "{quote(new)}";' for old, new in pairs]
    netlify = [f"{quote(old)} {quote(new)} 301" for old, new in pairs]
    return {
        "_redirects": "\n".join([*netlify, ""]),
        "redirects.nginx": "\n".join([*nginx, ""]),
    }


def _folder(path: str) -> str:
    return path.removesuffix("/index.html")


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')
