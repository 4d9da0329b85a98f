"""`publish approve`."""

from pathlib import Path

import click

from pipeline.cli.check import show as show_findings
from pipeline.cli.options import articles, common, langs
from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.approve import ApproveReport, Signature
from pipeline.workflow.approve import approve as record
from pipeline.workflow.check import CheckReport
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option("--reviewer", required=True, help="Who approves: a name or a role.")
@click.option("--role", default="", help="The reviewer's qualification.")
@click.option(
    "--note", default="", help="Why it is right though a check finds an error."
)
@articles
def approve(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    reviewer: str,
    role: str,
    note: str,
    articles: tuple[str, ...],
) -> None:
    """
    Record that a person approves translations.

    An approval is bound to the pair of English and translation: editing either voids
    it, undoing the edit restores it. Entries that are fuzzy or empty are passed over.
    """

    def work(site: Site, _: Progress) -> ApproveReport:
        day = now().strftime("%Y-%m-%d")
        return record(
            site,
            locales=target_locales(site, langs),
            articles=articles,
            signature=Signature(reviewer, day, role=role, note=note),
        )

    run(project, as_json=as_json, work=work, show=show)


def show(report: ApproveReport, screen: Screen) -> None:
    """How many were approved, and what refused others."""
    if report.refused:
        show_findings(CheckReport(findings=report.refused), screen)
    screen.line(f"{report.approved} approved, {len(report.refused)} refused")
