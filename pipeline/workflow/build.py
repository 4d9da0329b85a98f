"""
`publish build`: the pages and mails that may go out, and nothing else, into `dist/`.

What a build with nothing to do needs is here; the work is in `quiet.py` and `whole.py`,
which are imported only where there is some.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING, Final

from pipeline.model.site import Site
from pipeline.store.config import required_for_build
from pipeline.store.lock import locked
from pipeline.workflow.again import Said
from pipeline.workflow.executors import worker_count
from pipeline.workflow.fresh import Fresh
from pipeline.workflow.locales import build_locales
from pipeline.workflow.outcome import BuildOptions, BuildReport, report_from
from pipeline.workflow.report import Progress, silent

if TYPE_CHECKING:
    from pipeline.workflow.assembly import Assembly, Built
    from pipeline.workflow.journaling import Journaled

_FEW: Final = 10
"""Files that may have been saved before it pays to look for garbage meanwhile."""

_MANY: Final = 2000
"""Files for which it pays to start another process."""


def build(
    site: Site,
    options: BuildOptions,
    *,
    now: datetime,
    progress: Progress = silent,
    placed: Callable[[], None] | None = None,
) -> BuildReport:
    """
    Build the site's `dist/`, or with `draft` its `dist/draft/`.

    A bad article, catalog or text is reported and never stops the others. `placed` is
    called when the pages are in their places, before the records of them. Raises
    UsageError for a locale that is not the site's, and StoreError where the disk
    refuses: each file that was written until then is whole.
    """
    required_for_build(site)
    locales = build_locales(site, options.asked, draft=options.draft)
    if (
        options.scheduler
        or options.share
        or "dask" in {options.executor, site.executor}
    ):
        _require_scheduler(site, options)
    looked = time_ns()
    fresh = Fresh(
        site,
        options={"locales": locales, "preview": options.preview},
        name="draft" if options.draft else "build",
    )
    last = fresh.unchanged()
    if last is not None:
        return report_from(last)
    started = time_ns()
    with (
        locked(Path(site.root)),
        _looking(site, options, fresh) as are_untouched,
        _journaling(site, options, fresh, locales, looked) as journaled,
    ):
        from pipeline.workflow.assembly import Assembly

        assembly = Assembly(
            site,
            options,
            locales,
            now,
            progress,
            fresh.inputs,
            started,
            fresh.code,
            placed,
        )
        quiet = partial(_quiet, assembly, fresh, are_untouched)
        report, keep = _built(assembly, fresh, quiet)
        found = journaled()
        if not report.holds or not found.went_well:
            fresh.forget()
        else:
            said = report.in_short() if _is_plain(site, options) else None
            keep(said)
    return found.told_in(report)


@contextmanager
def _looking(
    site: Site, options: BuildOptions, fresh: Fresh
) -> Iterator[Callable[[], bool]]:
    """
    What tells whether the outputs of the last build are as it left them.

    Of many that is found out by another process, while this one is still starting.
    """
    if _is_alone(site, options) or fresh.output_count < _MANY:
        yield fresh.are_outputs_untouched
        return
    from pipeline.workflow.meanwhile import meanwhile

    def work() -> dict[str, str]:
        return {"same": "yes" if fresh.are_outputs_untouched() else ""}

    with meanwhile(work) as result:
        yield lambda: bool(result()["same"])


@contextmanager
def _journaling(
    site: Site,
    options: BuildOptions,
    fresh: Fresh,
    locales: Sequence[str],
    looked: int,
) -> Iterator[Callable[[], "Journaled"]]:
    """
    What journals the catalogs, and tells what the journal had to say.

    A first build of many has all of them to journal, which another process does: a
    build writes none of them, so that their words are as safe as their files.
    """
    from pipeline.workflow.journaling import journal_catalogs, journal_meanwhile

    read = [locale for locale in locales if locale in site.locales]
    work = partial(
        journal_catalogs, site, read, "build", seen=fresh.inputs, checked=looked
    )
    is_small = fresh.output_count or len(fresh.inputs) < _MANY
    if is_small or _is_alone(site, options):
        found = work()
        yield lambda: found
        return
    with journal_meanwhile(work) as result:
        yield result


def _is_alone(site: Site, options: BuildOptions) -> bool:
    """Whether there is to be no other process."""
    executor = options.executor or site.executor
    return worker_count(options.jobs or site.jobs, executor) == 1


def _built(
    assembly: "Assembly",
    fresh: Fresh,
    make: Callable[[], tuple["Built | None", Collection[str]]],
) -> tuple[BuildReport, Callable[[Said | None], None]]:
    """What came of it, and what keeps that; the rest is in the ledger now."""
    try:
        quiet, saved = make()
        if quiet is None:
            # Should it be cut off, nothing says that all there belongs to a build.
            fresh.forget()
            # Of a large site that is many megabytes, and nobody asks for it any more.
            fresh.let_go()
            gc.enable()
        report, files, ledger, is_told = quiet or _whole(assembly)
    finally:
        assembly.sweep()
    mark: object = ""
    if not fresh.moved(saved if quiet else None):
        mark = assembly.keep(ledger)
        if not quiet:
            assembly.tidy(ledger)

    def keep(said: Said | None) -> None:
        told = (is_told and fresh.report) or report.as_state()
        fresh.remember(assembly.started, files, told, said, mark)

    return report, keep


def _whole(assembly: "Assembly") -> "Built":
    """What came of a build that looked at the whole site."""
    from pipeline.workflow.whole import whole_build

    return whole_build(assembly)


def _quiet(
    assembly: "Assembly", fresh: Fresh, are_untouched: Callable[[], bool]
) -> tuple["Built | None", Collection[str]]:
    """What came of a build of what was saved alone, if that is all, and what it was."""
    from pipeline.workflow.quiet import quiet_build

    # Known here alone: what of the last build is in memory must not stay there.
    saved = fresh.saved()
    if not saved or len(saved[1]) > _FEW:
        gc.enable()
    if not saved:
        return None, ()
    return quiet_build(assembly, *saved, are_untouched=are_untouched), saved[1]


def _is_plain(site: Site, options: BuildOptions) -> bool:
    """Whether it is what `publish build` asks for, with no option at all."""
    return options == BuildOptions() and site.executor != "dask"


def _require_scheduler(site: Site, options: BuildOptions) -> None:
    """Raise UsageError where there is none, also where there is nothing to do."""
    from pipeline.workflow.executors import workers_of

    workers_of(
        site,
        jobs=options.jobs,
        executor=options.executor,
        scheduler=options.scheduler,
        share=options.share,
    )
