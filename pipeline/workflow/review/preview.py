"""The page or mail of one article as a draft, each block with the key of its entry."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline import registry
from pipeline.cldr import gettext_locale
from pipeline.errors import CatalogError, PublishError
from pipeline.late import dataclass, regex
from pipeline.localize import localize
from pipeline.model.article import Article, Mark, Segment
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import Site
from pipeline.render.addresses import asset_path
from pipeline.render.library import Edition, Library
from pipeline.render.pages import render_page
from pipeline.render.theme import Theme
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.files import read_bytes
from pipeline.store.sources import SourceFile, find_sources, list_assets
from pipeline.workflow.articles import format_of, read_article
from pipeline.workflow.review.entries import entry_key
from pipeline.workflow.review.workbench import Workbench
from pipeline.workflow.slugs import source_slug, target_slug
from pipeline.workflow.templates import MESSAGES, theme_folders

FILES: Final = "/files/"
"""Where the pictures and style sheets of a preview are served."""

_TAG: Final = regex(r"<[a-zA-Z][^>]*>")
_CLIMBING: Final = regex(r"(=\s*[\"']?)(?:\.\./)+")
_ENTRY: Final = ' data-entry="'


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview, and the files that it may show."""

    html: str
    assets: Mapping[str, str]
    """From below `FILES` to below the root."""


def render_preview(bench: Workbench) -> Preview:
    """
    Render one article, and nothing else of the site.

    Raises PublishError for what a build would refuse: a link that leads nowhere, a
    template that cannot be filled.
    """
    article = bench.article
    if article is None:
        raise CatalogError(
            "the words of the templates stand on every page",
            path=bench.desk.file,
            hint="look at them on the page of any article",
        )
    site, locale = bench.site, bench.locale
    localized = localize(
        article,
        bench.catalog,
        format=format_of(article),
        accept=lambda message: message.is_translated,
        mark=_marker(bench),
    ).article
    edition = Edition(
        article=localized,
        locale=locale,
        slug=target_slug(article, bench.desk),
        title=str(localized.meta.get("title") or article.stem),
        html=format_of(localized).to_html(localized),
    )
    library = _library(site, article, edition)
    theme = Theme(
        folders=theme_folders(site), catalogs=_words(site, locale), drafts=True
    )
    if edition.is_mail:
        # What writes mails is heavy, and most articles are none.
        from pipeline.render.mails import render_mail

        html = render_mail(edition, library, theme).html
        return Preview(_keyed(html), {})
    page = render_page(edition, library, theme)
    assets = {target: source for source, target in page.assets}
    html = _with_title(_keyed(page.html), bench)
    return Preview(_TAG.sub(_led_here, html), assets)


def read_preview_file(site: Site, path: str) -> bytes | None:
    """
    A file that previews may show: of the theme, or beside an article; else None.

    `path` is what stands behind `FILES`. Raises StoreError.
    """
    if "\0" in path:
        return None  # no file has such a name, and asking for one is an error
    for source in list_assets(site, registry.format_suffixes()):
        if asset_path(source) == path:
            root = Path(site.root)
            return read_bytes(root / source, root=root)
    for folder in map(Path, theme_folders(site)):
        top = (folder / "static").resolve()
        file = (folder / path).resolve()
        if file.is_relative_to(top) and file.is_file():
            return read_bytes(file, root=folder)
    return None


def _marker(bench: Workbench) -> Callable[[Segment, Message | None], Mark | None]:
    def mark(segment: Segment, message: Message | None) -> Mark | None:
        key = (segment.context, segment.text)
        state = bench.state(message) if message else "untranslated"
        return Mark(state, entry_key(key))

    return mark


def _with_title(html: str, bench: Workbench) -> str:
    """The page's heading with the key of the title, which no block of the body is."""
    titles = [each for each in bench.catalog.living if _is_title(each)]
    if not titles:
        return html
    state, key = bench.state(titles[0]), entry_key(titles[0].key)
    return html.replace("<h1", f'<h1 data-state="{state}" data-key="{key}"', 1)


def _is_title(message: Message) -> bool:
    return message.msgctxt == "title"


def _keyed(html: str) -> str:
    return html.replace(_ENTRY, ' data-key="')


def _led_here(match: re.Match[str]) -> str:
    return _CLIMBING.sub(rf"\1{FILES}", match[0])


def _library(site: Site, article: Article, edition: Edition) -> Library:
    """The edition among what its links and its choice of language may name."""
    sources = find_sources(site, registry.format_suffixes())
    others = [
        _unread(file.path, file.domain, file.format, site.source_locale)
        for file in sources.files
        if file.domain != article.domain
    ]
    source = Edition(
        article=article,
        locale=site.source_locale,
        slug=source_slug(article, site.source_locale),
        title=str(article.meta.get("title") or article.stem),
        html=format_of(article).to_html(article),
    )
    return Library(
        site=site,
        editions=(edition, source, *others),
        assets=list_assets(site, registry.format_suffixes()),
        paths=sources.paths,
        drafts=True,
        load=lambda other: _whole(site, other),
    )


def _unread(path: str, domain: str, kind: str, locale: str) -> Edition:
    article = Article(path, domain, kind, ())
    return Edition(
        article=article, locale=locale, slug=article.stem, title=article.stem
    )


def _whole(site: Site, edition: Edition) -> Edition:
    """An article that is linked, with its headings."""
    short = edition.article
    article = read_article(site, SourceFile(short.path, short.domain, short.format))
    return replace(edition, html=format_of(article).to_html(article))


def _words(site: Site, locale: str) -> Mapping[str, Catalog]:
    """The templates' words; where they cannot be read, the source's stand there."""
    root = Path(site.root)
    path = catalog_path(root, gettext_locale(locale), MESSAGES)
    try:
        return {locale: read_catalog(path, root=root)} if path.exists() else {}
    except PublishError:
        return {}
