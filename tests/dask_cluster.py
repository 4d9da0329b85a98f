"""A Dask cluster of the tests' own: a scheduler and two workers, over TLS."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sshd import free_port, wait_for

ROOT = Path(__file__).parents[1]
PROCESSES = "distributed.cli.dask_"


@dataclass(frozen=True)
class Running:
    """Where it listens, and who works."""

    address: str
    environment: dict[str, str]
    workers: "tuple[subprocess.Popen[bytes], ...]"


def certificates(folder: Path) -> dict[str, str]:
    """A certificate that signs itself, and where Dask finds it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-keyout", str(key), "-out", str(cert), "-days", "2"),
            *("-subj", "/CN=clinic.example"),
        ],
        check=True,
        capture_output=True,
    )
    top = "DASK_DISTRIBUTED__COMM__TLS__"
    found = {f"{top}CA_FILE": str(cert)}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        found |= {f"{top}{role}__CERT": str(cert), f"{top}{role}__KEY": str(key)}
    return found


BLIND = """\
import os, sys

def unseen(path):
    return str(path).startswith(os.environ["NOT_SEEN"])

def refuse(event, args):
    if event in {"open", "os.listdir", "os.scandir", "os.mkdir"} and unseen(args[0]):
        raise FileNotFoundError(2, f"a worker does not see {args[0]}")

def blinded(stat):
    def seen(path, **options):
        if not isinstance(path, int) and unseen(path):
            raise FileNotFoundError(2, f"a worker does not see {path}")
        return stat(path, **options)
    return seen

sys.addaudithook(refuse)
os.stat, os.lstat = blinded(os.stat), blinded(os.lstat)
"""


def blind(folder: Path, unseen: Path) -> dict[str, str]:
    """The environment of workers that do not see a folder of this machine."""
    (folder / "sitecustomize.py").write_text(BLIND)
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "NOT_SEEN": str(unseen)}


@contextmanager
def cluster(
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    dashboard: Sequence[str] = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0"),
) -> Iterator[Running]:
    """
    A scheduler and two workers with a thread each, as long as the context lasts.

    `environment` is for the workers alone.
    """
    port = free_port()
    address = f"tls://127.0.0.1:{port}"
    extra = certificates(folder) | {"PYTHONPATH": str(ROOT)}
    started: list[subprocess.Popen[bytes]] = []

    def start(
        name: str, *args: str, more: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        with (folder / f"{name}-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"{PROCESSES}{name}", *args, *dashboard],
                cwd=folder,
                env={**os.environ, **extra, **(more or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    try:
        listen = ("--host", "tls://127.0.0.1", "--port", str(port), "--protocol", "tls")
        wait_for(port, start("scheduler", *listen))
        options = (address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        workers = tuple(start("worker", *options, more=environment) for _ in range(2))
        deadline = time.monotonic() + 60
        logs = [folder / "worker-1.log", folder / "worker-2.log"]
        while not all(b"Registered to" in log.read_bytes() for log in logs):
            assert time.monotonic() < deadline, logs[0].read_text()
            time.sleep(0.05)
        yield Running(address, extra, workers)
    finally:
        # Told to end, they would wait for one another.
        for process in started:
            process.kill()
        for process in started:
            process.wait()
