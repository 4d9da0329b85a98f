"""An OpenSSH server of the tests' own, on this machine alone, with keys of its own."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")


@dataclass(frozen=True)
class Server:
    """Where it listens, and what a client needs."""

    address: str
    """`sftp://user@127.0.0.1:port`."""

    known_hosts: Path
    key: Path
    folder: Path

    @property
    def options(self) -> tuple[str, ...]:
        return ("--known-hosts", str(self.known_hosts), "--key", str(self.key))


def new_key(path: Path) -> str:
    """A key pair; the public half as files of known servers have it."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
    subprocess.run(command, check=True)
    kind, key, *_ = path.with_suffix(".pub").read_text(encoding="utf-8").split()
    return f"{kind} {key}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server, as long as the context lasts; `folder` is empty."""
    assert PROGRAM is not None
    folder.mkdir()
    port = free_port()
    host = new_key(folder / "host")
    (folder / "authorized").write_text(new_key(folder / "key"), encoding="utf-8")
    known = folder / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {host}\n", encoding="utf-8")
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "PidFile": "none",
        "AuthorizedKeysFile": folder / "authorized",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "Subsystem": "sftp internal-sftp",
    }
    conf = folder / "conf"
    lines = (f"{key} {value}\n" for key, value in settings.items())
    conf.write_text("".join(lines), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    process = subprocess.Popen(
        [PROGRAM, "-D", "-f", str(conf), "-E", str(folder / "log")],
        stdin=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        (folder / "srv").mkdir()
        address = f"sftp://{getpass.getuser()}@127.0.0.1:{port}"
        yield Server(address, known, folder / "key", folder / "srv")
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
