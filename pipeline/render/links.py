"""
Where the links and images of an article lead once it is a page or a mail.

Links between articles name files (`other.md`, `../mail/x.md#part`), as every editor and
forge understands them. On a page they lead to the same locale's page, else to the
source's; files beside the articles are copied below `assets/`.
"""

import posixpath
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from pipeline.errors import SourceError
from pipeline.late import regex
from pipeline.placeholders import SCHEMES
from pipeline.render.addresses import (
    SOURCE,
    asked_of_file,
    asset_path,
    merge_field_url,
    page_path,
    page_url,
    relative_url,
    variant,
)
from pipeline.render.faults import forbidden, link_error, no_address, no_anchor, no_file
from pipeline.render.headings import Heading
from pipeline.render.library import Edition, Library
from pipeline.render.parts import (
    OF_EVERY_PAGE,
    TEXT,
    by_name,
    may_be_older,
    part_of,
)
from pipeline.render.rewriting import Image, Link
from pipeline.slugs import composed, quoted

_KNOWN: Final = 512
"""Addresses of which some things are remembered: each stands in all languages."""

_SCHEME: Final = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")


class PageLinks:
    """The links of one edition on its page; `assets` collects what it uses."""

    def __init__(
        self,
        edition: Edition,
        library: Library,
        headings: tuple[Heading, ...] = (),
        notes: frozenset[str] = frozenset(),
    ) -> None:
        self.edition = edition
        self.library = library
        self.assets: dict[str, str] = {}
        """Files to copy: from below the root to below the folder of the site."""

        self.targets: dict[tuple[str, bool], None] = {}
        """What was asked of the library: see `link_answer`."""

        self._headings = headings
        self._notes = notes
        self._anchors: dict[str, str] | None = None

    def link(self, url: str) -> Link | None:
        """
        Where a link leads on the page.

        Raises SourceError for a file that does not exist or lies outside `source/`.
        """
        outward = _outward(url)
        if outward is not None:
            return outward
        if merge_field_url(url):
            return None  # A page is read as it is; nothing fills the field in.
        if url.startswith("#"):
            return Link("#" + quoted(self._own_anchor(unquote(url[1:]), url)))
        path, _, fragment = url.partition("#")
        path, _, query = path.partition("?")
        if not path.strip():
            if not query:
                raise no_address(self.edition, url)
            return self._own(f"?{query}", unquote(fragment), url)
        target = self._resolve(path, url)
        self.targets[target, bool(fragment)] = None
        target = self.library.spelled(target)
        if target in self.library.assets:
            ending = asked_of_file(url[len(path) :])
            return Link(self._asset(target, url) + ending)
        return self._article(target, unquote(fragment), url)

    def image(self, url: str) -> Image | None:
        """
        Where an image is on the page; None for one on another server, which would tell
        that server who reads what.
        """
        if _is_absolute(url) or merge_field_url(url) or not url:
            return None
        target = self._resolve(urlsplit(url).path, url)
        self.targets[target, False] = None
        target = self.library.spelled(target)
        if target not in self.library.assets:
            raise self._error(url, f"the image {target} does not exist")
        files = self.library.files
        size = files.size(self._variant(target)) if files else None
        return Image(self._asset(target, url), size)

    def _variant(self, path: str) -> str:
        locale = self.library.text_locale(self.edition)
        return variant(self.library.assets, locale, path)

    def _asset(self, path: str, url: str) -> str:
        chosen = self._variant(path)
        if self.library.files and self.library.files.runs_code(chosen):
            raise self._error(url, f"{chosen} would run code in the reader's browser")
        destination = asset_path(chosen, _digest(self.library, chosen))
        self.assets[chosen] = destination
        return relative_url(destination, start=page_path(self.edition))

    def _article(self, path: str, fragment: str, url: str) -> Link | None:
        domain = self.library.domain_of(path)
        if domain is None:
            raise no_file(self.edition, self.library, path, url)
        target = target_edition(self.library, domain, self.edition.locale)
        if target is None:
            return None  # It is held back everywhere: the words stay.
        if target.is_mail:
            raise self._error(url, f"the link leads to {path}, which is a mail")
        address = relative_url(page_path(target), start=page_path(self.edition))
        if fragment:
            address += part_of(self.edition, self.library, target, fragment, url)
        spoken = self.library.text_locale(target)
        foreign = spoken != self.library.text_locale(self.edition)
        return Link(address, spoken if foreign else "")

    def _own(self, query: str, fragment: str, url: str) -> Link:
        """A link to the page itself that asks it for something: `?x=y#part`."""
        anchor = f"#{quote(self._own_anchor(fragment, url))}" if fragment else ""
        return Link(f"{query}{anchor}")

    def _own_anchor(self, fragment: str, url: str) -> str:
        if fragment in OF_EVERY_PAGE or fragment in self._notes:
            return fragment
        if self._anchors is None:
            self._anchors = by_name(self.library, self.edition, self._headings)
        anchor = self._anchors.get(fragment) or self._anchors.get(composed(fragment))
        if anchor is None and may_be_older(self.edition):
            return TEXT
        if anchor is None:
            raise no_anchor(self.edition, self.edition, fragment, url, self._anchors)
        return anchor

    def _resolve(self, path: str, url: str) -> str:
        if "\\" in path or "\0" in path or _SCHEME.match(path):
            raise forbidden(self.edition, url)
        target = _join(self.edition.article.path, unquote(path))
        if target is None:
            raise self._error(url, f"{url!r} leads out of the folder source/")
        return target

    def _error(self, url: str, message: str) -> SourceError:
        return link_error(self.edition, url, message)


class MailLinks:
    """
    The links of a mail: absolute, merge fields untouched, no images.

    One to a part of the mail itself must name one; its words stay, for mail programs
    do not agree on what it does.
    """

    def __init__(
        self,
        edition: Edition,
        library: Library,
        headings: tuple[Heading, ...] = (),
        notes: frozenset[str] = frozenset(),
    ) -> None:
        self.edition = edition
        self.library = library
        self._headings = headings
        self._notes = notes
        self.targets: dict[tuple[str, bool], None] = {}
        """What was asked of the library: see `link_answer`."""

    def link(self, url: str) -> Link | None:
        """Where a link leads. Raises SourceError where there is nothing."""
        field = merge_field_url(url)
        if field:
            return Link(field)
        if not url.strip():
            raise no_address(self.edition, url)
        if url.startswith("#"):
            self._require_own(unquote(url[1:]), url)
            return None
        if _is_absolute(url):
            return Link(_with_scheme(url))
        if _SCHEME.match(url):
            raise forbidden(self.edition, url)
        path, fragment = urlsplit(url).path, unquote(urlsplit(url).fragment)
        target = _join(self.edition.article.path, unquote(path))
        if target:
            self.targets[target, bool(fragment)] = None
        spelled = self.library.spelled(target) if target else ""
        domain = self.library.domain_of(spelled) if spelled else None
        if domain is None:
            message = f"the link leads to {path or url}, which is not an article"
            raise link_error(self.edition, url, message)
        page = target_edition(self.library, domain, self.edition.locale)
        if page is None or page.is_mail:
            return None
        address = page_url(self.library, page)
        if fragment:
            address += part_of(self.edition, self.library, page, fragment, url)
        return Link(address)

    def _require_own(self, fragment: str, url: str) -> None:
        if fragment in OF_EVERY_PAGE or fragment in self._notes:
            return
        self.targets[self.edition.article.path, True] = None
        known = by_name(self.library, self.edition, self._headings)
        is_known = fragment in known or composed(fragment) in known
        if not is_known and not may_be_older(self.edition):
            raise no_anchor(self.edition, self.edition, fragment, url, known)

    def image(self, url: str) -> None:
        """A mail loads nothing, so the alternative text stands for every image."""


def link_answer(library: Library, locale: str, path: str, *, part: bool) -> object:
    """
    All that a link from a locale depends on but its own words.

    Where that is the same, the link is. `part` asks for the target's anchors too.
    """
    path = library.spelled(path)
    if path in library.assets:
        # An edition may be in the source's language.
        tags = (locale, library.site.source_locale)
        shown = {variant(library.assets, tag, path) for tag in tags}
        return sorted((each, _digest(library, each)) for each in shown)
    domain = library.domain_of(path)
    target = target_edition(library, domain, locale) if domain is not None else None
    if domain is None or target is None:
        return domain
    source = library.find(domain, library.site.source_locale)
    versions = (target.version, source.version if source else "") if part else ()
    spoken = library.text_locale(target)
    return (domain, page_path(target), target.is_mail, spoken, versions)


def _digest(library: Library, path: str) -> str:
    return library.files.digest(path) if library.files else ""


def target_edition(library: Library, domain: str, locale: str) -> Edition | None:
    """The edition that a link from a locale leads to."""
    source = library.site.source_locale
    return library.find(domain, locale) or library.find(domain, source)


@lru_cache(maxsize=_KNOWN)
def _outward(url: str) -> Link | None:
    """The link of a page to another server, or to a program of the reader's."""
    is_outward = _is_absolute(url) and not merge_field_url(url)
    return Link(_with_scheme(url)) if is_outward else None


@lru_cache(maxsize=_KNOWN)
def _is_absolute(url: str) -> bool:
    return url.startswith("//") or _scheme(url) in SCHEMES


def _scheme(url: str) -> str:
    match = _SCHEME.match(url)
    return match[0][:-1].lower() if match else ""


def _with_scheme(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url


@lru_cache(maxsize=_KNOWN)
def _join(article_path: str, path: str) -> str | None:
    """The file that a relative URL names, below the root; None if not in `source/`."""
    folder = posixpath.dirname(article_path)
    start = SOURCE if path.startswith("/") else folder
    joined = posixpath.normpath(posixpath.join(start, path.lstrip("/")))
    return joined if joined.startswith(SOURCE) else None
