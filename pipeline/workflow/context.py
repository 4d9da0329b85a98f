"""
`publish build --context ARTICLE`: all that the templates of an article are given.

The article is rendered as a build renders it, by a theme that notes what it is given.
Nothing is written.
"""

from collections.abc import Mapping
from dataclasses import field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import registry
from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.render.library import Edition, Library
from pipeline.render.pages import render_page
from pipeline.render.theme import Theme
from pipeline.store.config import required_for_build
from pipeline.store.published import read_history
from pipeline.store.sources import list_assets
from pipeline.workflow.addresses import one_slug_each
from pipeline.workflow.articles import format_of, require_known
from pipeline.workflow.batch import edition_of
from pipeline.workflow.decide import Decision, Rules, decide
from pipeline.workflow.desk import terms_of
from pipeline.workflow.inputs import Inputs
from pipeline.workflow.locales import build_locales
from pipeline.workflow.outcome import BuildOptions
from pipeline.workflow.report import HELD, Report, worst
from pipeline.workflow.templates import Templates, read_templates, theme_folders
from pipeline.workflow.words import read_words


@dataclass(frozen=True, slots=True)
class Context:
    """What the templates of one article in one locale are given."""

    decision: Decision
    templates: tuple[tuple[str, dict[str, object]], ...] = ()
    """Each template that is filled, in that order, and its values."""

    def as_json(self) -> dict[str, object]:
        return {
            "article": self.decision.article.domain,
            "locale": self.decision.locale,
            "state": str(self.decision.state),
            "why": self.decision.why,
            "templates": [
                {"template": name, "values": values} for name, values in self.templates
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReport(Report):
    """One context for each locale that was asked for."""

    contexts: tuple[Context, ...] = ()

    def body(self) -> dict[str, object]:
        return {"contexts": [each.as_json() for each in self.contexts]}

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        held = any(each.decision.unreviewed for each in self.contexts)
        return worst([*codes, HELD] if held else codes)


@dataclass(frozen=True, slots=True)
class _Noting(Theme):
    """A theme that notes the values of every template that it fills."""

    noted: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def render(self, name: str, locale: str, values: Mapping[str, object]) -> str:
        seen = {key: _as_json(value) for key, value in values.items()}
        self.noted.append((name, seen))
        # Slots make another class of this one, which `super()` would not know.
        return Theme.render(self, name, locale, values)


def context(site: Site, article: str, options: BuildOptions) -> ContextReport:
    """
    What the templates of an article see in the locales that `options` asks for.

    Where it does not go out, its templates are given nothing. Raises UsageError for an
    article or a locale that is not there.
    """
    required_for_build(site)
    build_locales(site, options.asked, draft=options.draft)
    templates = read_templates(site, drafts=options.draft)
    readable = frozenset(a.domain for a in templates.articles.articles)
    (domain,) = require_known((article,), readable | templates.articles.domains)
    locales = tuple(
        dict.fromkeys((site.source_locale, *site.locales, *options.asked)),
    )
    decisions, errors = _decided(site, templates, locales, draft=options.draft)
    shown = [d for d in decisions if d.goes_out or options.draft]
    words = read_words(
        site,
        (decision.locale for decision in shown),
        base="",
        inputs=Inputs(Path(site.root), {}, {}, trusted=0),
        known={},
    )
    library = _library(site, templates, shown, draft=options.draft)
    theme = Theme(theme_folders(site), words.catalogs, drafts=options.draft)
    wanted = options.asked or locales
    contexts: list[Context] = []
    errors += (e for e in templates.errors if domain not in readable)
    errors += words.errors
    for decision in decisions:
        if decision.article.domain != domain or decision.locale not in wanted:
            continue
        errors += decision.errors
        edition = library.find(domain, decision.locale)
        found, faults = _noted(edition, library, theme) if edition else ((), ())
        contexts.append(Context(decision, found))
        errors += faults
    return ContextReport(errors=tuple(errors), contexts=tuple(contexts))


def _decided(
    site: Site, templates: Templates, locales: tuple[str, ...], *, draft: bool
) -> tuple[list[Decision], list[PublishError]]:
    """What a build would decide, and the addresses that two articles share."""
    root = Path(site.root)
    histories = {locale: read_history(root, locale) for locale in locales}
    decisions: list[Decision] = []
    for locale in locales:
        terms = terms_of(site, locale) if locale in site.locales else ()
        rules = Rules(site, locale, histories[locale], terms, draft=draft)
        decisions += (
            decide(article, templates.messages.get(article.domain, ()), rules)
            for article in templates.articles.articles
        )
    judged, clashes = one_slug_each(decisions, histories, draft=draft)
    return judged, list(clashes)


def _library(
    site: Site, templates: Templates, decisions: list[Decision], *, draft: bool
) -> Library:
    by_key = {(d.article.domain, d.locale): d for d in decisions}

    def whole(edition: Edition) -> Edition:
        article = by_key[edition.domain, edition.locale].article
        return replace(edition, html=format_of(article).to_html(article))

    return Library(
        site=site,
        editions=tuple(edition_of(each, draft=draft) for each in decisions),
        assets=list_assets(site, registry.format_suffixes()),
        paths=templates.articles.paths,
        drafts=draft,
        load=whole,
    )


def _noted(
    edition: Edition, library: Library, theme: Theme
) -> tuple[tuple[tuple[str, dict[str, object]], ...], tuple[PublishError, ...]]:
    """What is given to the templates, up to where one of them fails, and why."""
    noting = _Noting(theme.folders, theme.catalogs, theme.drafts)
    whole = library.whole(edition)
    try:
        if edition.is_mail:
            # What writes mails is heavy, and most articles are none.
            from pipeline.render.mails import render_mail

            render_mail(whole, library, noting)
        else:
            render_page(whole, library, noting)
    except PublishError as error:
        return tuple(noting.noted), error.each()
    return tuple(noting.noted), ()


def _as_json(value: object) -> object:
    """A value of a template as JSON has it: dates as ISO 8601, sets in order."""
    if is_dataclass(value):
        return {
            each.name: _as_json(getattr(value, each.name)) for each in fields(value)
        }
    if isinstance(value, State):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _as_json(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(str(each) for each in value)
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return str(value)
