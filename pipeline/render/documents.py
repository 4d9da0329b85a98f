"""
A localized article as a document for another site generator.

Markdown stays Markdown: what is written anew is its front matter, the links that would
lead nowhere, and where the generator shows the title itself, the heading that repeats
it. HTML and text become the HTML that our own pages show.
"""

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from html import unescape
from itertools import chain
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote, unquote

from pipeline import frontmatter
from pipeline.errors import SourceError
from pipeline.formats import compose
from pipeline.late import dataclass, regex
from pipeline.model.article import Article, Segment, Span, Verbatim
from pipeline.render.addresses import asked_of_file, variant
from pipeline.render.anchors import made_anchors, set_anchors, with_anchors
from pipeline.render.gate import admit
from pipeline.render.layouts import Layout
from pipeline.render.paragraphs import with_paragraphs
from pipeline.render.rewriting import Image, Link, rewrite
from pipeline.slugs import composed, one_by_form

SOURCE: Final = "source/"

_OURS: Final = frozenset({"kind", "draft", "subject", "preheader", "slug", "lang"})
"""Keys that mean something to us, or that are written anew."""

_HIDDEN: Final = regex(r"[\x7f-\x9f\u2028\u2029\ufeff]")
_ABSOLUTE: Final = regex(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\{")
_FENCE: Final = r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n(?s:.*?)(?:^ {0,3}(?P=fence)|\Z)"
_CODE: Final = r"(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)(?P=ticks)(?!`)"
_SIGN: Final = r"[^\s()<>\\]|\\[!-/:-@\[-`{-~]|\\(?![!-/:-@\[-`{-~])"
_BRACKETED: Final = rf"\((?:{_SIGN}|\((?:{_SIGN})*+\))*+\)"
"""Parentheses in an address stand in pairs (CommonMark 0.31, 6.3)."""

_TITLE: Final = r""""(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"""
_INLINE: Final = (
    rf"(?P<inline>\]\(\s*)(?P<to>(?:{_SIGN}|{_BRACKETED})++|<[^<>\n]*>)"
    rf"(?=\s*+\)|\s++(?:{_TITLE})\s*+\))"
)
_DEFINED: Final = (
    r"(?P<defined>^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(?P<at>[^\s<>]+|<[^<>\n]*>)"
)
_LINKS: Final = regex(f"{_FENCE}|{_CODE}|{_INLINE}|{_DEFINED}", re.MULTILINE)
_ESCAPED: Final = regex(r"\\([!-/:-@\[-`{-~])")
_PICTURE: Final = regex(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)", re.IGNORECASE)
_TITLE_BEFORE: Final = regex(r"(?:^|(?<=\n)) {0,3}#[ \t]+\Z")
_TITLE_AFTER: Final = regex(
    r"\r?\n {0,3}=+[ \t]*(?:\r?\n|\Z)|[ \t]*#*[ \t]*(?:\r?\n|\Z)"
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What goes out with a document: where the targets of its links are."""

    layout: Layout
    source_locale: str
    slugs: Mapping[tuple[str, str], str]
    """The slug of every article that is exported, by domain and locale."""

    kinds: Mapping[str, str]
    """The format of every article by its domain."""

    domains: Mapping[str, str]
    """The domain of every article by its path, those that stay included."""

    assets: frozenset[str]
    """Every file below the root that an article may show or link."""

    spellings: dict[str, str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Every path with letters beyond ASCII by its composed form, if it has one alone;
    found when the first is asked for."""

    def spelled(self, path: str) -> str:
        """A path below the root as the file that it names is spelled."""
        if path.isascii() or path in self.assets or path in self.domains:
            return path
        if not self.spellings:
            self.spellings.update(one_by_form(chain(self.assets, self.domains)))
        return self.spellings.get(composed(path), path)

    def place(self, locale: str) -> str:
        return self.layout.place(locale, source=locale == self.source_locale)

    def path(self, domain: str, locale: str) -> str:
        """Where a document lies."""
        file = self.layout.file(domain, self.kinds[domain])
        return posixpath.join(self.place(locale), file)

    def url(self, domain: str, locale: str) -> str:
        return self.layout.url(locale, domain, self.slugs[domain, locale])


@dataclass(frozen=True, slots=True)
class Document:
    """A file for another generator."""

    path: str
    data: bytes
    assets: Mapping[str, str] = field(default_factory=dict)
    """Files that it shows or links: from below the target to below the root."""


def document(
    article: Article,
    original: Article,
    locale: str,
    shelf: Shelf,
    *,
    to_html: Callable[[Article], str],
) -> Document:
    """
    The document of an article in a locale; `original` is the article before that.

    Raises SourceError for a link to a file that does not exist, and for what the
    generator would run and the original does not have.
    """
    layout = shelf.layout
    links = _Links(article, locale, shelf)
    if article.format == "markdown" and not (layout.is_plain or layout.has_heading_ids):
        pair = (admit(to_html(each), path=article.path) for each in (original, article))
        links.anchors = made_anchors(*(body.headings for body in pair))
    path = shelf.path(article.domain, locale)
    if layout.is_plain:
        text = compose(article)
        if article.format == "markdown":
            start = frontmatter.end(text)
            text = _with_lang(text[:start], locale) + links.markdown(text[start:])
        elif article.format == "html":
            # The text stays as it is; what it shows and links goes along.
            shown = admit(to_html(article), path=article.path, locale=locale).html
            rewrite(shown, link=links.link, image=links.image)
        return Document(path, text.encode(), links.assets)
    if article.format == "markdown":
        body = links.markdown(_body(article, original, layout, to_html))
        _refuse_commands(body, original, layout, locale)
    else:
        admitted = admit(to_html(article), path=article.path, locale=locale)
        anchored = with_anchors(admitted, admit(to_html(original)).headings)
        body = rewrite(anchored, link=links.link, image=links.image)
        body = re.sub(r"\n\s*\n", "\n", body).strip() + "\n"
        if layout.follows_markdown:
            body = with_paragraphs(body)
    head = _head(article, locale, shelf)
    return Document(path, f"{head}\n{body}".encode(), links.assets)


def _head(article: Article, locale: str, shelf: Shelf) -> str:
    """The front matter: JSON values, which are YAML too and need no care."""
    slug = shelf.slugs[article.domain, locale]
    values = {"title": article.meta.get("title") or article.stem, "lang": locale}
    if shelf.layout.has_slug:
        values["slug"] = slug
    rest = {k: v for k, v in article.meta.items() if k not in _OURS and v is not None}
    lines = (
        f"{_key(key)}: {_value(value)}" for key, value in {**values, **rest}.items()
    )
    return "\n".join(("---", *lines, "---", ""))


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_][\w-]*", key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _with_lang(head: str, locale: str) -> str:
    """Front matter that says its language, where there is any and it does not yet."""
    fence = head.lstrip("\ufeff")[:3]
    line = {"---": f"lang: {locale}", "+++": f'lang = "{locale}"'}.get(fence)
    if line is None or re.search(r"^lang\s*[:=]", head, re.MULTILINE):
        return head
    first, _, rest = head.partition("\n")
    end = "\r\n" if first.endswith("\r") else "\n"
    return f"{first}\n{line}{end}{rest}"


def _body(
    article: Article,
    original: Article,
    layout: Layout,
    to_html: Callable[[Article], str],
) -> str:
    """The Markdown below the front matter, without the title."""
    spans = list(article.spans)
    if layout.has_heading_ids:
        set_anchors(spans, admit(to_html(original), path=article.path).headings)
    for number, span in enumerate(spans):
        if isinstance(span, Segment) and _is_title(span):
            _drop_title(spans, number)
            break
    text = "".join(span.raw for span in spans)
    return text[frontmatter.end(text) :].lstrip("\r\n")


def _is_title(segment: Segment) -> bool:
    """Whether it is the title in the text, and not that of the front matter."""
    return segment.role == "title" and not frontmatter.owns(segment)


def _drop_title(spans: list[Span], number: int) -> None:
    before = spans[number - 1].raw if number else ""
    after = spans[number + 1].raw if number + 1 < len(spans) else ""
    mark, end = _TITLE_BEFORE.search(before), _TITLE_AFTER.match(after)
    is_underlined = end is not None and "=" in end[0]
    if end is None or (mark is None and not is_underlined):
        return
    if mark is not None:
        spans[number - 1] = Verbatim(before[: mark.start()])
    spans[number] = Verbatim("")
    if number + 1 < len(spans):
        spans[number + 1] = Verbatim(after[end.end() :])


def _refuse_commands(body: str, original: Article, layout: Layout, locale: str) -> None:
    """What a translation would make the generator do, the source must have said."""
    if not layout.commands:
        return
    pattern = re.compile(layout.commands, re.MULTILINE)
    known = set(pattern.findall(compose(original)))
    for found in pattern.findall(body):
        if found not in known and not re.fullmatch(r"\{#[^{}]*\}", found):
            raise SourceError(
                f"{found!r} would be run by {layout.name}, and the source has it not",
                path=original.path,
                hint=f"shown in the {locale} edition; correct the translation",
            )


class _Links:
    """The links of one document; `assets` collects what it uses."""

    def __init__(self, article: Article, locale: str, shelf: Shelf) -> None:
        self._article = article
        self._locale = locale
        self._shelf = shelf
        self._path = shelf.path(article.domain, locale)
        self.assets: dict[str, str] = {}
        self.anchors: Mapping[str, str] = {}
        """Those of the document, by what the article calls them, where they differ."""

    def markdown(self, text: str) -> str:
        """The text with its links; what stands in code is none."""

        def rewritten(match: re.Match[str]) -> str:
            start = match["inline"] or match["defined"]
            if start is None:
                return match[0]
            given = match["to"] or match["at"]
            url = given[1:-1] if given.startswith("<") else given
            url = _ESCAPED.sub(r"\1", unescape(url))
            shows = _shows(text, match.start()) if match["to"] else _PICTURE.search(url)
            found = self.target(url, is_shown=bool(shows))
            if found is None or found == url:
                return match[0]
            return f"{start}{found}"

        return _LINKS.sub(rewritten, text)

    def link(self, url: str) -> Link | None:
        """A link in HTML; None where its target does not go out."""
        found = self.target(url)
        leads = bool(url) and (found != "#" or url == "#")
        return Link(found or url) if leads else None

    def image(self, url: str) -> Image | None:
        """An image in HTML; None for one on another server."""
        found = self.target(url)
        return Image(found) if found else None

    def target(self, url: str, *, is_shown: bool = False) -> str | None:
        """
        Where a link or an image leads from the document; None: as it is.

        `is_shown` is for the pictures of Markdown.
        Raises SourceError for a file of `source/` that is not there.
        """
        if url.startswith("#"):
            anchor = self.anchors.get(unquote(url[1:]))
            return f"#{quote(anchor)}" if anchor else None
        if not url or _ABSOLUTE.match(url) or url.startswith("?"):
            return None
        path, mark, fragment = url.partition("#")
        path = path.partition("?")[0]
        start = (
            SOURCE if path.startswith("/") else posixpath.dirname(self._article.path)
        )
        file = posixpath.normpath(posixpath.join(start, unquote(path).lstrip("/")))
        file = self._shelf.spelled(file)
        if file in self._shelf.assets:
            # Generators look for a picture beside the text by the name of its file.
            ending = mark + fragment if is_shown else url[len(path) :]
            return self._asset(file, is_shown=is_shown) + asked_of_file(ending)
        domain = self._shelf.domains.get(file)
        if domain is None:
            raise SourceError(
                f"the link leads to {file}, which does not exist",
                path=self._article.path,
                hint=f"shown in the {self._locale} edition; correct the link",
            )
        return self._document(domain, url, mark + fragment)

    def _document(self, domain: str, url: str, end: str) -> str:
        shelf = self._shelf
        locale = self._locale
        if (domain, locale) not in shelf.slugs:
            locale = shelf.source_locale
        if (domain, locale) not in shelf.slugs:
            return "#"  # It is held back everywhere: there is nothing to lead to.
        if shelf.layout.links_by_url:
            if not shelf.layout.has_heading_ids and locale != shelf.source_locale:
                end = ""  # The anchors there follow from the translated headings.
            here = shelf.url(self._article.domain, self._locale)
            return _relative(shelf.url(domain, locale), here) + "/" + end
        if shelf.layout.name == "docusaurus":
            # It falls back to the source locale's document by itself.
            locale = self._locale
        path = self._file(domain, locale)
        is_same = locale == self._locale and not url.startswith("/")
        has_suffix = path.endswith(PurePosixPath(url.partition("#")[0]).suffix)
        return url if is_same and has_suffix else path + end

    def _file(self, domain: str, locale: str) -> str:
        target = self._shelf.path(domain, locale)
        return _relative(target, posixpath.dirname(self._path))

    def _asset(self, file: str, *, is_shown: bool) -> str:
        """
        Where a file is, or its variant for the language.

        In a folder for all languages a variant keeps its name. In the language's own it
        has the name of what it stands for, as generators look for it there.
        """
        shelf = self._shelf
        chosen = variant(shelf.assets, self._locale, file)
        is_beside = is_shown and shelf.layout.has_images_beside
        if shelf.layout.assets and not is_beside:
            name = chosen.removeprefix(SOURCE)
            self.assets[f"{shelf.layout.assets}/{name}"] = chosen
            here = shelf.url(self._article.domain, self._locale)
            return _relative(f"assets/{name}", here)
        place = posixpath.join(shelf.place(self._locale), file.removeprefix(SOURCE))
        self.assets[place] = chosen
        return _relative(place, posixpath.dirname(self._path))


def _shows(text: str, end: int) -> bool:
    """Whether the brackets that end here are those of a picture."""
    depth = 0
    for place in range(end, -1, -1):
        if text[place] in "[]" and text[place - 1 : place] != "\\":
            depth += 1 if text[place] == "]" else -1
            if depth == 0:
                return text[place - 1 : place] == "!"
        elif text.startswith("\n\n", place):
            break
    return False


def _relative(path: str, start: str) -> str:
    return quote(posixpath.relpath(path, start or "."))
