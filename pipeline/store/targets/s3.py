"""
A target in S3 or in what speaks as S3 does, by fsspec.

Keys, region and the address of another service than Amazon's come from where the field
has them: `AWS_*` in the environment, or the files of the AWS tools. An object takes its
place in one step, so that none is ever seen in part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from mimetypes import guess_type
from typing import Final, TypeAlias
from urllib.parse import SplitResult

import fsspec
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from pipeline.errors import StoreError
from pipeline.store.targets import FOLDERS, Part, several

_Entry: TypeAlias = dict[str, str | int]
_Entries: TypeAlias = list[_Entry] | dict[str, _Entry]

_AT_ONCE: Final = 8
_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "json": "application/json",
    "eml": "message/rfc822",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff2": "font/woff2",
}


class S3Target:
    """A prefix in a bucket: `s3://bucket/prefix`."""

    def __init__(self, address: SplitResult) -> None:
        self.name = address.geturl()
        self._top = f"{address.netloc}{address.path}".rstrip("/")
        with self._causes():
            self._files = fsspec.filesystem("s3", skip_instance_cache=True)

    def files(self) -> Mapping[str, int]:
        with self._causes():
            found = self._sizes(self._files.ls, self._top)
            for name in FOLDERS:
                found |= self._sizes(self._files.find, f"{self._top}/{name}")
            return found

    def _sizes(self, look: Callable[..., _Entries], path: str) -> dict[str, int]:
        try:
            rows = look(path, detail=True, refresh=True)
        except FileNotFoundError:
            return {}
        entries = rows.values() if isinstance(rows, dict) else rows
        return {
            self._below(str(row["name"])): int(row["size"])
            for row in entries
            if row["type"] == "file"
        }

    def _below(self, name: str) -> str:
        return name.removeprefix(f"{self._top}/")

    def read(self, path: str) -> bytes | None:
        with self._causes():
            try:
                return bytes(self._files.cat_file(self._place(path)))
            except FileNotFoundError:
                return None

    def create(self, path: str, data: bytes) -> bool:
        with self._causes():
            try:
                self._files.pipe_file(self._place(path), data, mode="create")
            except FileExistsError:
                return False
            return True

    def put(self, parts: Iterable[Part]) -> Iterator[str]:
        def work(part: Part) -> str:
            path, data = part
            with self._causes():
                kind = _type_of(path)
                self._files.pipe_file(self._place(path), data, ContentType=kind)
            return path

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from several(
                lambda part: pool.submit(work, part), parts, most=_AT_ONCE
            )

    def remove(self, paths: Iterable[str]) -> Iterator[str]:
        def work(path: str) -> str:
            with self._causes():
                self._files.rm_file(self._place(path))
            return path

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            yield from several(
                lambda path: pool.submit(work, path), paths, most=_AT_ONCE
            )

    def close(self) -> None:
        """Connections end with the process."""

    def _place(self, path: str) -> str:
        return f"{self._top}/{path}"

    @contextmanager
    def _causes(self) -> Iterator[None]:
        try:
            yield
        except (PermissionError, NoCredentialsError) as error:
            raise StoreError(
                "the service does not let us in",
                path=self.name,
                hint="it needs keys that may write there: AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or a profile",
            ) from error
        except FileNotFoundError as error:
            raise StoreError("there is no such bucket", path=self.name) from error
        except (OSError, BotoCoreError, ClientError) as error:
            raise StoreError(
                f"the service refused: {type(error).__name__}: {error}", path=self.name
            ) from error


def _type_of(path: str) -> str:
    suffix = path.rpartition(".")[2].lower()
    return _TYPES.get(suffix) or guess_type(path)[0] or "application/octet-stream"
