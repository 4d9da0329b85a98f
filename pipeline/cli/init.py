"""`publish init`."""

import shlex
from pathlib import Path
from typing import NoReturn

import click

from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run, run_anywhere
from pipeline.model.site import Site
from pipeline.workflow.init import THEMES, InitReport, init_theme
from pipeline.workflow.init import init as make
from pipeline.workflow.report import Progress


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path), metavar="[DIR]", required=False
)
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
@click.option(
    "--theme",
    is_flag=False,
    flag_value="copy",
    type=click.Choice(THEMES),
    default=None,
    help="`copy` (all built-in templates) or `extend` (a few that change some of "
    "them). Without DIR: into the templates of this site.",
)
def init(
    folder: Path | None,
    *,
    project: Path,
    as_json: bool,
    langs: tuple[str, ...],
    theme: str | None,
) -> None:
    """Make a new site with a sample article in DIR, or a theme for this one."""
    if folder is None:
        _init_theme(project, theme, langs, as_json=as_json)

    def work(_: Progress) -> InitReport:
        return make(project / folder, locales=langs, now=now(), theme=theme or "copy")

    run_anywhere(as_json=as_json, work=work, show=show)


def _init_theme(
    project: Path, theme: str | None, langs: tuple[str, ...], *, as_json: bool
) -> NoReturn:
    if theme is None or langs:
        raise click.UsageError(
            "name the folder of the new site, as in: publish init my-site --lang tr"
        )

    def work(site: Site, _: Progress) -> InitReport:
        return init_theme(site, theme)

    def show(report: InitReport, screen: Screen) -> None:
        for path in report.files:
            screen.line(path)
        made = len(report.files)
        screen.line(f"{report.folder}: {made} {'file' if made == 1 else 'files'} made")

    run(project, as_json=as_json, work=work, show=show)


def show(report: InitReport, screen: Screen) -> None:
    """What was made and what comes next."""
    screen.line(f"{report.folder}: {len(report.files)} files")
    folder = shlex.quote(report.folder)
    screen.line(f"Next: cd {folder} && publish extract && publish build")
