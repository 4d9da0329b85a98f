"""
How work is spread: one after the other, or over processes; the results are the same.

Workers are forked, so that they share what the parent has read; only an index goes to
them and only a frozen result comes back.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from typing import Final, TypeVar, cast

R = TypeVar("R")

WORTH_IT: Final = 48
"""Jobs below which starting processes costs more than it saves."""

_task: Callable[[int], object] | None = None


def worker_count(jobs: int, executor: str) -> int:
    """How many processes `--jobs` (0: one a core) and `--executor` ask for."""
    if executor == "serial":
        return 1
    return jobs or len(os.sched_getaffinity(0))


def spread(function: Callable[[int], R], count: int, *, workers: int) -> Iterator[R]:
    """`function(0)` to `function(count - 1)`, in this order, whoever does them."""
    global _task  # noqa: PLW0603 - what a forked worker finds, since it cannot be pickled
    if workers < 2 or count < WORTH_IT:  # noqa: PLR2004 - one worker is ourselves
        yield from map(function, range(count))
        return
    _task = function
    chunk = max(1, min(64, count // (workers * 4)))
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            results = cast("Iterator[R]", pool.imap(_work, range(count), chunk))
            yield from results
    finally:
        _task = None


def _work(index: int) -> object:
    assert _task is not None  # noqa: S101 - set before the fork
    return _task(index)
