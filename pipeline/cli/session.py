"""
How every command runs: find the site, do the work, show the report, exit.

A command hands over two functions: `work` makes the report, `show` prints it.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import NoReturn, TypeVar

from pipeline.cli import failure
from pipeline.cli.document import write_document
from pipeline.cli.screen import Screen
from pipeline.errors import ConfigError, PublishError
from pipeline.model.site import Site
from pipeline.store.config import find_root, read_site
from pipeline.workflow.report import Progress, Report, silent

R = TypeVar("R", bound=Report)


def run(
    project: Path,
    *,
    as_json: bool,
    work: Callable[[Site, Progress], R],
    show: Callable[[R, Screen], None],
    write: Callable[[R], None] | None = None,
) -> NoReturn:
    """Run a command of a site and exit with its code."""

    def with_site(progress: Progress) -> R:
        return work(read_site(find_root(project)), progress)

    run_anywhere(as_json=as_json, work=with_site, show=show, write=write)


def run_anywhere(
    *,
    as_json: bool,
    work: Callable[[Progress], R],
    show: Callable[[R, Screen], None],
    write: Callable[[R], None] | None = None,
) -> NoReturn:
    """
    Run a command that needs no site, and exit with its code.

    `write` writes another document than JSON, which takes standard output as well.
    """
    try:
        with _progress() as progress:
            report = work(progress)
    except PublishError as error:
        failure.report_failure(error, as_json=as_json)
        sys.exit(error.exit_code)
    if as_json:
        write_document(report.as_json())
    elif write:
        write(report)
    screen = Screen(to_stderr=as_json or write is not None)
    show(report, screen)
    for note in report.notes:
        screen.line(f"note: {note}")
    sys.stdout.flush()
    failure.show(report.errors)
    sys.exit(report.exit_code)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on standard error where a person looks at it; silence elsewhere."""
    if not sys.stderr.isatty() or environ.get("TERM") == "dumb":
        yield silent
        return
    bar: object = None

    def advance(what: str, done: int, total: int, note: str = "") -> None:
        nonlocal bar
        if bar is None:
            from pipeline.cli.bar import Bar

            bar = Bar().__enter__()
        bar.advance(what, done, total, note)  # type: ignore[attr-defined]  # made above

    try:
        yield advance
    finally:
        if bar is not None:
            bar.__exit__(None, None, None)  # type: ignore[attr-defined]  # made above


def now() -> datetime:
    """
    The present, or SOURCE_DATE_EPOCH where that is set (reproducible-builds.org).

    Raises ConfigError if it is set to something that is not seconds since 1970.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if epoch is None or epoch == "":
        return datetime.now(tz=UTC)
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(
            f"SOURCE_DATE_EPOCH is {epoch!r}",
            hint="it must be whole seconds since 1970-01-01, or not be set",
        ) from error
