"""`publish locale`."""

from pathlib import Path

import click

from pipeline.cli.options import common
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.locale import LocaleReport, add
from pipeline.workflow.report import Progress


@click.command()
@common
@click.argument("action", type=click.Choice(["add"]))
@click.argument("tag")
def locale(project: Path, *, as_json: bool, action: str, tag: str) -> None:
    """
    Add a language to the site.

    `add TAG` puts the language (as in de, ar or pt-BR) into the list of the
    configuration, and makes its catalogs in locales/. Nothing else is changed.
    """
    del action  # there is one

    def work(site: Site, progress: Progress) -> LocaleReport:
        return add(site, tag, now=now(), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def show(report: LocaleReport, screen: Screen) -> None:
    """What was added, and what comes next."""
    catalogs = count(len(report.extracted.domains), "catalog")
    screen.line(f"{report.config} names {report.locale} now; {catalogs} made")
    screen.line(f"Next: publish pretranslate --lang {report.locale}")
