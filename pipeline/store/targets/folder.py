"""A target in a folder of this machine, or of one that is mounted here."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.files import (
    make_folder,
    plain_causes,
    read_bytes,
    remove,
    write_atomically,
)
from pipeline.store.targets import FOLDERS, Part


class FolderTarget:
    """A folder, which is made where it is not there. Links in it are not followed."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._top = Path(os.path.realpath(folder))

    def files(self) -> Mapping[str, int]:
        with plain_causes("cannot be read", self._top, None):
            found = dict(self._plain(self._top, ""))
            for name in FOLDERS:
                for here, _, _ in os.walk(self._top / name):
                    below = Path(here).relative_to(self._top).as_posix()
                    found.update(self._plain(Path(here), f"{below}/"))
            return found

    def _plain(self, folder: Path, below: str) -> Iterator[tuple[str, int]]:
        if folder.is_symlink() or not folder.is_dir():
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    size = entry.stat(follow_symlinks=False).st_size
                    yield f"{below}{entry.name}", size

    def read(self, path: str) -> bytes | None:
        place = self._place(path)
        return read_bytes(place) if place.is_file() else None

    def create(self, path: str, data: bytes) -> bool:
        place = self._place(path)
        make_folder(place.parent)
        with plain_causes("cannot be written", place, None):
            try:
                with place.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                return False
            return True

    def put(self, parts: Iterable[Part]) -> Iterator[str]:
        for path, data in parts:
            write_atomically(self._place(path), data, durable="/" not in path)
            yield path

    def remove(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            place = self._place(path)
            remove(place)
            folder = place.parent
            while folder != self._top and not any(folder.iterdir()):
                with plain_causes("cannot be removed", folder, None):
                    folder.rmdir()
                folder = folder.parent
            yield path

    def close(self) -> None:
        """Nothing is held."""

    def _place(self, path: str) -> Path:
        place = self._top / path
        if not Path(os.path.realpath(place)).is_relative_to(self._top):
            raise StoreError(
                "a link on the way leads out of the target",
                path=str(place),
                hint="remove it, or deploy to where it leads",
            )
        return place
