"""
Old addresses: a page at each that leads on, and the same as a server's own tables.

A page works on any server and from a folder; a table answers with status 301, which
search engines follow sooner. `_redirects` is what Netlify and Cloudflare Pages read,
`redirects.nginx` a file for nginx's `map`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pipeline.render.library import Edition, Library, Redirect
from pipeline.render.links import page_path, target_edition


@dataclass(frozen=True, slots=True)
class Move:
    """An old address, as a path below the folder of the site, and who lives there."""

    locale: str
    slug: str
    target: Edition

    @property
    def path(self) -> str:
        """Where the page stands that leads on."""
        return f"{self.locale}/{self.slug}/index.html"


def moves(library: Library) -> Iterator[Move]:
    """The redirects that lead somewhere, and nowhere but to a page."""
    for redirect in library.redirects:
        move = _move(redirect, library)
        if move is not None:
            yield move


def _move(redirect: Redirect, library: Library) -> Move | None:
    target = target_edition(library, redirect.domain, redirect.locale)
    if target is None or target.is_mail:
        return None
    move = Move(redirect.locale, redirect.slug, target)
    return None if page_path(target) == move.path else move


def render_tables(library: Library) -> dict[str, str]:
    """The tables by their paths below the folder of the site; none where none moved."""
    top = urlsplit(library.site.base_url).path or "/"
    pairs = [
        (f"{top}{move.locale}/{move.slug}/", f"{top}{_folder(move.target)}/")
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


def _folder(edition: Edition) -> str:
    return page_path(edition).removesuffix("/index.html")


def _quoted(path: str) -> str:
    return path.replace("\\", "\\\\").replace('"', '\\"')
