"""`publish init`."""

import shlex
from pathlib import Path

import click

from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run_anywhere
from pipeline.workflow.init import InitReport
from pipeline.workflow.init import init as make
from pipeline.workflow.report import Progress


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-C",
    "--project",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The folder that DIR is relative to (default: this one).",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="One JSON document on standard output; words go to standard error.",
)
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="TAG",
    help="A language to translate into, as in tr or pt-BR; repeatable.",
)
def init(folder: Path, *, project: Path, as_json: bool, langs: tuple[str, ...]) -> None:
    """Make a new site with a sample article in DIR."""

    def work(_: Progress) -> InitReport:
        return make(project / folder, locales=langs, now=now())

    run_anywhere(as_json=as_json, work=work, show=show)


def show(report: InitReport, screen: Screen) -> None:
    """What was made and what comes next."""
    screen.line(f"{report.folder}: {len(report.files)} files")
    folder = shlex.quote(report.folder)
    screen.line(f"Next: cd {folder} && publish extract && publish build")
