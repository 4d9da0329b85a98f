"""
A site's folder on a machine that does not see ours: its files come and go by a share.

Who leads the build sends parcels, and each worker unpacks them where it is; what it
writes goes back the same way, beside the results.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Final
from weakref import finalize

from pipeline.late import dataclass
from pipeline.store.parcels import (
    digest_of,
    lying_in,
    made_since,
    packed,
    parts_of,
    take_back,
    unpack,
)
from pipeline.store.share import Share

_SENT: Final = "in"
_MADE: Final = "out"


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a worker needs to make itself a workspace."""

    url: str
    run: str
    """Tells this piece of work from all others."""

    parcels: tuple[str, ...]


@contextmanager
def outfitted(root: Path, url: str) -> Iterator[Outfit]:
    """The files of a site, on the share as long as the work lasts. StoreError."""
    share = Share(url)
    outfit = Outfit(url, os.urandom(8).hex(), tuple(_sent(root, share)))
    try:
        yield outfit
    finally:
        # Parcels stay for the next time, but for those that have changed since.
        stale = set(share.names(_SENT)) - set(outfit.parcels)
        for name in (*stale, *share.names(f"{_MADE}/{outfit.run}")):
            share.remove(name)


def _sent(root: Path, share: Share) -> Iterator[str]:
    for paths in parts_of(root).values():
        name = f"{_SENT}/{digest_of(root, paths)}.zip"
        if not share.has(name):
            share.put(name, packed(root, paths))
        yield name


class Workspace:
    """A site's folder as a worker has it."""

    def __init__(self, outfit: Outfit) -> None:
        """Fetch it. Raises StoreError."""
        self.outfit = outfit
        self._share = Share(outfit.url)
        self.root = Path(mkdtemp(prefix="publish-"))
        # Gone when the next work takes its place, and when the worker ends.
        finalize(self, rmtree, self.root, ignore_errors=True)
        for name in outfit.parcels:
            unpack(self._share.get(name), self.root)
        self._sent = lying_in(self.root)

    def send(self) -> str:
        """Send what was made since the last time; its name, or nothing. StoreError."""
        data = made_since(self.root, self._sent)
        if data is None:
            return ""
        name = f"{_MADE}/{self.outfit.run}/{os.urandom(8).hex()}.zip"
        self._share.put(name, data)
        return name


class Returns:
    """What workers have made, taken back one after the other."""

    def __init__(self, outfit: Outfit, root: Path) -> None:
        self._share = Share(outfit.url)
        self._root = root

    def take(self, name: str) -> None:
        """Put it where it would have been written here. Raises StoreError."""
        if name:
            take_back(self._share.get(name), self._root)
            self._share.remove(name)
