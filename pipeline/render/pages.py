"""The pages of a site: articles, lists, the choice of language, redirects, notices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from pipeline.errors import TemplateError
from pipeline.render.gate import admit, rewrite, wrap_tables
from pipeline.render.isolation import isolate
from pipeline.render.library import Edition, Library, Redirect, Withdrawn
from pipeline.render.links import (
    PageLinks,
    index_url,
    page_path,
    page_url,
    relative_url,
    target_edition,
)
from pipeline.render.lists import card_view, section_views
from pipeline.render.structured import page_data, page_relations
from pipeline.render.theme import Theme
from pipeline.render.versions import (
    index_alternates,
    index_languages,
    language_view,
    page_alternates,
    page_languages,
)
from pipeline.render.views import SiteView, canonical_url, page_view, site_view

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_RELATED: Final = 3
_XHTML: Final = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page, where it goes, and which files it shows or links."""

    path: str
    """Below the folder of the site: `tr/kok-hucre/index.html`."""

    html: str
    assets: tuple[tuple[str, str], ...] = ()
    """Files to copy: from below the root, to below the folder of the site."""

    targets: tuple[tuple[str, bool], ...] = ()
    """What it links, as `link_answer` is asked for it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What a page says of others, its links aside; found without any body.

    Where that is the same, and the edition, and what it links, so is the page.
    """

    site: SiteView
    neighbours: Mapping[str, object]
    relations: Mapping[str, object]
    canonical: str


def render_page(
    edition: Edition,
    library: Library,
    theme: Theme,
    around: Surroundings | None = None,
) -> PageFile:
    """
    An article's page; `around` is what `page_surroundings` gives, if it is known.

    Raises SourceError for a link or image that leads nowhere, TemplateError and
    CatalogError as `Theme.render` does.
    """
    path = page_path(edition)
    admitted = admit(
        edition.html,
        path=edition.article.path,
        locale=edition.locale,
        drafts=library.drafts,
    )
    links = PageLinks(edition, library, admitted.headings)
    body = rewrite(admitted.html, link=links.link, image=links.image)
    body = isolate(body, locale=library.text_locale(edition))
    body = wrap_tables(body, _TableFrame(edition.locale, theme))
    around = around or page_surroundings(edition, library, theme)
    values = {
        "site": around.site,
        "page": page_view(edition, library, body, admitted.headings),
        "data": page_data(edition, library, site=around.site.title, body=body),
        **around.neighbours,
    }
    html = theme.render("page.html", edition.locale, values)
    return PageFile(
        path,
        _html(html, "page.html"),
        tuple(sorted(links.assets.items())),
        tuple(sorted(links.targets)),
    )


def page_surroundings(edition: Edition, library: Library, theme: Theme) -> Surroundings:
    """What an edition's page says of others."""
    return Surroundings(
        site_view(library, theme, edition.locale, path=page_path(edition)),
        _neighbours(edition, library),
        page_relations(edition, library),
        canonical_url(edition, library),
    )


def _neighbours(edition: Edition, library: Library) -> dict[str, object]:
    return {
        "languages": page_languages(edition, library),
        "alternates": page_alternates(edition, library),
        "related": tuple(
            card_view(other, library, start=page_path(edition))
            for other in library.following(edition, _RELATED)
        ),
    }


def render_index(locale: str, library: Library, theme: Theme) -> PageFile:
    """A locale's list of articles."""
    path = f"{locale}/index.html"
    values = {
        "site": site_view(library, theme, locale, path=path),
        "url": index_url(library, locale),
        "languages": index_languages(library, locale, start=path),
        "alternates": index_alternates(library),
        "sections": section_views(locale, library, start=path),
    }
    return PageFile(
        path, _html(theme.render("index.html", locale, values), "index.html")
    )


def render_root(library: Library, theme: Theme) -> PageFile:
    """The site's first page: the choice of language, each in its own words."""
    path = "index.html"
    locale = library.site.source_locale
    from markupsafe import Markup

    choices = [
        Markup(  # noqa: S704 - a template's output
            theme.render("partials/choice.html", language.locale, {"choice": language}),
        )
        for language in index_languages(library, "", start=path)
    ]
    values = {
        "site": site_view(library, theme, locale, path=path),
        "url": library.site.base_url,
        "languages": index_languages(library, locale, start=path),
        "alternates": index_alternates(library),
        "choices": choices,
    }
    return PageFile(path, _html(theme.render("root.html", locale, values), "root.html"))


def render_redirect(
    redirect: Redirect, library: Library, theme: Theme
) -> PageFile | None:
    """A page at an old address that leads to the new one; None if there is none."""
    target = target_edition(library, redirect.domain, redirect.locale)
    path = f"{redirect.locale}/{redirect.slug}/index.html"
    if target is None or target.is_mail or page_path(target) == path:
        return None
    values = {
        "site": site_view(library, theme, redirect.locale, path=path),
        "url": relative_url(page_path(target), start=path),
        "canonical": page_url(library, target),
        "title": target.heading,
    }
    html = theme.render("redirect.html", redirect.locale, values)
    return PageFile(path, _html(html, "redirect.html"))


def render_withdrawn(place: Withdrawn, library: Library, theme: Theme) -> PageFile:
    """A page that says that what stood here is no longer published."""
    path = f"{place.locale}/{place.slug}/index.html"
    versions = library.versions(place.domain)
    source = library.find(place.domain, library.site.source_locale)
    is_page = source is not None and not source.is_mail
    values = {
        "site": site_view(library, theme, place.locale, path=path),
        "languages": tuple(
            language_view(e, place.locale, start=path)
            for e in versions
            if not e.is_mail and library.text_locale(e) == e.locale
        ),
        "alternates": (),
        "original": relative_url(page_path(source), start=path)
        if source is not None and is_page
        else "",
    }
    html = theme.render("withdrawn.html", place.locale, values)
    return PageFile(path, _html(html, "withdrawn.html"))


def render_site(library: Library, theme: Theme) -> Iterator[PageFile]:
    """What belongs to no article: lists, the choice of language, redirects, notices."""
    yield render_root(library, theme)
    for locale in library.locales:
        yield render_index(locale, library, theme)
    for redirect in library.redirects:
        page = render_redirect(redirect, library, theme)
        if page is not None:
            yield page
    for place in library.withdrawn:
        yield render_withdrawn(place, library, theme)


def render_sitemap(library: Library) -> str:
    """
    Every page with its alternates, as sitemaps.org and Google's extension have it.

    The times of change are left out: search engines believe them only where they are
    exact.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">',
    ]
    lists = index_alternates(library)
    for locale in library.locales:
        lines += _url(index_url(library, locale), [(a.locale, a.url) for a in lists])
    for locale in library.locales:
        for edition in library.pages(locale):
            alternates = page_alternates(edition, library)
            if alternates:
                pairs = [(a.locale, a.url) for a in alternates]
                lines += _url(page_url(library, edition), pairs)
    return "\n".join([*lines, "</urlset>", ""])


def _url(address: str, alternates: list[tuple[str, str]]) -> list[str]:
    return [
        "  <url>",
        f"    <loc>{escape(address)}</loc>",
        *(
            f'    <xhtml:link rel="alternate" hreflang="{escape(locale)}"'
            f' href="{escape(url)}"/>'
            for locale, url in alternates
        ),
        "  </url>",
    ]


@dataclass(frozen=True, slots=True)
class _TableFrame:
    """Puts a table into its partial, which makes it scroll by itself."""

    locale: str
    theme: Theme

    def __call__(self, table: str, number: int) -> str:
        from markupsafe import Markup

        values = {"table": Markup(table), "number": number}  # noqa: S704 - it came through the gate
        return self.theme.render("partials/table.html", self.locale, values).strip()


def _html(html: str, name: str) -> str:
    """The page as it is written. Raises TemplateError for one that is empty."""
    if not html.strip():
        raise TemplateError("the template gives nothing", path=f"templates/{name}")
    return html if html.endswith("\n") else f"{html}\n"
