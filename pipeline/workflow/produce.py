"""Decisions into files: every page, mail, list and picture of a build, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pipeline import cldr, registry
from pipeline.errors import PublishError, TemplateError
from pipeline.model.catalog import Catalog, Key
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.render.library import Edition, Library, Redirect
from pipeline.render.mails import render_mail
from pipeline.render.pages import PageFile, render_page, render_site, render_sitemap
from pipeline.render.theme import Theme
from pipeline.store.files import read_bytes
from pipeline.store.published import History
from pipeline.store.sources import list_assets
from pipeline.workflow.articles import format_of
from pipeline.workflow.decide import Decision
from pipeline.workflow.desk import read_desk
from pipeline.workflow.executors import spread
from pipeline.workflow.pseudo import pseudo_catalog
from pipeline.workflow.report import Progress
from pipeline.workflow.templates import MESSAGES, Templates, theme_folders


def output_path(locale: str, slug: str, *, kind: str, draft: bool) -> str:
    """Where a page or a mail goes, below the site's root."""
    top = "dist/draft" if draft else "dist"
    if kind == "mail":
        return f"{top}/mail/{locale}/{slug}.eml"
    return f"{top}/site/{locale}/{slug}/index.html"


@dataclass(frozen=True, slots=True)
class Product:
    """The files of a build by path below the root, and what could not be made."""

    files: Mapping[str, bytes]
    errors: tuple[PublishError, ...] = ()
    failed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why an article in a locale could not be rendered."""

    notes: tuple[str, ...] = ()
    unreviewed: bool = False
    """Whether a string of the templates is held back until somebody reviews it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One rendered edition, small enough to come back from a worker."""

    files: tuple[tuple[str, bytes], ...] = ()
    assets: tuple[tuple[str, str], ...] = ()
    error: PublishError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be rendered, and how."""

    site: Site
    decisions: Sequence[Decision]
    templates: Templates
    histories: Mapping[str, History]
    draft: bool = False
    preview: bool = False

    @property
    def top(self) -> str:
        """The folder of the outputs, below the root."""
        return "dist/draft" if self.draft else "dist"


def produce(batch: Batch, *, workers: int, progress: Progress) -> Product:
    """
    Render everything.

    An edition that cannot be rendered is left out, and what is left is rendered once
    more, so that no page refers to it. Raises TemplateError where a template fails for
    all pages or all mails: a slip in it must not withdraw the whole site.
    """
    words = _words(batch)
    theme = Theme(
        folders=theme_folders(batch.site), catalogs=words.catalogs, drafts=batch.draft
    )
    failed: dict[tuple[str, str], PublishError] = {}
    while True:
        left = [
            d for d in batch.decisions if (d.article.domain, d.locale) not in failed
        ]
        library = _library(batch, left)
        pieces = _render(library, theme, batch.top, workers=workers, progress=progress)
        broken = {
            (edition.domain, edition.locale): piece.error
            for edition, piece in zip(library.editions, pieces, strict=True)
            if piece.error is not None
        }
        if not broken:
            break
        _refuse_bad_template(library, pieces)
        failed |= broken
    files, assets = _collected(pieces)
    for page in render_site(library, theme):
        _put(files, assets, f"{batch.top}/site", page)
    files[f"{batch.top}/site/sitemap.xml"] = render_sitemap(library).encode()
    files |= _static(batch)
    errors = [*words.errors, *failed.values()]
    root = Path(batch.site.root)
    for source, target in sorted(assets.items()):
        try:
            files[target] = read_bytes(root / source, root=root)
        except PublishError as error:
            errors.append(error)
    return Product(
        files,
        errors=tuple(errors),
        failed={key: error.message for key, error in failed.items()},
        notes=words.notes,
        unreviewed=words.unreviewed,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """The templates' own words by locale."""

    catalogs: Mapping[str, Catalog]
    errors: tuple[PublishError, ...] = ()
    notes: tuple[str, ...] = ()
    unreviewed: bool = False


def _words(batch: Batch) -> _Words:
    """
    The catalogs of the domain `messages`.

    A string of a template that is not translated, or in which a check found an error,
    is shown in the source's words: a designer who adds a line to the footer must not
    recall every page. A fuzzy one is held back, though, until somebody reviews it.
    """
    template = batch.templates.messages.get(MESSAGES, ())
    catalogs: dict[str, Catalog] = {}
    errors: list[PublishError] = []
    notes: list[str] = []
    unreviewed = False
    for locale in dict.fromkeys(decision.locale for decision in batch.decisions):
        if locale == batch.site.source_locale:
            continue
        if locale in cldr.PSEUDO_LOCALES:
            catalogs[locale] = pseudo_catalog(template, locale)
            continue
        desk = read_desk(batch.site, locale, MESSAGES, template)
        if desk.error:
            errors.append(desk.error)
        if desk.catalog is not None:
            catalogs[locale] = _without(desk.catalog, desk.erroneous)
        unreviewed |= desk.verdict.tally.fuzzy > 0
        missing = len(desk.verdict.blocking)
        if missing:
            strings = (
                "string of templates/ is"
                if missing == 1
                else "strings of templates/ are"
            )
            notes.append(
                f"{desk.file}: {missing} {strings} not translated: shown in the "
                "source's words"
            )
    return _Words(catalogs, tuple(errors), tuple(notes), unreviewed)


def _without(catalog: Catalog, keys: frozenset[Key]) -> Catalog:
    return catalog.with_messages(m for m in catalog.messages if m.key not in keys)


def _library(batch: Batch, decisions: Sequence[Decision]) -> Library:
    return Library(
        site=batch.site,
        editions=tuple(_edition(decision, batch) for decision in decisions),
        assets=list_assets(batch.site, registry.format_suffixes()),
        paths={a.path: a.domain for a in batch.templates.articles.articles},
        redirects=() if batch.draft else _redirects(decisions, batch.histories),
        drafts=batch.draft,
        preview=batch.preview,
    )


def _edition(decision: Decision, batch: Batch) -> Edition:
    article = decision.article
    # What a draft shows of a held article is its translation, as far as there is one.
    shown_as = State.PUBLISHED if batch.draft else decision.state
    return Edition(
        article=article,
        locale=decision.locale,
        slug=decision.slug,
        title=str(article.meta.get("title") or article.stem),
        html=format_of(article).to_html(article),
        reviewed=decision.reviewed,
        state=shown_as,
    )


def _redirects(
    decisions: Sequence[Decision], histories: Mapping[str, History]
) -> tuple[Redirect, ...]:
    """
    Every address that a page had before, unless another has it now.

    A recalled page has none: it was withdrawn, and its address is empty.
    """
    pages = [d for d in decisions if d.article.kind != "mail"]
    taken = {(d.locale, d.slug) for d in pages}
    out = {(d.locale, d.article.domain) for d in pages}
    found: list[Redirect] = []
    for locale, history in histories.items():
        for domain, slugs in history.slugs().items():
            found += [
                Redirect(locale, slug, domain)
                for slug in slugs
                if (locale, slug) not in taken and (locale, domain) in out
            ]
    unique = {(each.locale, each.slug): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def _render(
    library: Library, theme: Theme, top: str, *, workers: int, progress: Progress
) -> list[_Piece]:
    editions = library.editions

    def work(index: int) -> _Piece:
        return _piece(editions[index], library, theme, top)

    pieces: list[_Piece] = []
    for piece in spread(work, len(editions), workers=workers):
        pieces.append(piece)
        progress("rendering", len(pieces), len(editions))
    return pieces


def _refuse_bad_template(library: Library, pieces: Sequence[_Piece]) -> None:
    for is_mail in (False, True):
        errors = [
            piece.error
            for edition, piece in zip(library.editions, pieces, strict=True)
            if edition.is_mail is is_mail
        ]
        if errors and all(isinstance(error, TemplateError) for error in errors):
            raise cast("TemplateError", errors[0])


def _piece(edition: Edition, library: Library, theme: Theme, top: str) -> _Piece:
    try:
        if edition.is_mail:
            mail = render_mail(edition, library, theme)
            stem = f"{top}/mail/{edition.locale}/{edition.slug}"
            return _Piece(
                (
                    (f"{stem}.eml", mail.eml),
                    (f"{stem}.html", mail.html.encode()),
                    (f"{stem}.txt", mail.text.encode()),
                ),
            )
        page = render_page(edition, library, theme)
    except PublishError as error:
        return _Piece(error=error)
    files: dict[str, bytes] = {}
    assets: dict[str, str] = {}
    _put(files, assets, f"{top}/site", page)
    return _Piece(tuple(files.items()), tuple(assets.items()))


def _put(
    files: dict[str, bytes], assets: dict[str, str], top: str, page: PageFile
) -> None:
    files[f"{top}/{page.path}"] = page.html.encode()
    for source, target in page.assets:
        assets[source] = f"{top}/{target}"


def _collected(
    pieces: Sequence[_Piece],
) -> tuple[dict[str, bytes], dict[str, str]]:
    files: dict[str, bytes] = {}
    assets: dict[str, str] = {}
    for piece in pieces:
        files.update(piece.files)
        assets.update(piece.assets)
    return files, assets


def _static(batch: Batch) -> dict[str, bytes]:
    """`templates/static/`, the site's own files before the built-in ones."""
    found: dict[str, bytes] = {}
    for folder in map(Path, theme_folders(batch.site)):
        static = folder / "static"
        if not static.is_dir():
            continue
        for path in sorted(static.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                name = path.relative_to(static).as_posix()
                target = f"{batch.top}/site/static/{name}"
                found.setdefault(target, read_bytes(path, root=folder.parent))
    return found
