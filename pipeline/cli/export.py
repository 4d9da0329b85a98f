"""`publish export`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow.exporting import MailsReport, export_mails
from pipeline.workflow.locales import build_locales
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.argument("what", type=click.Choice(["mails"]))
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def export(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    what: str,
    folder: Path,
) -> None:
    """
    Put the mails that are out into a folder for a sending system.

    A folder for each mail with its subjects as JSON, and in it one for each language.
    What changed is replaced, what is no longer out is removed, all else is left alone.
    """
    del what

    def work(site: Site, _: Progress) -> MailsReport:
        for tag in langs:
            build_locales(site, (tag,), draft=False)
        return export_mails(site, folder, locales=langs)

    run(project, as_json=as_json, work=work, show=show)


def show(report: MailsReport, screen: Screen) -> None:
    """A line a mail, and what changed."""
    for name, locales in report.mails:
        screen.line(f"{name}: {', '.join(locales)}")
    changed = f"{count(len(report.written), 'file')} written"
    screen.line(f"{changed}, {len(report.removed)} removed in {report.folder}")
