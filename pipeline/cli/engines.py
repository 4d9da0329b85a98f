"""`publish engines`."""

from pathlib import Path

import click

from pipeline.cli.options import common
from pipeline.cli.screen import Screen
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow.engines import EnginesReport
from pipeline.workflow.engines import engines as look
from pipeline.workflow.report import Progress


@click.command()
@common
@click.option("--check", is_flag=True, help="Ask each whether it is there.")
def engines(project: Path, *, as_json: bool, check: bool) -> None:
    """
    Show what can translate: what is installed, configured and reachable.

    Without --check no connection is opened; with it, no text is sent.
    """

    def work(site: Site, progress: Progress) -> EnginesReport:
        del progress
        return look(site, check=check)

    run(project, as_json=as_json, work=work, show=show)


def show(report: EnginesReport, screen: Screen) -> None:
    """A table, a line an engine."""
    answers = {True: "yes", False: "no", None: "not asked"}
    screen.table(
        ("engine", "installed", "configured", "reachable", "network", "why"),
        [
            (
                each.name,
                answers[each.installed],
                answers[each.configured],
                answers[each.reachable],
                answers[each.needs_network],
                each.why,
            )
            for each in report.engines
        ],
    )
