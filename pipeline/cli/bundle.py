"""`publish bundle`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run
from pipeline.model.site import Site
from pipeline.workflow.bundle import BundleReport
from pipeline.workflow.bundle import bundle as make_bundle
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Where the zip goes (default: dist/bundle.zip, or dist/bundle-tr.zip).",
)
def bundle(
    project: Path, *, as_json: bool, langs: tuple[str, ...], out: Path | None
) -> None:
    """
    Make a zip of what is published, to hand over.

    With --lang, of those languages only. It opens from a folder, and it carries its
    checksums: `sha256sum -c SHA256SUMS`. The same input gives the same bytes.
    """

    def work(site: Site, progress: Progress) -> BundleReport:
        return make_bundle(site, langs, out=out, progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def show(report: BundleReport, screen: Screen) -> None:
    """Where the zip is."""
    if not report.path:
        screen.line("no zip was made: dist/ is not whole")
        return
    screen.line(f"{report.path}: {count(report.files, 'file')}")
    screen.line(f"sha256 {report.sha256}")
