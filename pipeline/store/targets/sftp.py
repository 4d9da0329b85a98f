"""
A target on another machine, over SFTP: the one door to asyncssh.

The server's key must be known, as for `ssh` with StrictHostKeyChecking: who answers is
who the file known_hosts says, or nothing is sent. Files are brought several at a time,
because each of them waits for the network and not for us.
"""

import asyncio
import os
import posixpath
import stat
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Final, TypeVar, cast
from urllib.parse import SplitResult, unquote

import asyncssh

from pipeline.errors import StoreError, UsageError
from pipeline.late import dataclass
from pipeline.store.targets import FOLDERS, Part, several

R = TypeVar("R")

PASSWORD: Final = "PUBLISH_DEPLOY_PASSWORD"  # noqa: S105 - the variable's name
_AT_ONCE: Final = 16
_PATIENCE: Final = 20
"""Seconds until a server that does not answer is given up."""


@dataclass(frozen=True, slots=True)
class SftpDoor:
    """How a server is entered."""

    known_hosts: Path | None = None
    """None: the file of this user, and that of the machine."""

    key: Path | None = None
    """None: the agent's keys, and those of this user."""


class SftpTarget:
    """A folder on a server: `sftp://user@host:port/folder`, or `/~/folder`."""

    def __init__(self, address: SplitResult, door: SftpDoor) -> None:
        self.name = address.geturl()
        self._top = _folder(address)
        self._made: dict[str, asyncio.Lock | None] = {}
        # In a thread of its own, where no Ctrl-C can fall into half a packet.
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            with self._causes(self.name):
                self._connection = self._run(_connect(address, door))
                self._sftp = self._run(_enter(self._connection))
        except BaseException:
            self._end_loop()
            raise

    def files(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        with self._causes(self.name):
            found.update(self._run(self._listed("", deep=False)))
            for name in FOLDERS:
                found.update(self._run(self._listed(name, deep=True)))
        return found

    async def _listed(self, top: str, *, deep: bool) -> dict[str, int]:
        """Plain files by path; folders are read side by side, links left alone."""
        found: dict[str, int] = {}
        level = [top]
        while level:
            below: list[str] = []
            for start in range(0, len(level), _AT_ONCE):
                some = level[start : start + _AT_ONCE]
                for rows in await asyncio.gather(*map(self._entries, some)):
                    for path, mode, size in rows:
                        if stat.S_ISREG(mode):
                            found[path] = size
                        elif stat.S_ISDIR(mode) and deep:
                            below.append(path)
            level = below
        return found

    async def _entries(self, folder: str) -> list[tuple[str, int, int]]:
        with suppress(asyncssh.SFTPNoSuchFile, asyncssh.SFTPNotADirectory):
            status = await self._sftp.lstat(self._place(folder))
            if folder and not stat.S_ISDIR(status.permissions or 0):
                return []
            rows = await self._sftp.readdir(self._place(folder))
            return [
                (
                    posixpath.join(folder, _text(row.filename)),
                    row.attrs.permissions or 0,
                    row.attrs.size or 0,
                )
                for row in rows
                if row.filename not in {".", ".."}
            ]
        return []

    def read(self, path: str) -> bytes | None:
        async def work() -> bytes | None:
            try:
                async with self._sftp.open(self._place(path), "rb") as file:
                    return cast("bytes", await file.read())
            except asyncssh.SFTPNoSuchFile:
                return None

        with self._causes(self._place(path)):
            return self._run(work())

    def create(self, path: str, data: bytes) -> bool:
        async def work() -> bool:
            place = self._place(path)
            await self._make_folder(posixpath.dirname(place))
            try:
                async with self._sftp.open(place, "xb") as file:
                    await file.write(data)
            except asyncssh.SFTPError:
                # Before version 5 of the protocol a server cannot say why.
                if await self._sftp.exists(place):
                    return False
                raise
            return True

        with self._causes(self._place(path)):
            return self._run(work())

    def put(self, parts: Iterable[Part]) -> Iterator[str]:
        return several(lambda part: self._begin(self._put(part)), parts, most=_AT_ONCE)

    async def _put(self, part: Part) -> str:
        path, data = part
        place = self._place(path)
        folder = posixpath.dirname(place)
        beside = posixpath.join(folder, f".publish-{os.urandom(8).hex()}.tmp")
        with self._causes(place):
            await self._make_folder(folder)
            try:
                async with self._sftp.open(beside, "xb") as file:
                    await file.write(data)
                await self._rename(beside, place)
            except BaseException:
                with suppress(asyncssh.Error, OSError):
                    await self._sftp.remove(beside)
                raise
        return path

    async def _rename(self, beside: str, place: str) -> None:
        try:
            await self._sftp.posix_rename(beside, place)
        except asyncssh.SFTPOpUnsupported:
            # Not OpenSSH: for a moment there is no file.
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._sftp.remove(place)
            await self._sftp.rename(beside, place)

    async def _make_folder(self, folder: str) -> None:
        """Make a folder, once; those who want the same one wait."""
        if folder in self._made and self._made[folder] is None:
            return
        lock = self._made.setdefault(folder, asyncio.Lock())
        if lock is None:
            return
        async with lock:
            if self._made[folder] is not None:
                await self._sftp.makedirs(folder, exist_ok=True)
                self._made[folder] = None

    def remove(self, paths: Iterable[str]) -> Iterator[str]:
        folders: set[str] = set()
        gone = several(
            lambda path: self._begin(self._remove(path)), paths, most=_AT_ONCE
        )
        for path in gone:
            folders.add(posixpath.dirname(path))
            yield path
        self._made.clear()
        with self._causes(self.name):
            self._run(self._remove_empty(folders))

    async def _remove(self, path: str) -> str:
        with self._causes(self._place(path)), suppress(asyncssh.SFTPNoSuchFile):
            await self._sftp.remove(self._place(path))
        return path

    async def _remove_empty(self, folders: Iterable[str]) -> None:
        for folder in sorted(folders, key=len, reverse=True):
            here = folder
            while here:
                try:
                    await self._sftp.rmdir(self._place(here))
                except asyncssh.SFTPError:
                    break  # something lies in it still
                here = posixpath.dirname(here)

    def close(self) -> None:
        async def work() -> None:
            self._sftp.exit()
            self._connection.close()
            with suppress(asyncssh.Error, OSError, TimeoutError):
                await asyncio.wait_for(self._connection.wait_closed(), _PATIENCE)

        try:
            self._run(work())
        finally:
            self._end_loop()

    def _place(self, path: str) -> str:
        return posixpath.join(self._top, path) if path else self._top

    def _run(self, work: Coroutine[None, None, R]) -> R:
        return self._begin(work).result()

    def _begin(self, work: Coroutine[None, None, R]) -> Future[R]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @contextmanager
    def _causes(self, path: str) -> Iterator[None]:
        """Everything that asyncssh or the network says, as a StoreError."""
        try:
            yield
        except asyncssh.HostKeyNotVerifiable as error:
            raise StoreError(
                "the server's key is not the one that known_hosts has, or is not there",
                path=self.name,
                hint="ask its owner for the fingerprint, compare, then add it to "
                "known_hosts; nothing was sent",
            ) from error
        except asyncssh.PermissionDenied as error:
            raise StoreError(
                "the server does not let us in",
                path=self.name,
                hint=f"it needs a key (agent or --key), or a password in {PASSWORD}",
            ) from error
        except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
            raise UsageError(
                f"the key cannot be used: {error}",
                hint="an encrypted key is taken from the agent: `ssh-add`",
            ) from error
        except (asyncssh.Error, asyncssh.SFTPError) as error:
            said = error.reason or type(error).__name__
            raise StoreError(f"the server refused: {said}", path=path) from error
        except TimeoutError as error:
            raise StoreError("the server does not answer", path=self.name) from error
        except OSError as error:
            said = error.strerror or str(error)
            raise StoreError(f"cannot be reached: {said}", path=self.name) from error


async def _connect(
    address: SplitResult, door: SftpDoor
) -> asyncssh.SSHClientConnection:
    given = (door.known_hosts,) if door.known_hosts else _known_servers()
    known = [str(path) for path in given if path.is_file()]
    if not known:
        raise UsageError(
            "there is no such file of known servers",
            path=str(given[0]),
            hint="add the server's key to it, once its fingerprint is confirmed",
        )
    extra: dict[str, object] = {}
    if address.username:
        extra["username"] = unquote(address.username)
    if address.port:
        extra["port"] = address.port
    if door.key:
        extra["client_keys"] = [str(door.key)]
    options = asyncssh.SSHClientConnectionOptions(
        known_hosts=known,
        password=os.environ.get(PASSWORD) or None,
        connect_timeout=_PATIENCE,
        login_timeout=_PATIENCE,
        keepalive_interval=_PATIENCE,
        **extra,
    )
    return await asyncssh.connect(address.hostname or "", options=options)


def _known_servers() -> tuple[Path, ...]:
    """Where `ssh` looks: this user's file, and that of the machine."""
    return Path.home() / ".ssh/known_hosts", Path("/etc/ssh/ssh_known_hosts")


async def _enter(connection: asyncssh.SSHClientConnection) -> asyncssh.SFTPClient:
    return await connection.start_sftp_client()


def _folder(address: SplitResult) -> str:
    """The folder on the server: from its root, or below the user's own."""
    path = unquote(address.path)
    if path == "/~" or path.startswith("/~/"):
        return path.removeprefix("/~").lstrip("/") or "."
    return path.rstrip("/") or "/"


def _text(name: bytes | str) -> str:
    return name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name
