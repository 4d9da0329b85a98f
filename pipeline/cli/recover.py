"""`publish recover`."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from pipeline.cli.options import articles, common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.locales import target_locales
from pipeline.workflow.recover import Entry, RecoverReport
from pipeline.workflow.recover import recover as look_up
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--msgid", default="", metavar="TEXT", help="Only where the English has this in it."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Write what one article's catalog lost into a new .po file.",
)
@articles
def recover(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    msgid: str,
    output: Path | None,
    articles: tuple[str, ...],
) -> None:
    """
    Show every translation that an entry ever had, the newest first.

    Whatever publish read from a catalog or wrote to one is kept in
    .publish/journal.sqlite. No catalog is changed: copy the text that you want, or
    open the file of --output beside your catalog.
    """

    def work(site: Site, _: Progress) -> RecoverReport:
        return look_up(
            site,
            locales=target_locales(site, langs),
            articles=articles,
            msgid=msgid,
            output=output,
            now=now(),
        )

    run(project, as_json=as_json, work=work, show=show)


def show(report: RecoverReport, screen: Screen) -> None:
    """A table an article, with a row a text; those of one entry stand together."""
    for (locale, domain), entries in groupby(
        report.entries, key=lambda entry: (entry.locale, entry.domain)
    ):
        screen.table(
            ("source", "translation", "state", "when (UTC)", "how"),
            [row for entry in entries for row in _rows(entry)],
            title=f"{locale} {domain}",
        )
    found = sum(len(entry.texts) for entry in report.entries)
    screen.line(f"{count(found, 'translation')} found")
    if report.written:
        screen.line(f"{report.written} has what the catalog does not hold any more")


def _rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    source = entry.msgid
    for text in entry.texts:
        when = text.seen.replace("T", " ").removesuffix("Z")
        yield source, " | ".join(text.msgstrs), text.state, when, text.how
        source = ""
