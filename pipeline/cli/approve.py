"""`publish approve`."""

from pathlib import Path

import click

from pipeline.cli.check import show as show_findings
from pipeline.cli.options import articles, common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.approve import ApproveReport, Chosen
from pipeline.workflow.approve import approve as record
from pipeline.workflow.approve import withdraw as take_back
from pipeline.workflow.approving import Signature
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
@click.option(
    "--message",
    "texts",
    multiple=True,
    metavar="TEXT",
    help="Only the message of this English text; repeatable.",
)
@click.option(
    "--withdraw",
    "is_withdrawal",
    is_flag=True,
    help="Take approvals of the articles named back; --note says why.",
)
@click.option(
    "--translator",
    default="",
    metavar="NAME",
    help="Who translated what, where two_person = true and that is not known.",
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
    texts: tuple[str, ...],
    is_withdrawal: bool,
    translator: str,
    articles: tuple[str, ...],
) -> None:
    """
    Record that a person approves translations.

    An approval is bound to the pair of English and translation: editing either voids
    it, undoing the edit restores it. Entries that are fuzzy or empty are passed over.
    """

    def work(site: Site, _: Progress) -> ApproveReport:
        day = now().strftime("%Y-%m-%d")
        chosen = Chosen(target_locales(site, langs), articles, texts)
        signature = Signature(reviewer, day, role=role, note=note)
        if is_withdrawal:
            return take_back(site, chosen, signature)
        return record(site, chosen, signature, translator=translator)

    run(project, as_json=as_json, work=work, show=show)


def show(report: ApproveReport, screen: Screen) -> None:
    """How many were approved, and what refused others."""
    if report.withdrawn is not None:
        screen.line(f"{count(report.withdrawn, 'approval')} taken back")
        return
    if report.refused:
        show_findings(CheckReport(findings=report.refused), screen)
    messages = {(f.file, f.msgctxt, f.msgid) for f in report.refused}
    screen.line(f"{report.approved} approved, {len(messages)} refused")
