"""`publish extract`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.extract import ExtractReport
from pipeline.workflow.extract import extract as extract_site
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--check", is_flag=True, help="Change nothing; exit 1 if something would change."
)
def extract(
    project: Path, *, as_json: bool, langs: tuple[str, ...], check: bool
) -> None:
    """
    Collect the English sentences into catalogs (.po).

    Reads source/ and templates/, writes locales/_pot/ and the catalogs of every
    language. Translations are kept; what changed is marked fuzzy and shows the old
    English; what is gone is kept at the end of its file. Running it twice changes
    nothing.
    """

    def work(site: Site, progress: Progress) -> ExtractReport:
        locales = target_locales(site, langs)
        return extract_site(
            site, locales=locales, now=now(), check=check, progress=progress
        )

    run(project, as_json=as_json, work=work, show=show)


def show(report: ExtractReport, screen: Screen) -> None:
    """A table of the catalogs that changed, and one line for the rest."""
    for old, new in report.renamed:
        screen.line(f"{old} is now {new}; its translations went with it")
    changed = [each for each in report.domains if each.written]
    if changed:
        numbers = ("new", "changed", "moved", "kept", "obsolete")
        screen.table(
            ("language", "catalog", *numbers),
            [
                (
                    each.locale,
                    each.domain,
                    *(str(getattr(each, name)) for name in numbers),
                )
                for each in changed
            ],
            right=numbers,
        )
    unchanged = len(report.domains) - len(changed)
    verb = "would change" if report.is_check else "changed"
    screen.line(f"{count(len(changed), 'catalog')} {verb}, {unchanged} up to date")
