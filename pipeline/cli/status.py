"""`publish status`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, bar
from pipeline.cli.session import run
from pipeline.gate import Tally
from pipeline.model.site import Site
from pipeline.workflow.engine_months import EngineMonth
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress
from pipeline.workflow.status import StatusReport
from pipeline.workflow.status import status as count

_WIDE: Final = 100
"""Columns of a terminal that shows every column of the table."""
_ALL: Final = (
    "",
    "segments",
    "words",
    "approved",
    "translated",
    "fuzzy",
    "untranslated",
)
_FEW: Final = ("", "segments", "words", "fuzzy", "empty")


@click.command()
@common
@langs
@click.option(
    "--engines",
    is_flag=True,
    help="Also show how much of each engine's drafts people keep, by month.",
)
def status(
    project: Path, *, as_json: bool, langs: tuple[str, ...], engines: bool
) -> None:
    """Show how far each language and article is."""

    def work(site: Site, progress: Progress) -> StatusReport:
        return count(
            site,
            locales=target_locales(site, langs),
            engines=engines,
            progress=progress,
        )

    run(project, as_json=as_json, work=work, show=show)


def show(report: StatusReport, screen: Screen) -> None:
    """A table a locale, with a bar an article, and one of the engines' drafts."""
    columns = _ALL if screen.width >= _WIDE else _FEW
    for each in report.locales:
        rows = [
            (article.article, article.state, *_cells(article.tally, columns))
            for article in each.articles
        ]
        rows.append(("all", "", *_cells(each.total, columns)))
        screen.table(
            ("article", "state", *columns),
            rows,
            title=each.locale,
            right=tuple(column for column in columns if column),
        )
    if not report.locales:
        screen.line("no languages are configured: add them to `locales`")
    if report.engines is not None:
        _show_engines(report.engines, screen)


def _cells(tally: Tally, columns: Sequence[str]) -> tuple[str, ...]:
    cells = {
        "": bar(tally.translated, tally.segments, width=12 if columns is _ALL else 6),
        "segments": str(tally.segments),
        "words": str(tally.words),
        "approved": str(tally.approved),
        "translated": str(tally.translated),
        "fuzzy": str(tally.fuzzy),
        "untranslated": str(tally.untranslated),
        "empty": str(tally.untranslated),
    }
    return tuple(cells[column] for column in columns)


def _show_engines(months: Sequence[EngineMonth], screen: Screen) -> None:
    if not months:
        screen.line("no engine has made a draft yet")
        return
    numbers = ("drafts", "accepted", "edited", "waiting", "changed")
    screen.table(
        ("month", "engine", *numbers),
        [
            (
                each.month,
                each.engine,
                str(each.drafts),
                str(each.accepted),
                str(each.edited),
                str(each.waiting),
                "" if each.distance is None else f"{100 * each.distance:.1f} %",
            )
            for each in months
        ],
        title="what became of drafts",
        right=numbers,
    )
