"""
Where the links and images of an article lead once it is a page or a mail.

Links between articles name files (`other.md`, `../mail/x.md#part`), as every editor and
forge understands them. On a page they lead to the same locale's page, else to the
source's; files beside the articles are copied below `assets/`.
"""

import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from pipeline import placeholders
from pipeline.errors import SourceError
from pipeline.late import regex
from pipeline.model.article import Segment, Span
from pipeline.placeholders import SCHEMES
from pipeline.render.endless import endless, name_of
from pipeline.render.gate import HIDDEN, Body, admit
from pipeline.render.headings import Heading
from pipeline.render.library import Edition, Library
from pipeline.render.rewriting import Image, Link
from pipeline.slugs import composed, heading_id, quoted

SOURCE: Final = "source/"
ASSETS: Final = "assets/"
_DIGEST: Final = 10
"""Letters of a digest in the name of a file: 40 bits."""

_KNOWN: Final = 512
"""Addresses of which some things are remembered: each stands in all languages."""

_ENCODED_FIELD: Final = regex(
    r"(?:%7B)+(?:(?!%7[BD])[^{}])*(?:%7D)+|\*%7C(?:(?!%7C)[^|*])+%7C\*", re.IGNORECASE
)
_TEXT: Final = "content"
"""The anchor of the text, on every page."""

_OF_EVERY_PAGE: Final = frozenset({"", "top", _TEXT})
"""Anchors that no heading makes; the first two are the top of a page in HTML."""

_MAY_BE_FIELD: Final = regex(r"[{%*$]")
_SCHEME: Final = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")


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
    stem, dot, suffix = path.removeprefix(SOURCE).rpartition(".")
    if not digest or not dot or "/" in suffix:
        return ASSETS + path.removeprefix(SOURCE)
    return f"{ASSETS}{stem}.{digest[:_DIGEST]}.{suffix}"


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
        if merge_field_url(url):
            return None  # A page is read as it is; nothing fills the field in.
        if url.startswith("#"):
            return Link("#" + quoted(self._own_anchor(unquote(url[1:]), url)))
        if _is_absolute(url):
            return Link(_with_scheme(url))
        path, _, fragment = url.partition("#")
        path, _, query = path.partition("?")
        if query and not path:
            return self._own(f"?{query}", unquote(fragment), url)
        target = self._resolve(path, url)
        self.targets[target, bool(fragment)] = None
        target = self.library.spelled(target)
        if target in self.library.assets:
            return Link(self._asset(target, url))
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
            raise _no_file(self.edition, self.library, path, url)
        target = target_edition(self.library, domain, self.edition.locale)
        if target is None:
            return None  # It is held back everywhere: the words stay.
        if target.is_mail:
            raise self._error(url, f"the link leads to {path}, which is a mail")
        address = relative_url(page_path(target), start=page_path(self.edition))
        if fragment:
            address += _part(self.edition, self.library, target, fragment, url)
        spoken = self.library.text_locale(target)
        foreign = spoken != self.library.text_locale(self.edition)
        return Link(address, spoken if foreign else "")

    def _own(self, query: str, fragment: str, url: str) -> Link:
        """A link to the page itself that asks it for something: `?x=y#part`."""
        anchor = f"#{quote(self._own_anchor(fragment, url))}" if fragment else ""
        return Link(f"{query}{anchor}")

    def _own_anchor(self, fragment: str, url: str) -> str:
        if fragment in _OF_EVERY_PAGE or fragment in self._notes:
            return fragment
        if self._anchors is None:
            self._anchors = _by_name(self.library, self.edition, self._headings)
        anchor = self._anchors.get(fragment) or self._anchors.get(composed(fragment))
        if anchor is None and _may_be_older(self.edition):
            return _TEXT
        if anchor is None:
            raise _no_anchor(self.edition, self.edition, fragment, url, self._anchors)
        return anchor

    def _resolve(self, path: str, url: str) -> str:
        if "\\" in path or "\0" in path or _SCHEME.match(path):
            raise _forbidden(self.edition, url)
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
        if url.startswith("#"):
            self._require_own(unquote(url[1:]), url)
            return None
        if _is_absolute(url):
            return Link(_with_scheme(url))
        if _SCHEME.match(url):
            raise _forbidden(self.edition, url)
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
            address += _part(self.edition, self.library, page, fragment, url)
        return Link(address)

    def _require_own(self, fragment: str, url: str) -> None:
        if fragment in _OF_EVERY_PAGE or fragment in self._notes:
            return
        self.targets[self.edition.article.path, True] = None
        known = _by_name(self.library, self.edition, self._headings)
        is_known = fragment in known or composed(fragment) in known
        if not is_known and not _may_be_older(self.edition):
            raise _no_anchor(self.edition, self.edition, fragment, url, known)

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


def _part(
    edition: Edition, library: Library, target: Edition, fragment: str, url: str
) -> str:
    """Where on its page a link to a part of another article leads; the anchor or ""."""
    known = anchors(library, target)
    fragment = fragment if fragment in known else composed(fragment)
    is_known = fragment in known or fragment in _OF_EVERY_PAGE
    if not is_known and not _may_be_older(edition, target):
        raise _no_anchor(edition, target, fragment, url, known)
    anchor = known.get(fragment)
    return f"#{quoted(anchor)}" if anchor else ""


def _no_file(edition: Edition, library: Library, path: str, url: str) -> SourceError:
    """Other generators have links to addresses, and files of a name are moved."""
    name = _plain_name(path)
    near = [each for each in library.paths if _plain_name(each) == name]
    near.sort(
        key=lambda each: (posixpath.dirname(each) != posixpath.dirname(path), each)
    )
    meant = f"; did you mean {' or '.join(near[:3])}?" if near else ""
    message = f"the link leads to {path}, which does not exist{meant}"
    return link_error(edition, url, message)


def _plain_name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].casefold()


def _no_anchor(
    edition: Edition,
    target: Edition,
    fragment: str,
    url: str,
    known: Iterable[str],
) -> SourceError:
    from difflib import get_close_matches

    near = get_close_matches(fragment, list(known), n=3)
    meant = f"; did you mean {' or '.join(f'#{n}' for n in near)}?" if near else ""
    path = target.article.path
    return link_error(
        edition,
        url,
        f"the link leads to #{fragment}, which {path} does not have{meant}",
    )


def _may_be_older(*editions: Edition) -> bool:
    """Whether a link, or what it leads to, may be of a time when headings differed."""
    return any(edition.kept for edition in editions)


def target_edition(library: Library, domain: str, locale: str) -> Edition | None:
    """The edition that a link from a locale leads to."""
    source = library.site.source_locale
    return library.find(domain, locale) or library.find(domain, source)


def anchors(library: Library, edition: Edition) -> Mapping[str, str]:
    """The anchors of an edition by every name that a link may know them under."""
    edition = library.whole(edition)
    headings = admit(edition.html, path=edition.article.path).headings
    return _by_name(library, edition, headings)


def whole_body(edition: Edition, *, drafts: bool) -> Body:
    """
    What of an edition's body may stand in its page or mail.

    Raises SourceError where that is not all that its author meant to be seen, with the
    line where it can be found.
    """
    path, locale = edition.article.path, edition.locale
    try:
        body = admit(edition.html, path=path, locale=locale, drafts=drafts)
    except SourceError as error:
        opened = endless(edition.html) if error.message == HIDDEN else ""
        if not opened:
            raise
        message = f"{name_of(opened)} has no end, and would hide the rest of the text"
        raise link_error(edition, opened, message, hint=error.hint) from error
    require_whole(edition, body)
    return body


def require_whole(edition: Edition, body: Body) -> None:
    """
    Raises SourceError for an address that was taken from its link, and for an attribute
    that means nothing, if there was any.
    """
    for url in body.refused:
        raise _forbidden(edition, url)
    for attribute in body.unsound:
        name, _, value = attribute.partition("=")
        hint = _MEANT.get(name, "write a whole number from 1 to 1000")
        raise link_error(
            edition, attribute, f"{name} cannot be {unescape(value)}", hint=hint
        )


_MEANT: Final = {
    "lang": "write a language as in tr, ar, pt-BR",
    "hreflang": "write a language as in tr, ar, pt-BR",
    "dir": "write ltr, rtl or auto",
    "start": "write a whole number",
    "value": "write a whole number",
}


def _forbidden(edition: Edition, url: str) -> SourceError:
    return link_error(
        edition,
        url,
        f"{url!r} is not a link that a page may have",
        hint="write https:, http:, mailto: or tel:, or the name of a file",
    )


def link_error(
    edition: Edition, url: str, message: str, *, hint: str = "correct the link"
) -> SourceError:
    """The error of a link, with its line if the URL can be found in the article."""
    return SourceError(
        message,
        path=edition.article.path,
        line=_line_of(edition, url),
        hint=f"shown in the {edition.locale} edition; {hint}",
    )


def _digest(library: Library, path: str) -> str:
    return library.files.digest(path) if library.files else ""


def _by_name(
    library: Library, edition: Edition, headings: tuple[Heading, ...]
) -> dict[str, str]:
    """
    Own ids, the author's ids, and those of the source's headings by position.

    Where there are more or fewer, which is which is not known: they lead to the text.
    So does the title, which is a heading in the article, and none of its page's text.
    """
    names: dict[str, str] = {}
    source = library.find(edition.domain, library.site.source_locale)
    if source is not None and not source.is_same(edition):
        body = library.whole(source).html
        originals = admit(body, path=source.article.path).headings
        names = {
            name: _TEXT for each in originals for name in (each.id, each.author_id)
        }
        if len(originals) == len(headings):
            pairs = zip(originals, headings, strict=True)
            names = {original.id: heading.id for original, heading in pairs}
    names |= {heading.author_id: heading.id for heading in headings}
    names.pop("", None)
    names |= {heading.id: heading.id for heading in headings}
    for each in (edition, source or edition):
        names.setdefault(heading_id(each.heading, ()), _TEXT)
    return names


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


def _line_of(edition: Edition, url: str) -> int | None:
    """The line of the article; its translation may have more lines, or fewer."""
    bare = url.replace('"', "")
    needles = (url, unquote(url), url.replace('"', "'"), bare, unescape(url))
    # A short address, `[x](g)`, may well be part of a word.
    linked = [rf"(?:[(<\"'=]|\]:)\s*+<?{re.escape(n)}(?=[\s)>\"']|\Z)" for n in needles]
    for pattern in (*linked, *map(re.escape, needles)):
        for line, text in _lines(edition.article.spans):
            found = re.search(pattern, text)
            if found is not None:
                return line + text[: found.end()].count("\n")
    # Where characters are written as entities, the first line of the block will do.
    for line, text in _lines(edition.article.spans):
        if "&" in text and unescape(url) in unescape(text):
            return line
    return None


def _lines(spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Every text of an article, and its first line."""
    line = 1
    for place, span in enumerate(spans):
        after = spans[place + 1 : place + 2]
        if isinstance(span, Segment):
            line = span.line
        elif after and isinstance(after[0], Segment):
            # What stands between two segments is the same in every language.
            line = after[0].line - span.raw.count("\n")
        yield line, span.raw
        line += span.raw.count("\n")
