"""
The bodies of editions, kept from the time they are localized until they are rendered,
and for the next build.

They lie one after the other in a few large files, because a file each would cost more
than making them again. This is a cache: what cannot be read back exactly is not there.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = ".publish/bodies"
_ROOM: Final = 1_000_000
"""Bytes that may lie idle whatever the share."""


class Place(NamedTuple):
    """Where a body lies."""

    pack: str
    offset: int
    length: int
    check: str
    """Of its bytes: what lies there may be the rest of a build that was cut off."""


class Bodies:
    """
    The bodies of one kind of build.

    Every process appends to a file of its own; the lock of the site keeps other builds
    away.
    """

    def __init__(self, root: Path, kind: str) -> None:
        self._folder = root / FOLDER
        self._kind = kind
        self._name = f"{kind}.pack"
        self._parent = os.getpid()
        self._writing: tuple[int, int, str] | None = None
        """Process, file and name."""

        self._reading: dict[tuple[int, str], int] = {}
        self._last: tuple[Place, bytes] | None = None
        """What was found last: a page and its record are asked for in turn."""

    def __reduce__(self) -> tuple[object, ...]:
        # Elsewhere it has a file of its own, and no other that is open here.
        return _elsewhere, (self._folder.parents[1], self._kind)

    def keep(self, data: bytes) -> Place | None:
        """Keep a body; None where the disk does not let it be kept."""
        try:
            handle, pack = self._pack()
            offset = os.lseek(handle, 0, os.SEEK_END)
            if os.write(handle, data) != len(data):
                return None
        except OSError:
            return None
        return Place(pack, offset, len(data), check_of(data))

    def find(self, place: Place) -> bytes | None:
        """The body at a place, as it was kept; None if it is not there any more."""
        if self._last is not None and self._last[0] == place:
            return self._last[1]
        try:
            key = (os.getpid(), place.pack)
            if key not in self._reading:
                path = self._folder / Path(place.pack).name
                self._reading[key] = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            data = os.pread(self._reading[key], place.length, place.offset)
        except (OSError, ValueError, OverflowError):
            return None
        if check_of(data) != place.check:
            return None
        self._last = place, data
        return data

    def _pack(self) -> tuple[int, str]:
        process = os.getpid()
        if self._writing is None or self._writing[0] != process:
            forked = process != self._parent
            name = f"{self._kind}-{process}.pack" if forked else self._name
            self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._writing = process, os.open(self._folder / name, flags, 0o666), name
        return self._writing[1], self._writing[2]

    def is_wasteful(self, used: int) -> bool:
        """Whether too much lies between bodies of so many bytes together."""
        return self._size() > 2 * used + _ROOM

    def moved(self, places: Iterable[Place]) -> dict[Place, Place]:
        """
        These bodies in a file of their own, where too much else lies between them.

        Those that can be kept where they are, or cannot be read, are not named.
        """
        places = list(places)
        if not self.is_wasteful(sum(place.length for place in places)):
            return {}
        self.close()
        self._name = f"{self._kind}-{os.urandom(4).hex()}.pack"
        found: dict[Place, Place] = {}
        for old in places:
            data = self.find(old)
            new = self.keep(data) if data is not None else None
            if new is not None:
                found[old] = new
        return found

    def sweep(self, places: Iterable[Place]) -> None:
        """Remove the files that hold none of these, which the ledger names by now."""
        self.close()
        with suppress(OSError):
            unused = {path.name: path for path in self._packs()}
            for place in places:
                unused.pop(place.pack, None)
                if not unused:
                    return
            for path in unused.values():
                path.unlink()

    def _packs(self) -> Iterator[Path]:
        for path in self._folder.glob("*.pack"):
            if path.stem.partition("-")[0] == self._kind:
                yield path

    def _size(self) -> int:
        try:
            return sum(path.stat().st_size for path in self._packs())
        except OSError:
            return 0

    def close(self) -> None:
        """Let go of the files of this process."""
        process = os.getpid()
        for (owner, _), handle in self._reading.items():
            if owner == process:
                os.close(handle)
        self._reading.clear()
        self._last = None
        if self._writing is not None and self._writing[0] == process:
            os.close(self._writing[1])
        self._writing = None


def _elsewhere(root: Path, kind: str) -> Bodies:
    """The same bodies in a process of another machine, which appends beside us."""
    bodies = Bodies(root, kind)
    bodies._name = f"{kind}-{os.urandom(8).hex()}.pack"  # noqa: SLF001 - one of us
    return bodies


def check_of(data: bytes) -> str:
    """Tells a body from another."""
    return blake2b(data, digest_size=12).hexdigest()
