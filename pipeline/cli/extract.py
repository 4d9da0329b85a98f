"""`publish extract`."""

from pathlib import Path
from typing import Final

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.extract import ExtractReport
from pipeline.workflow.extract import extract as extract_site
from pipeline.workflow.locales import target_locales
from pipeline.workflow.merging import DomainChange
from pipeline.workflow.report import Progress

MANY: Final = 40
"""Catalogs in a table; of more, a person reads the sums."""

_NUMBERS: Final = ("new", "changed", "moved", "kept", "obsolete")


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
        rows = _rows(changed) if len(changed) <= MANY else _sums(changed)
        screen.table(("language", "catalog", *_NUMBERS), rows, right=_NUMBERS)
    unchanged = len(report.domains) - len(changed)
    verb = "would change" if report.is_check else "changed"
    templates = len(report.templates_written)
    if templates:
        screen.line(f"{count(templates, 'template')} in locales/_pot {verb}")
    screen.line(f"{count(len(changed), 'catalog')} {verb}, {unchanged} up to date")


def _rows(changed: list[DomainChange]) -> list[tuple[str, ...]]:
    return [
        (each.locale, each.domain, *(str(getattr(each, name)) for name in _NUMBERS))
        for each in changed
    ]


def _sums(changed: list[DomainChange]) -> list[tuple[str, ...]]:
    """A row a language."""
    rows = []
    for locale in dict.fromkeys(each.locale for each in changed):
        own = [each for each in changed if each.locale == locale]
        sums = (str(sum(getattr(each, name) for each in own)) for name in _NUMBERS)
        rows.append((locale, count(len(own), "catalog"), *sums))
    return rows
