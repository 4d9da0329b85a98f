"""`publish explain`."""

from pathlib import Path

import click

from pipeline.cli.options import article, common, langs
from pipeline.cli.screen import Screen
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow.explain import ExplainReport
from pipeline.workflow.explain import explain as explain_article
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@article
def explain(
    project: Path, *, as_json: bool, langs: tuple[str, ...], article: str
) -> None:
    """Say why an article is out or held in each language, and what to do."""

    def work(site: Site, _: Progress) -> ExplainReport:
        return explain_article(site, article, locales=target_locales(site, langs))

    run(project, as_json=as_json, work=work, show=show)


def show(report: ExplainReport, screen: Screen) -> None:
    """A line a locale, and below it a table of the messages that hold it."""
    for each in report.explanations:
        output = each.output
        reason = f": {output.why}" if output.why else f", {output.path}"
        screen.line(f"{output.locale}: {output.state}{reason}")
        if each.blockers:
            screen.table(
                ("where", "source", "state", "what to do"),
                [
                    (
                        f"{b.file}:{b.line}" if b.line else b.file,
                        b.msgid,
                        f"{b.state}: {b.what}" if b.what else b.state,
                        b.to_do,
                    )
                    for b in each.blockers
                ],
            )
        for comment in each.comments:
            screen.line(f"  {comment.name}, {comment.date}: {comment.text}")
            screen.line(f"    on: {comment.msgid}")
