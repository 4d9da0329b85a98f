"""`publish memory`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs, required
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow import memory as work_with
from pipeline.workflow.locales import target_locales
from pipeline.workflow.memory import MemoryReport
from pipeline.workflow.report import Progress

_FILE = "memory.tmx"


@click.command()
@common
@langs
@click.argument("action", type=click.Choice(["search", "import", "export"]))
@click.argument("what", required=False, metavar="[TEXT or FILE]")
def memory(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    action: str,
    what: str | None,
) -> None:
    """
    Search the translation memory; take TMX files in, or write one.

    `search TEXT` shows the translations of a text and of those that resemble it.
    `import FILE.tmx` copies a file into memory/, which is in git. `export [FILE]`
    writes a new file, memory.tmx if none is named.
    """

    def work(site: Site, progress: Progress) -> MemoryReport:
        del progress
        locales = target_locales(site, langs)
        if action == "export":
            return work_with.export(site, locales=locales, file=Path(what or _FILE))
        if action == "search":
            text = required(what, 'publish memory search "hair loss"')
            return work_with.search(site, locales=locales, text=text)
        file = Path(required(what, "publish memory import old.tmx"))
        return work_with.take(site, locales=locales, file=file)

    run(project, as_json=as_json, work=work, show=show)


def show(report: MemoryReport, screen: Screen) -> None:
    """A table of what was found, or a line a language."""
    if report.units:
        screen.table(
            ("language", "score", "source", "translation", "from", "date"),
            [
                (
                    unit.locale,
                    f"{unit.found.score} %",
                    unit.found.source,
                    unit.found.msgstr,
                    unit.found.place or "this site",
                    unit.found.date,
                )
                for unit in report.units
            ],
            right=("score",),
        )
    for locale, number in report.counts.items():
        screen.line(f"{locale}: {count(number, 'unit')}")
    if report.file:
        screen.line(report.file)
