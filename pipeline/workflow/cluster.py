"""
Work on a Dask cluster: the one door to it.

What all jobs need goes to every worker once; a job is two numbers, and frozen results
come back. A worker that dies is replaced by the others. They have the same program as
we, and share the site's folder with us under the same path, or get its files by a
share.
"""

import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path, PurePath
from threading import local
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar, cast

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.render.strings import builtin_templates
from pipeline.store.files import plain_causes
from pipeline.workflow.workspace import Outfit, Returns, Workspace, outfitted

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
    function: Callable[[int], R],
    count: int,
    *,
    scheduler: str,
    root: Path,
    share: str = "",
) -> Iterator[R]:
    """
    `function(0)` to `function(count - 1)`, in this order, on the workers there are.

    Raises what the function raises, and PublishError where the cluster cannot be used.
    """
    if not share:
        with _shared(root) as token:
            there = Whereabouts(str(root), token=str(token))
            for results, _ in _spread(function, count, scheduler, there):
                yield from cast("list[R]", results)
        return
    with outfitted(root, share) as outfit:
        there = Whereabouts(str(root), outfit=outfit)
        returns = Returns(outfit, root)
        for results, made in _spread(function, count, scheduler, there):
            returns.take(made)
            yield from cast("list[R]", results)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the site's folder is for a worker."""

    root: str
    """Where it is for us."""

    token: str = ""
    """A file that only those see who see our folder."""

    outfit: Outfit | None = None
    """For those who do not: what they make a folder of their own of."""


Results: TypeAlias = tuple[list[object], str]
"""What some jobs gave, and what was made meanwhile, by its name on the share."""


def _spread(
    function: Callable[[int], object],
    count: int,
    scheduler: str,
    whereabouts: Whereabouts,
) -> Iterator[Results]:
    packed = dumped(function, _roots(whereabouts.root))
    with _causes(scheduler), _client(scheduler) as client:
        client.wait_for_workers(1, timeout=_PATIENCE)
        _require_private(client, scheduler)
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
                whereabouts=whereabouts,
                version=program(),
                pure=False,
            )
            for start in range(0, count, size)
        ]
        for job in jobs:
            yield job.result()


def work(
    packed: bytes, start: int, stop: int, *, whereabouts: Whereabouts, version: str
) -> Results:
    """What a worker does: some of the jobs."""
    if program() != version:
        raise PublishError(
            "a worker of the cluster has another version of publish",
            hint="install the same one everywhere",
        )
    if whereabouts.token and not Path(whereabouts.token).exists():
        raise PublishError(
            f"a worker of the cluster does not see {Path(whereabouts.token).parent}",
            hint="give the workers the site's folder under the same path, or name what "
            "they share with us: --share s3://bucket/site",
        )
    # Each thread has its own: what is loaded there holds open files.
    if getattr(_loaded, "packed", None) != packed:
        _loaded.packed = None
        _loaded.workspace = (
            Workspace(whereabouts.outfit) if whereabouts.outfit else None
        )
        root = str(_loaded.workspace.root) if whereabouts.outfit else whereabouts.root
        _loaded.function = loaded(packed, _roots(root))
        _loaded.packed = packed
    function = cast("Callable[[int], object]", _loaded.function)
    results = [function(index) for index in range(start, stop)]
    return results, _loaded.workspace.send() if _loaded.workspace else ""


def _roots(root: str) -> dict[str, str]:
    """The folders that may be elsewhere on another machine."""
    return {"site": root, "templates": builtin_templates()}


def dumped(value: object, roots: Mapping[str, str]) -> bytes:
    """A value as bytes, with paths below these folders as below their names."""
    import cloudpickle

    class Pickler(cloudpickle.Pickler):  # type: ignore[misc]  # it is untyped
        def persistent_id(self, part: object) -> tuple[str, str, bool] | None:
            if not isinstance(part, str | PurePath):
                return None
            text = str(part)
            for name, root in roots.items():
                if text == root or text.startswith(f"{root}/"):
                    return name, text[len(root) :], isinstance(part, PurePath)
            return None

    written = BytesIO()
    Pickler(written).dump(value)
    return written.getvalue()


def loaded(data: bytes, roots: Mapping[str, str]) -> object:
    """The value, with these folders in the place of the names."""

    class Unpickler(pickle.Unpickler):
        def persistent_load(self, part: tuple[str, str, bool]) -> str | Path:
            name, below, is_path = part
            text = f"{roots[name]}{below}"
            return Path(text) if is_path else text

    return Unpickler(BytesIO(data)).load()


@cache
def program() -> str:
    """Tells one version of the program from another, on whatever machine."""
    package, templates = Path(__file__).parents[1], Path(builtin_templates())
    files = [(path, package) for path in package.rglob("*.py")]
    files += [(path, templates) for path in templates.rglob("*") if path.is_file()]
    found = blake2b(digest_size=16)
    for path, top in sorted(files):
        found.update(f"{path.relative_to(top).as_posix()}\0".encode())
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


def _require_private(client: "Client", scheduler: str) -> None:
    """
    Raise PublishError where what tells of the cluster's work answers on a network.

    Dask has it listen on every interface, also with `--no-dashboard`, without TLS.
    """
    found: dict[str, list[str]] = dict(client.run(listens_at))
    # A scheduler may be told to run nothing itself; then it cannot be asked.
    with suppress(ValueError):
        found[scheduler] = client.run_on_scheduler(listens_at)
    for name, hosts in found.items():
        if not all(ip_address(host).is_loopback for host in hosts):
            raise PublishError(
                "answers questions about its work on every network interface, and "
                "without TLS",
                path=name,
                hint="start scheduler and workers with --dashboard-address 127.0.0.1:0",
            )


def listens_at(dask_scheduler: object = None, dask_worker: object = None) -> list[str]:
    """The addresses of the HTTP server of a scheduler or of a worker, asked there."""
    server = getattr(dask_scheduler or dask_worker, "http_server", None)
    sockets = getattr(server, "_sockets", {}).values()
    return [str(each.getsockname()[0]) for each in sockets]


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
