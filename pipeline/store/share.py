"""
A place that all machines of a cluster reach, by fsspec: `s3://bucket/site`, `file:///...`.

Keys and addresses of services come from where the field has them, as with `publish
deploy`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Protocol, cast

from pipeline.errors import StoreError


class _Files(Protocol):
    """What is used of fsspec's file systems."""

    def pipe_file(self, path: str, value: bytes) -> None: ...
    def cat_file(self, path: str) -> bytes: ...
    def exists(self, path: str) -> bool: ...
    def find(self, path: str, *, refresh: bool) -> list[str]: ...
    def makedirs(self, path: str, *, exist_ok: bool) -> None: ...
    def mv(self, path1: str, path2: str) -> None: ...
    def rm_file(self, path: str) -> None: ...
    def invalidate_cache(self) -> None: ...


class Share:
    """Files by their names below an address; each is whole or not there."""

    def __init__(self, url: str) -> None:
        """Raises StoreError where no such place can be reached from here."""
        self.url = url
        with self._causes():
            import fsspec

            files, top = fsspec.core.url_to_fs(url)
            self._files = cast("_Files", files)
            self._top = str(top).rstrip("/")

    def has(self, name: str) -> bool:
        """Whether a file is there."""
        with self._causes():
            self._files.invalidate_cache()
            return self._files.exists(self._place(name))

    def get(self, name: str) -> bytes:
        """The bytes of a file. Raises StoreError, also where it is not there."""
        with self._causes():
            return self._files.cat_file(self._place(name))

    def put(self, name: str, data: bytes) -> None:
        """Write a file. Raises StoreError."""
        place = self._place(name)
        with self._causes():
            self._files.makedirs(place.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(f"{place}.part", data)
            self._files.mv(f"{place}.part", place)

    def names(self, folder: str) -> list[str]:
        """The names of all files in a folder; of none, none."""
        top = f"{self._top}/"
        with self._causes():
            try:
                found = self._files.find(self._place(folder), refresh=True)
            except FileNotFoundError:
                return []
            return [str(path).removeprefix(top) for path in found]

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there, or stays, is no error."""
        with suppress(StoreError), self._causes():
            self._files.rm_file(self._place(name))

    def _place(self, name: str) -> str:
        return f"{self._top}/{name}"

    @contextmanager
    def _causes(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            # What a backend raises is its own: OSError, ImportError, botocore's.
            raise StoreError(
                f"what the cluster shares cannot be reached: {error}", path=self.url
            ) from error
