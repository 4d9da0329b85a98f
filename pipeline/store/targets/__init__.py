"""Where a release is brought to: one protocol, and a file for each kind of place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Final, Protocol, TypeAlias, TypeVar

T = TypeVar("T")

FOLDERS: Final = ("site", "mail", "release")
"""The folders of a target that a deploy looks into."""

Part: TypeAlias = tuple[str, bytes]
"""A path below the target, and the bytes that belong there."""


class Target(Protocol):
    """
    One place; paths are below it, with slashes.

    Whatever goes wrong is a StoreError that names the place and no password.
    """

    name: str
    """How people are told of it."""

    def files(self) -> Mapping[str, int]:
        """The size of every file in `site/`, `mail/`, `release/`, and at the top."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def create(self, path: str, data: bytes) -> bool:
        """Make a file, in one step, unless there is one; whether it was made."""

    def put(self, parts: Iterable[Part]) -> Iterator[str]:
        """
        Put files in their places, several at once; the path of each when it is there.

        A reader sees the file as it was or as it will be, never a part of it.
        """

    def remove(self, paths: Iterable[str]) -> Iterator[str]:
        """Remove files, and the folders that they leave empty; each when it is gone."""

    def close(self) -> None:
        """Let go of it."""


def several(
    begin: Callable[[T], Future[str]], items: Iterable[T], *, most: int
) -> Iterator[str]:
    """
    What becomes of every item, `most` of them under way at once, in no order.

    Whatever ends it, nothing is under way any more when it has ended.
    """
    waiting = iter(items)
    under_way: set[Future[str]] = set()
    try:
        while True:
            for item in waiting:
                under_way.add(begin(item))
                if len(under_way) == most:
                    break
            if not under_way:
                return
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for each in done:
                yield each.result()
    finally:
        for each in under_way:
            each.cancel()
        wait(under_way)
