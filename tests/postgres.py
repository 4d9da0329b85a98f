"""A PostgreSQL of the tests' own, in a folder, behind a socket that no one else knows."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "postgres"
"""Debian's user; the server does not run as root."""


def programs() -> Path | None:
    """Where Debian has the newest server, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return found[-1].parent if found else None


def _as_owner(*command: str, user: str) -> None:
    needs_change = os.geteuid() == 0
    prefix = ["runuser", "-u", user, "--"] if needs_change else []
    subprocess.run(
        [*prefix, *command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server in an empty folder, as long as the context lasts."""
    place = programs()
    assert place is not None
    user = OWNER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    secret = folder / "secret"
    secret.write_text("s3cret-word", encoding="utf-8")
    secret.chmod(0o644)
    data = str(folder / "data")
    _as_owner(
        *(str(place / "initdb"), "-D", data, "-U", user, "-E", "UTF8", "--no-sync"),
        *("--locale=C", "--auth=scram-sha-256", f"--pwfile={secret}"),
        user=user,
    )
    # No port: nobody else can reach it, and no two can meet.
    settings = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    )
    control = (str(place / "pg_ctl"), "-D", data, "-w", "-t", "30")
    _as_owner(*control, "-l", str(folder / "log"), "-o", settings, "start", user=user)
    try:
        yield f"postgresql://{user}:s3cret-word@/postgres?host={folder}"
    finally:
        _as_owner(*control, "-m", "immediate", "stop", user=user)
