"""`publish status`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, bar
from pipeline.cli.session import run
from pipeline.gate import Tally
from pipeline.model.site import Site
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress
from pipeline.workflow.status import StatusReport
from pipeline.workflow.status import status as count


@click.command()
@common
@langs
def status(project: Path, *, as_json: bool, langs: tuple[str, ...]) -> None:
    """Show how far each language and article is."""

    def work(site: Site, progress: Progress) -> StatusReport:
        return count(site, locales=target_locales(site, langs), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def show(report: StatusReport, screen: Screen) -> None:
    """A table a locale, with a bar an article."""
    numbers = ("segments", "words", "approved", "translated", "fuzzy", "untranslated")
    for each in report.locales:
        rows = [
            (article.article, article.state, *_cells(article.tally))
            for article in each.articles
        ]
        rows.append(("all", "", *_cells(each.total)))
        screen.table(
            ("article", "state", "", *numbers),
            rows,
            title=each.locale,
            right=numbers,
        )
    if not report.locales:
        screen.line("no languages are configured: add them to `locales`")


def _cells(tally: Tally) -> tuple[str, ...]:
    counts = (
        tally.segments,
        tally.words,
        tally.approved,
        tally.translated,
        tally.fuzzy,
        tally.untranslated,
    )
    return (bar(tally.translated, tally.segments), *map(str, counts))
