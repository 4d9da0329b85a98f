"""`publish check`."""

from collections import Counter
from pathlib import Path
from typing import Final

import click

from pipeline import registry
from pipeline.checks import Example
from pipeline.cli.document import write_document
from pipeline.cli.findings import junit, sarif, write_text
from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run, run_anywhere
from pipeline.errors import ConfigError
from pipeline.model.finding import Severity
from pipeline.model.site import Site
from pipeline.store.config import find_root, read_site
from pipeline.workflow.check import (
    CheckExplained,
    CheckReport,
    check_files,
    check_site,
    explain_check,
)
from pipeline.workflow.locales import target_locales
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "sarif", "junit"]),
    default="text",
    help="SARIF 2.1.0 or JUnit's XML on standard output, for other programs.",
)
@click.option(
    "--explain",
    "name",
    metavar="NAME",
    help="What the check of this name finds, with examples; nothing is checked.",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[PO]...")
def check(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    form: str,
    name: str | None,
    files: tuple[Path, ...],
) -> None:
    """
    Look for mistakes in translations: numbers, links, names.

    Without a file, every catalog of the site; with files, those alone, in a site or
    not. A remark is silenced beside the string, in the translator's own comment:
    "# publish: ignore=NAME reason". Errors hold an article back, warnings do not.
    """
    if name is not None:
        run_anywhere(
            as_json=as_json, work=lambda _: explain_check(name), show=show_check
        )
    write = None if as_json else _WRITERS[form]
    if files:

        def look(_: Progress) -> CheckReport:
            return check_files(files, asked=langs, site=_site_or_none(project))

        run_anywhere(as_json=as_json, work=look, show=show, write=write)

    def work(site: Site, progress: Progress) -> CheckReport:
        return check_site(site, locales=target_locales(site, langs), progress=progress)

    run(project, as_json=as_json, work=work, show=show, write=write)


def _site_or_none(project: Path) -> Site | None:
    try:
        return read_site(find_root(project))
    except ConfigError:
        return None


def _write_sarif(report: CheckReport) -> None:
    write_document(sarif(report.findings, report.errors, registry.checks()))


def _write_junit(report: CheckReport) -> None:
    write_text(junit(report.findings, report.errors))


_WRITERS: Final = {"text": None, "sarif": _write_sarif, "junit": _write_junit}


def show_check(report: CheckExplained, screen: Screen) -> None:
    """The name and the weight of a check, what it finds, and examples."""
    screen.line(f"{report.name} ({report.severity})")
    screen.line(report.explanation)
    for kind, examples in (("good", report.good), ("bad", report.bad)):
        for each in examples:
            screen.line(f"{kind} ({each.locale}): {_shown(each)}")


def _shown(example: Example) -> str:
    source = " · ".join(filter(None, (example.source, example.plural)))
    target = " · ".join((example.msgstr, *example.forms))
    terms = "".join(f" [{term.source} = {term.target}]" for term in example.terms)
    elsewhere = f" [elsewhere: {example.elsewhere}]" if example.elsewhere else ""
    return f"{source} | {target.strip()}{terms}{elsewhere}"


def show(report: CheckReport, screen: Screen) -> None:
    """A table of source, translation, what is wrong and where; then the counts."""
    if report.findings:
        rows = [
            (
                f"{finding.file}:{finding.line}" if finding.line else finding.file,
                _shortened(finding.msgid or ""),
                _shortened(finding.msgstr),
                f"{finding.severity} ({finding.check}): {finding.message}",
            )
            for finding in report.findings
        ]
        screen.table(("where", "source", "translation", "what is wrong"), rows)
    counts = Counter(finding.severity for finding in report.findings)
    said = ", ".join(
        count(counts[each], str(each)) for each in (Severity.ERROR, Severity.WARNING)
    )
    screen.line(f"{count(report.files, 'catalog')}: {said}")


def _shortened(text: str, width: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1] + "…"
