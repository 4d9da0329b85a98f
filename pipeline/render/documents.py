"""
A localized article as a document for another site generator.

Markdown stays Markdown: what is written anew is its front matter, the links that would
lead nowhere, and where the generator shows the title itself, the heading that repeats
it. HTML and text become the HTML that our own pages show.
"""

import json
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote, unquote

from pipeline import frontmatter
from pipeline.errors import SourceError
from pipeline.formats import compose
from pipeline.model.article import Article, Segment, Span, Verbatim
from pipeline.render.gate import Body, Heading, Image, Link, admit, rewrite
from pipeline.render.layouts import Layout

SOURCE: Final = "source/"

_OURS: Final = frozenset({"kind", "draft", "subject", "preheader", "slug", "lang"})
"""Keys that mean something to us, or that are written anew."""

_HIDDEN: Final = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\{")
_FENCE: Final = r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n(?s:.*?)(?:^ {0,3}(?P=fence)|\Z)"
_CODE: Final = r"(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))*?(?<!`)(?P=ticks)(?!`)"
_INLINE: Final = r"(?P<inline>\]\(\s*)(?P<to>[^\s()<>]+|<[^<>\n]*>)"
_DEFINED: Final = (
    r"(?P<defined>^ {0,3}\[(?!\^)[^\]\n]+\]:[ \t]*)(?P<at>[^\s<>]+|<[^<>\n]*>)"
)
_LINKS: Final = re.compile(f"{_FENCE}|{_CODE}|{_INLINE}|{_DEFINED}", re.MULTILINE)
_ANCHOR: Final = re.compile(r'(<h[1-6] id=")[^"]*')
_TITLE_BEFORE: Final = re.compile(r"(?:^|(?<=\n)) {0,3}#[ \t]+\Z")
_TITLE_AFTER: Final = re.compile(
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
    """Files that it shows or links: from below the root to below the target."""


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
    links = _Links(article, locale, shelf)
    layout = shelf.layout
    path = shelf.path(article.domain, locale)
    if layout.is_plain:
        text = compose(article)
        if article.format == "markdown":
            start = frontmatter.end(text)
            text = _with_lang(text[:start], locale) + links.markdown(text[start:])
        return Document(path, text.encode(), links.assets)
    if article.format == "markdown":
        body = links.markdown(_body(article, original, layout, to_html))
        _refuse_commands(body, original, layout, locale)
    else:
        admitted = admit(to_html(article), path=article.path, locale=locale)
        anchored = _with_anchors(admitted, admit(to_html(original)).headings)
        body = rewrite(anchored, link=links.link, image=links.image)
        body = re.sub(r"\n\s*\n", "\n", body).strip() + "\n"
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
        _set_anchors(spans, admit(to_html(original), path=article.path).headings)
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


def _set_anchors(spans: list[Span], headings: Sequence[Heading]) -> None:
    """
    Give headings the anchors that they have in the source.

    Then a link to one leads there in every language.
    """
    places = [
        number
        for number, span in enumerate(spans)
        if isinstance(span, Segment) and span.role.startswith("heading")
    ]
    if len(places) != len(headings):
        return
    for number, heading in zip(places, headings, strict=True):
        after = spans[number + 1].raw if number + 1 < len(spans) else "\n"
        if after.startswith(("\n", "\r\n")) and not re.match(r"\r?\n {0,3}[=-]", after):
            span = spans[number]
            spans[number] = Verbatim(f"{span.raw} {{#{_anchor(heading)}}}")


def _with_anchors(body: Body, headings: Sequence[Heading]) -> str:
    """The same for a body that is HTML already."""
    if len(body.headings) != len(headings):
        return body.html
    anchors = iter(headings)
    return _ANCHOR.sub(
        lambda tag: f"{tag[1]}{escape(_anchor(next(anchors)))}", body.html
    )


def _anchor(heading: Heading) -> str:
    return heading.author_id or heading.id


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

    def markdown(self, text: str) -> str:
        """The text with its links; what stands in code is none."""

        def rewritten(match: re.Match[str]) -> str:
            start = match["inline"] or match["defined"]
            if start is None:
                return match[0]
            given = match["to"] or match["at"]
            url = given[1:-1] if given.startswith("<") else given
            found = self.target(url)
            if found is None or found == url:
                return match[0]
            return f"{start}{found}"

        return _LINKS.sub(rewritten, text)

    def link(self, url: str) -> Link | None:
        """A link in HTML; None where its target does not go out."""
        found = self.target(url)
        return None if found == "#" and url != "#" else Link(found or url)

    def image(self, url: str) -> Image | None:
        """An image in HTML; None for one on another server."""
        found = self.target(url)
        return Image(found) if found else None

    def target(self, url: str) -> str | None:
        """
        Where a link or an image leads from the document; None: as it is.

        Raises SourceError for a file of `source/` that is not there.
        """
        if not url or _ABSOLUTE.match(url):
            return None
        path, mark, fragment = url.partition("#")
        start = (
            SOURCE if path.startswith("/") else posixpath.dirname(self._article.path)
        )
        file = posixpath.normpath(posixpath.join(start, unquote(path).lstrip("/")))
        if file in self._shelf.assets:
            return self._asset(file) + mark + fragment
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
        if locale == self._locale or shelf.layout.name == "docusaurus":
            # Docusaurus falls back to the source locale's document by itself.
            return self._file(domain, locale) + end if url.startswith("/") else url
        return self._file(domain, locale) + end

    def _file(self, domain: str, locale: str) -> str:
        target = self._shelf.path(domain, locale)
        return _relative(target, posixpath.dirname(self._path))

    def _asset(self, file: str) -> str:
        shelf, name = self._shelf, file.removeprefix(SOURCE)
        if shelf.layout.assets:
            self.assets[file] = f"{shelf.layout.assets}/{name}"
            here = shelf.url(self._article.domain, self._locale)
            return _relative(f"assets/{name}", here)
        self.assets[file] = posixpath.join(shelf.place(self._locale), name)
        return _relative(self.assets[file], posixpath.dirname(self._path))


def _relative(path: str, start: str) -> str:
    return quote(posixpath.relpath(path, start or "."))
