"""
How work is spread: one after the other, over processes, or over a
cluster; the results are the same.

Workers are forked, so that they share what the parent has read; only an index goes to
them and only a frozen result comes back.
"""

import os
import signal
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Final, TypeAlias, TypeVar, cast
from urllib.parse import urlsplit

from pipeline.errors import PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site

R = TypeVar("R")

WORTH_IT: Final = 48
"""Jobs below which starting processes costs more than it saves."""

_TOGETHER: Final = 64
"""Jobs that a worker takes at once."""

_UNSAFE_SHARES: Final = frozenset({"ftp", "http", "memory"})
"""Without encryption, or within one process."""

_task: Callable[[int], object] | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask scheduler, and how its workers see a site's folder."""

    scheduler: str
    root: str
    share: str = ""
    """By which they get its files; empty: they have it under the same path."""


Workers: TypeAlias = int | Cluster
"""Who does the work: so many processes of this machine, or a cluster."""


def workers_of(
    site: Site, *, jobs: int, executor: str, scheduler: str, share: str = ""
) -> Workers:
    """
    Who works for a site; what is empty is as the configuration has it.

    Raises UsageError for a cluster without a scheduler, and for one that could be
    listened to on the way.
    """
    executor = executor or site.executor
    if executor != "dask":
        if scheduler or share:
            name = "--scheduler" if scheduler else "--share"
            raise UsageError(f"{name} goes with --executor dask")
        return worker_count(jobs or site.jobs, executor)
    address = scheduler or site.scheduler
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"the scheduler is no address: {error}") from error
    if parts.scheme not in {"tls", "tcp"} or not host or not port:
        raise UsageError(
            f"the scheduler is {address!r}" if address else "no scheduler is named",
            hint="name it as in --scheduler tls://dask.clinic.example:8786",
        )
    if parts.scheme == "tcp" and not _is_loopback(host):
        raise UsageError(
            f"the scheduler {address} is not on this machine, and speaks without TLS",
            hint="use tls://: who reaches a scheduler can run anything on its workers",
        )
    share = share or site.share
    if share and share.partition("://")[0] in _UNSAFE_SHARES:
        raise UsageError(
            f"what the cluster shares is named {share!r}",
            hint="name what all machines reach, and nobody else reads on the way: "
            "s3://, sftp://, or file:// for a network drive",
        )
    return Cluster(address, site.root, share)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def worker_count(jobs: int, executor: str) -> int:
    """How many processes `--jobs` (0: one a core) and `--executor` ask for."""
    if executor == "serial":
        return 1
    return jobs or len(os.sched_getaffinity(0))


def spread(
    function: Callable[[int], R], count: int, *, workers: Workers, size: int = 1
) -> Iterator[R]:
    """
    `function(0)` to `function(count - 1)`, in this order, whoever does them.

    `size` is how many jobs each of them counts for.

    Raises what the function raises, and PublishError where a worker was killed.
    """
    if count * size < WORTH_IT:
        yield from map(function, range(count))
        return
    if isinstance(workers, Cluster):
        from pipeline.workflow.cluster import spread_on_cluster

        yield from spread_on_cluster(
            function,
            count,
            scheduler=workers.scheduler,
            root=Path(workers.root),
            share=workers.share,
        )
        return
    if workers < 2 or count < 2:  # noqa: PLR2004 - one worker is ourselves
        yield from map(function, range(count))
        return
    # Heavy, and a small site does without.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _task  # noqa: PLW0603 - what a forked worker finds, since it cannot be pickled
    _task = function
    # A worker that has nothing left to do waits for what others took last.
    chunk = max(1, min(_TOGETHER // size, count // (workers * 4)))
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(workers, fork, initializer=_leave_signals_alone)
    try:
        results = pool.map(_work, range(count), chunksize=chunk)
        yield from cast("Iterator[R]", results)
    except BrokenProcessPool as error:
        raise PublishError(
            "a worker process was killed",
            hint="memory may have run out: try again with --jobs 1",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
        _task = None


def _leave_signals_alone() -> None:
    """Ctrl-C goes to every process of the terminal; ours ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(index: int) -> object:
    assert _task is not None  # noqa: S101 - set before the fork
    return _task(index)
