"""`publish status`: how far each locale and article is."""

from dataclasses import replace
from pathlib import Path

from pipeline.errors import PublishError, StoreError
from pipeline.gate import Tally
from pipeline.late import dataclass
from pipeline.model.finding import Severity
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.store.published import History, read_history
from pipeline.workflow.decide import Rules, decide
from pipeline.workflow.desk import read_desk, terms_of
from pipeline.workflow.engine_months import EngineMonth, read_engine_months
from pipeline.workflow.journaling import journal_catalogs
from pipeline.workflow.report import Progress, Report, silent
from pipeline.workflow.templates import read_templates


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """One article, or the strings of the templates, in one locale."""

    article: str
    state: str
    """As `build` would have it: `published`, `held`...; `messages` has none."""

    tally: Tally

    def as_json(self) -> dict[str, object]:
        tally = self.tally
        return {
            "article": self.article,
            "state": self.state,
            "segments": tally.segments,
            "words": tally.words,
            "approved": tally.approved,
            "translated": tally.translated,
            "fuzzy": tally.fuzzy,
            "untranslated": tally.untranslated,
        }


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """Every article of a locale."""

    locale: str
    articles: tuple[ArticleStatus, ...]

    @property
    def total(self) -> Tally:
        """The sum over the articles."""
        return sum((each.tally for each in self.articles), Tally())


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport(Report):
    """Progress by locale."""

    locales: tuple[LocaleStatus, ...] = ()
    engines: tuple[EngineMonth, ...] | None = None
    """None: nobody asked."""

    def body(self) -> dict[str, object]:
        engines = self.engines
        more: dict[str, object] = {}
        if engines is not None:
            more = {"engines": [each.as_json() for each in engines]}
        return {
            "locales": [
                {
                    "locale": each.locale,
                    "articles": [article.as_json() for article in each.articles],
                }
                for each in self.locales
            ],
            **more,
        }


def status(
    site: Site,
    *,
    locales: tuple[str, ...],
    engines: bool = False,
    progress: Progress = silent,
) -> StatusReport:
    """
    Count what is done, by the messages that the sources have now.

    `engines`: also what became of their drafts; for that the catalogs are journaled,
    so that what people saved since the last command counts.
    """
    if engines:
        journaled = journal_catalogs(site, locales, "status")
        report = _status(site, locales, progress)
        try:
            months, warning = read_engine_months(Path(site.root), locales)
        except StoreError as error:
            report = replace(report, errors=(*report.errors, error), engines=())
        else:
            notes = (*report.notes, *((warning,) if warning else ()))
            report = replace(report, engines=months, notes=notes)
        return journaled.told_in(report)
    return _status(site, locales, progress)


def _status(site: Site, locales: tuple[str, ...], progress: Progress) -> StatusReport:
    templates = read_templates(site)
    errors = list(templates.errors)
    found: list[LocaleStatus] = []
    for locale in locales:
        rows: list[ArticleStatus] = []
        history = History()
        terms: tuple[Term, ...] = ()
        try:
            history = read_history(Path(site.root), locale)
            terms = terms_of(site, locale)
        except PublishError as error:
            errors.append(error)
        rules = Rules(site, locale, history, terms)
        for done, (domain, messages) in enumerate(templates.messages.items()):
            progress(f"reading {locale}", done, len(templates.messages))
            desk = read_desk(
                site, locale, domain, messages, terms=terms, least=Severity.ERROR
            )
            if desk.error:
                errors.append(desk.error)
            state = ""
            article = templates.article(domain)
            if article is not None:
                state = str(decide(article, messages, rules, desk=desk).state)
            rows.append(ArticleStatus(domain, state, desk.verdict.tally))
        found.append(LocaleStatus(locale, tuple(rows)))
    return StatusReport(errors=tuple(errors), locales=tuple(found))
