"""`publish glossary`."""

from collections.abc import Callable
from pathlib import Path

import click

from pipeline.cli.options import common, langs, required
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow.glossary import (
    ExportReport,
    ImportReport,
    SearchReport,
    export_terms,
    import_terms,
    search_terms,
)
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress

_COLUMNS = ("lang", "term", "translation", "status", "note")


@click.command()
@common
@langs
@click.argument("action", type=click.Choice(["import", "export", "search"]))
@click.argument("what", required=False, metavar="[FILE or TEXT]")
def glossary(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    action: str,
    what: str | None,
) -> None:
    """
    Import, export or search the words of the field.

    `import FILE` puts the terms of a CSV or TBX file into locales/LANG/glossary.csv.
    `export [FILE]` writes them as CSV or TBX, by the file's suffix; without a file, CSV
    on standard output. `search TEXT` shows the terms that stand in a text, in either
    language and in whatever form, or that have the text in them.
    """
    actions: dict[str, Callable[..., None]] = {
        "import": _import,
        "export": _export,
        "search": _search,
    }
    actions[action](project, as_json, langs, what)


def _import(
    project: Path,
    as_json: bool,  # noqa: FBT001 - one caller
    langs: tuple[str, ...],
    what: str | None,
) -> None:
    def work(site: Site, _: Progress) -> ImportReport:
        file = Path(required(what, "publish glossary import terms.tbx"))
        return import_terms(site, file, locales=target_locales(site, langs))

    run(project, as_json=as_json, work=work, show=show_import)


def _export(
    project: Path,
    as_json: bool,  # noqa: FBT001 - one caller
    langs: tuple[str, ...],
    what: str | None,
) -> None:
    def work(site: Site, _: Progress) -> ExportReport:
        file = Path(what) if what else None
        return export_terms(site, file, locales=target_locales(site, langs))

    def show(report: ExportReport, screen: Screen) -> None:
        show_export(report, screen, as_json=as_json)

    run(project, as_json=as_json, work=work, show=show)


def _search(
    project: Path,
    as_json: bool,  # noqa: FBT001 - one caller
    langs: tuple[str, ...],
    what: str | None,
) -> None:
    def work(site: Site, _: Progress) -> SearchReport:
        text = required(what, 'publish glossary search "hair loss"')
        return search_terms(site, text, locales=target_locales(site, langs))

    run(project, as_json=as_json, work=work, show=show_search)


def show_import(report: ImportReport, screen: Screen) -> None:
    """A line a language."""
    for each in report.locales:
        screen.line(
            f"{each.locale}: {each.new} new, {each.changed} changed, {each.kept} kept"
        )


def show_export(report: ExportReport, screen: Screen, *, as_json: bool) -> None:
    """The text itself, or how much is in the file."""
    if report.written:
        screen.line(f"{count(len(report.units), 'term')} in {report.written}")
    elif not as_json:
        for line in report.text.splitlines():
            screen.line(line)


def show_search(report: SearchReport, screen: Screen) -> None:
    """A table of the terms."""
    if report.units:
        screen.table(
            _COLUMNS,
            [
                (
                    unit.locale,
                    unit.row.term.source,
                    unit.row.term.target,
                    unit.row.term.status,
                    unit.row.term.note,
                )
                for unit in report.units
            ],
        )
    screen.line(f"{count(len(report.units), 'term')} found")
