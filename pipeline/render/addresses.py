"""Addresses of pages and of files beside them, and the way from one to another."""

import posixpath
import re
from collections.abc import Container
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from pipeline import placeholders
from pipeline.late import regex
from pipeline.render.library import Edition, Library
from pipeline.slugs import quoted

SOURCE: Final = "source/"
ASSETS: Final = "assets/"
_DIGEST: Final = 10
"""Letters of a digest in the name of a file: 40 bits."""

_KNOWN: Final = 512
"""Addresses of which it is remembered: each stands in all languages."""

_IN_ENDING: Final = "%#?/:@!$&*+,;=~"
"""Signs with a meaning there; without brackets, which would end a link of Markdown."""

_ENCODED_FIELD: Final = regex(
    r"(?:%7B)+(?:(?!%7[BD])[^{}])*(?:%7D)+|\*%7C(?:(?!%7C)[^|*])+%7C\*", re.IGNORECASE
)
_MAY_BE_FIELD: Final = regex(r"[{%*$]")


def page_path(edition: Edition) -> str:
    """Where the page is, below the folder of the site: `tr/kok-hucre/index.html`."""
    return f"{edition.locale}/{edition.slug}/index.html"


def page_url(library: Library, edition: Edition) -> str:
    """The page's absolute address."""
    return f"{library.site.base_url}{edition.locale}/{quoted(edition.slug)}/"


def index_url(library: Library, locale: str) -> str:
    """The absolute address of a locale's list of articles."""
    return f"{library.site.base_url}{locale}/"


def path_url(library: Library, path: str) -> str:
    """The absolute address of a page by its path below the folder of the site."""
    return library.site.base_url + quote(path.removesuffix("index.html"))


def relative_url(path: str, *, start: str) -> str:
    """A link from one page to a file, both below the folder of the site."""
    here, there = _folders(start), path.split("/")
    if here is None or not _ODD.isdisjoint(there):
        return quote(posixpath.relpath(path, posixpath.dirname(start) or "."))
    # As posixpath.relpath has it, in a tenth of the time: each page asks a dozen times.
    common = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        common += 1
    return quoted("/".join([".."] * (len(here) - common) + there[common:]) or ".")


_ODD: Final = frozenset({"", ".", ".."})
"""Parts of a path that is not in its plain form."""


@lru_cache(maxsize=8)
def _folders(path: str) -> tuple[str, ...] | None:
    """The folders of a page; None where its path is not in its plain form."""
    folders = tuple(path.split("/")[:-1])
    return folders if _ODD.isdisjoint(folders) else None


def asset_path(path: str, digest: str = "") -> str:
    """
    Where a file of `source/` is copied, below the folder of the site.

    With a digest in its name, a browser may keep it for ever: what changes has another.
    """
    name = path.removeprefix(SOURCE)
    if not digest:
        return ASSETS + name
    stem, dot, suffix = name.rpartition(".")
    if not dot or "/" in suffix:
        return f"{ASSETS}{name}.{digest[:_DIGEST]}"
    return f"{ASSETS}{stem}.{digest[:_DIGEST]}.{suffix}"


def asked_of_file(ending: str) -> str:
    """What a link asks of a file, `?x=1#page=3`, as it may stand in an address."""
    return quote(ending, safe=_IN_ENDING) if ending else ""


def variant(assets: Container[str], locale: str, path: str) -> str:
    """The file's variant for a language, `photo.tr.png`, or itself if it has none."""
    stem, _, suffix = path.rpartition(".")
    for tag in (locale, locale.partition("-")[0]):
        localized = f"{stem}.{tag}.{suffix}"
        if localized in assets:
            return localized
    return path


@lru_cache(maxsize=_KNOWN)
def merge_field_url(url: str) -> str | None:
    """
    The URL with its merge fields as the sending system knows them, if it has any.

    Formats write `{{ booking_url }}` as `%7B%7B%20booking_url%20%7D%7D`, and `*|URL|*`
    as `*%7CURL%7C*`.
    """
    if not _MAY_BE_FIELD.search(url):
        return None
    restored = _ENCODED_FIELD.sub(lambda match: unquote(match[0]), url)
    return restored if any(placeholders.fields(restored)) else None
