"""The pages of a site: articles, lists, the choice of language, moves, notices."""

from dataclasses import replace

from pipeline.errors import TemplateError
from pipeline.late import dataclass
from pipeline.render.addresses import index_url, page_path, path_url, relative_url
from pipeline.render.callouts import frame_callouts
from pipeline.render.cards import near_card
from pipeline.render.frames import CalloutFrame, TableFrame
from pipeline.render.isolation import isolate
from pipeline.render.library import Edition, Library, Withdrawn
from pipeline.render.links import PageLinks
from pipeline.render.lists import (
    filed_view,
    index_topics,
    related_editions,
    section_views,
)
from pipeline.render.moved import Move
from pipeline.render.rewriting import rewrite, wrap_tables
from pipeline.render.structured import page_data
from pipeline.render.theme import Theme
from pipeline.render.versions import (
    graph_view,
    index_alternates,
    index_languages,
    language_view,
    page_alternates,
    page_languages,
)
from pipeline.render.views import article_site, page_view, site_view
from pipeline.render.whole import whole_body


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


def render_page(edition: Edition, library: Library, theme: Theme) -> PageFile:
    """
    An article's page.

    What it says of others is told in short by `around.py`, which knows all of it.

    Raises SourceError for a link or image that leads nowhere, TemplateError and
    CatalogError as `Theme.render` does.
    """
    path = page_path(edition)
    admitted = whole_body(edition, drafts=library.drafts)
    links = PageLinks(edition, library, admitted.headings, admitted.notes)
    body = rewrite(admitted.html, link=links.link, image=links.image)
    body = isolate(body, locale=library.text_locale(edition))
    body = frame_callouts(body, CalloutFrame(library.text_locale(edition), theme))
    body = wrap_tables(body, TableFrame(edition.locale, theme))
    site = article_site(library, theme, edition.locale)
    view = page_view(edition, library, body, admitted.headings)
    values = {
        "site": site,
        "page": view,
        "data": page_data(
            edition, library, site=site.title, body=body, picture=view.picture
        ),
        **_neighbours(edition, library),
    }
    html = theme.render("page.html", edition.locale, values)
    return PageFile(
        path,
        written_page(html, "page.html"),
        tuple(sorted(links.assets.items())),
        tuple(sorted(links.targets)),
    )


def _neighbours(edition: Edition, library: Library) -> dict[str, object]:
    return {
        "languages": page_languages(edition, library),
        "alternates": page_alternates(edition, library),
        "filed": filed_view(edition, library),
        "related": tuple(
            near_card(other, library) for other in related_editions(edition, library)
        ),
    }


def render_index(locale: str, library: Library, theme: Theme) -> PageFile:
    """A locale's list of articles."""
    path = f"{locale}/index.html"
    site = site_view(library, theme, locale, path=path)
    alternates = index_alternates(library)
    values = {
        "site": site,
        "url": index_url(library, locale),
        "languages": index_languages(library, locale, start=path),
        "alternates": alternates,
        "graph": graph_view(locale, alternates),
        "sections": section_views(site, library, start=path),
        **index_topics(library, locale),
    }
    return PageFile(
        path, written_page(theme.render("index.html", locale, values), "index.html")
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
    alternates = index_alternates(library)
    values = {
        "site": site_view(library, theme, locale, path=path),
        "url": library.site.base_url,
        "languages": index_languages(library, locale, start=path),
        "alternates": alternates,
        "graph": graph_view(locale, alternates),
        "choices": choices,
    }
    return PageFile(
        path, written_page(theme.render("root.html", locale, values), "root.html")
    )


def render_redirect(move: Move, library: Library, theme: Theme) -> PageFile:
    """The page at an old address, which leads to the new one."""
    site = site_view(library, theme, move.locale, path=move.path)
    values = {
        "site": site,
        "url": relative_url(move.target, start=move.path),
        "canonical": path_url(library, move.target),
        "title": move.title or site.title,
    }
    html = theme.render("redirect.html", move.locale, values)
    return PageFile(move.path, written_page(html, "redirect.html"))


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
    return PageFile(path, written_page(html, "withdrawn.html"))


def render_missing(
    locale: str, library: Library, theme: Theme, *, path: str
) -> PageFile:
    """
    What a server shows where there is no page.

    It is shown at any depth, so all its links are absolute.
    """
    top = library.site.base_url
    site = site_view(library, theme, locale, path=path)
    values = {
        "site": replace(site, home=index_url(library, locale), assets=top, feed=""),
        "languages": tuple(
            replace(language, url=index_url(library, language.locale))
            for language in index_languages(library, locale, start=path)
        ),
    }
    html = theme.render("missing.html", locale, values)
    return PageFile(path, written_page(html, "missing.html"))


def written_page(html: str, name: str) -> str:
    """The page as it is written. Raises TemplateError for one that is empty."""
    if not html.strip():
        raise TemplateError("the template gives nothing", path=f"templates/{name}")
    return html if html.endswith("\n") else f"{html}\n"
