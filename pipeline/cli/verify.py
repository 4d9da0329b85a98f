"""`publish verify`."""

from pathlib import Path

import click

from pipeline.cli.options import common
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run_anywhere
from pipeline.store.config import find_root
from pipeline.workflow.report import Progress
from pipeline.workflow.verify import VerifyReport
from pipeline.workflow.verify import verify as compare


@click.command()
@common
@click.argument(
    "dist", required=False, type=click.Path(path_type=Path), metavar="[DIST]"
)
def verify(project: Path, *, as_json: bool, dist: Path | None) -> None:
    """
    Tell whether dist/ is whole: every file as the last build made it.

    Needs nothing but the folder, so that it can be run where the pages are served.
    """

    def work(_: Progress) -> VerifyReport:
        return compare(dist or find_root(project) / "dist")

    run_anywhere(as_json=as_json, work=work, show=show)


def show(report: VerifyReport, screen: Screen) -> None:
    """One line: whole, or how much is not."""
    wrong = len(report.errors)
    said = f"{wrong} are not as they were built" if wrong else "all as they were built"
    screen.line(f"{count(report.files, 'file')}: {said}")
