"""`publish serve`."""

import json
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click

from pipeline.cli import failure
from pipeline.cli.options import common, langs
from pipeline.cli.session import now
from pipeline.errors import PublishError
from pipeline.store.config import find_root, read_site
from pipeline.workflow.build import build
from pipeline.workflow.outcome import BuildOptions
from pipeline.workflow.serve import Preview, preview, watch


@click.command()
@common
@langs
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free port.",
)
def serve(project: Path, *, as_json: bool, langs: tuple[str, ...], port: int) -> None:
    """
    Preview in the browser; reloads when a file is saved.

    Shows drafts: what is unreviewed is marked, and every block tells its catalog entry.
    Only this machine can see it. Ctrl-C ends it.
    """
    try:
        root = find_root(project)
        with preview(root / "dist" / "draft", port=port) as running:

            def first() -> None:
                _build(root, langs)
                _say(running, as_json=as_json)
                _warm_up()

            def again() -> None:
                _rebuild(root, langs, running)

            watch(root, first=first, again=again, stop=threading.Event())
    except PublishError as error:
        failure.report_failure(error, as_json=as_json)
        sys.exit(error.exit_code)


def _say(running: Preview, *, as_json: bool) -> None:
    line = json.dumps({"url": running.url, "errors": []}) if as_json else running.url
    click.echo(line)
    sys.stdout.flush()


def _warm_up() -> None:
    """Import what the first save will need, while nobody waits for it."""
    for name in ("workflow.quiet", "workflow.journaling", "formats.markdown"):
        import_module(f"pipeline.{name}")


def _build(
    root: Path, langs: tuple[str, ...], placed: Callable[[], None] | None = None
) -> None:
    # The configuration may have changed too.
    site = read_site(root)
    options = BuildOptions(asked=langs, draft=True, preview=True)
    report = build(site, options, now=now(), placed=placed)
    failure.show(report.errors)


def _rebuild(root: Path, langs: tuple[str, ...], running: Preview) -> None:
    before = running.changes.count
    try:
        # Who looks at a page need not wait for the records of it.
        _build(root, langs, placed=running.changes.announce)
    except PublishError as error:
        failure.show([error])
    if running.changes.count == before:
        running.changes.announce()
