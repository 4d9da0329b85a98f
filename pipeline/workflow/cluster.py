"""
Work on a Dask cluster: the one door to it.

What all jobs need goes to every worker once; a job is two numbers, and frozen results
come back. A worker that dies is replaced by the others. They share the site's folder
with us, under the same path, and must have the same program.
"""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Final, TypeVar, cast

from pipeline.errors import PublishError
from pipeline.store.files import plain_causes

if TYPE_CHECKING:
    from distributed import Client

R = TypeVar("R")

_PATIENCE: Final = 20
"""Seconds until a scheduler that does not answer is given up."""

_LARGEST: Final = 64
_SHARES: Final = 4
"""Into how many pieces the work of a thread is cut, so that none ends long after."""

_loaded = local()


def spread_on_cluster(
    function: Callable[[int], R], count: int, *, scheduler: str, root: Path
) -> Iterator[R]:
    """
    `function(0)` to `function(count - 1)`, in this order, on the workers there are.

    Raises what the function raises, and PublishError where the cluster cannot be used.
    """
    import cloudpickle

    packed = cloudpickle.dumps(function)
    with _causes(scheduler), _shared(root) as token, _client(scheduler) as client:
        client.wait_for_workers(1, timeout=_PATIENCE)
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
        threads = sum(worker["nthreads"] for worker in workers)
        size = max(1, min(_LARGEST, count // (threads * _SHARES)))
        (there,) = client.scatter([packed], broadcast=True, hash=False)
        jobs = [
            client.submit(
                work,
                there,
                start,
                min(start + size, count),
                token=str(token),
                version=program(),
                pure=False,
            )
            for start in range(0, count, size)
        ]
        for job in jobs:
            yield from cast("list[R]", job.result())


def work(
    packed: bytes, start: int, stop: int, *, token: str, version: str
) -> list[object]:
    """What a worker does: some of the jobs."""
    if program() != version:
        raise PublishError(
            "a worker of the cluster has another version of publish",
            hint="install the same one everywhere",
        )
    if not Path(token).exists():
        raise PublishError(
            f"a worker of the cluster does not see {Path(token).parent}",
            hint="the workers need the site's folder under the same path",
        )
    # Each thread has its own: what is loaded there holds open files.
    if getattr(_loaded, "packed", None) != packed:
        _loaded.function = pickle.loads(packed)  # noqa: S301 - the scheduler is trusted
        _loaded.packed = packed
    function = cast("Callable[[int], object]", _loaded.function)
    return [function(index) for index in range(start, stop)]


@cache
def program() -> str:
    """Tells one version of the program from another, on whatever machine."""
    package = Path(__file__).parents[1]
    found = blake2b(digest_size=16)
    for path in sorted(package.rglob("*.py")):
        found.update(f"{path.relative_to(package).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


@contextmanager
def _client(scheduler: str) -> Iterator["Client"]:
    from distributed import Client, Security

    # Keys and certificates are those of Dask's own configuration.
    security = Security(require_encryption=scheduler.startswith("tls://"))
    with Client(
        scheduler, security=security, timeout=_PATIENCE, set_as_default=False
    ) as client:
        yield client


@contextmanager
def _shared(root: Path) -> Iterator[Path]:
    """A file that tells a worker that it sees the same folder."""
    token = root / ".publish" / f".publish-{os.urandom(8).hex()}.tmp"
    with plain_causes("cannot be written", token, root):
        token.parent.mkdir(exist_ok=True)
        token.touch()
    try:
        yield token
    finally:
        with suppress(OSError):
            token.unlink()


@contextmanager
def _causes(scheduler: str) -> Iterator[None]:
    from distributed import CancelledError, KilledWorker

    try:
        yield
    except KilledWorker as error:
        raise PublishError(
            "worker after worker of the cluster died of the same work",
            path=scheduler,
            hint="their memory may have run out: give them more, or use processes",
        ) from error
    except (OSError, CancelledError) as error:
        raise PublishError(
            f"the cluster cannot be used: {error}",
            path=scheduler,
            hint="is the scheduler there, has it workers, and are the certificates "
            "those of DASK_DISTRIBUTED__COMM__TLS__*?",
        ) from error
