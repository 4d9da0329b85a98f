"""`publish pretranslate`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.locales import target_locales
from pipeline.workflow.pretranslate import PretranslateReport
from pipeline.workflow.pretranslate import pretranslate as fill
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="Ask this engine; repeatable, in this order (default: the configured ones).",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be filled and sent.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help="Send at most this many characters to engines.",
)
@click.option(
    "--max-cost",
    type=click.FloatRange(min=0),
    default=None,
    metavar="AMOUNT",
    help="Spend at most this much, by the configured prices.",
)
@click.option("--offline", is_flag=True, help="Open no connection: the memory alone.")
def pretranslate(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    engines: tuple[str, ...],
    dry_run: bool,
    max_chars: int | None,
    max_cost: float | None,
    offline: bool,
) -> None:
    """
    Fill in drafts from memory and machines, for people to review.

    The memory comes first: what was translated before is used again. What a machine
    wrote, and what only resembles a text of the memory, is marked fuzzy and says where
    it comes from; it is never published before a person clears the mark.
    """

    def work(site: Site, progress: Progress) -> PretranslateReport:
        return fill(
            site,
            locales=target_locales(site, langs),
            engines=engines or None,
            dry_run=dry_run,
            max_chars=max_chars,
            max_cost=max_cost,
            offline=offline,
            today=now().strftime("%Y-%m-%d"),
            progress=progress,
        )

    run(project, as_json=as_json, work=work, show=show)


def show(report: PretranslateReport, screen: Screen) -> None:
    """A line a locale, and a table of the texts that no engine could translate."""
    verb = "would be filled" if report.is_dry_run else "filled"
    sent = "would be sent" if report.is_dry_run else "sent"
    for each in report.locales:
        filled = ", ".join(f"{n} from {name}" for name, n in each.filled.items())
        screen.line(
            f"{each.locale}: {filled or 'nothing'} {verb}; {each.left} left; "
            f"{each.characters} characters {sent}",
        )
        if each.failed:
            screen.table(
                ("catalog", "source", "engine", "why"),
                [(f.domain, f.msgid, f.engine, f.why) for f in each.failed],
            )
