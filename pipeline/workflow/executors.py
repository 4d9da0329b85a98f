"""
How work is spread: one after the other, or over processes; the results are the same.

Workers are forked, so that they share what the parent has read; only an index goes to
them and only a frozen result comes back.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from typing import Final, TypeVar, cast

from pipeline.errors import PublishError

R = TypeVar("R")

WORTH_IT: Final = 48
"""Jobs below which starting processes costs more than it saves."""

_task: Callable[[int], object] | None = None


def worker_count(jobs: int, executor: str) -> int:
    """How many processes `--jobs` (0: one a core) and `--executor` ask for."""
    if executor == "serial":
        return 1
    return jobs or len(os.sched_getaffinity(0))


def spread(
    function: Callable[[int], R], count: int, *, workers: int, size: int = 1
) -> Iterator[R]:
    """
    `function(0)` to `function(count - 1)`, in this order, whoever does them.

    `size` is how many jobs each of them counts for.

    Raises what the function raises, and PublishError where a worker was killed.
    """
    if workers < 2 or count < 2 or count * size < WORTH_IT:  # noqa: PLR2004 - one worker is ourselves
        yield from map(function, range(count))
        return
    # Heavy, and a small site does without.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _task  # noqa: PLW0603 - what a forked worker finds, since it cannot be pickled
    _task = function
    chunk = max(1, min(64, count // (workers * 4)))
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
