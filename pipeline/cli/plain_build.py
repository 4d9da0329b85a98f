"""
`publish build` with no option at all, and what every build shows.

It is what people and machines run after each edit. Reading a command line would take
as long as making the page.
"""

from pathlib import Path
from typing import NoReturn

from pipeline.cli.ending import run_to_end
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.again import ADVICE, HELD, line_of
from pipeline.workflow.build import build
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.report import Progress


def plain_build() -> NoReturn:
    """Build the site of this folder, and exit."""

    def work(site: Site, progress: Progress) -> BuildReport:
        return build(site, BuildOptions(), now=now(), progress=progress)

    run_to_end(lambda: run(Path(), as_json=False, work=work, show=show))


def show(report: BuildReport, screen: Screen) -> None:
    """What is out, in a line a locale; what is not, with the reason; what changed."""
    held = report.held()
    for each in report.counts():
        screen.line(line_of(*each))
    if held:
        screen.table(HELD, held)
        screen.line(ADVICE)
    changed = f"{count(len(report.written), 'file')} written"
    screen.line(f"{changed}, {len(report.removed)} removed")
    for line in report.further():
        screen.line(line)
