"""
The folder of an export: what is written there, and what is known to be ours.

A list of what an export wrote lies in the folder. No other file is touched.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline.errors import StoreError, UsageError
from pipeline.late import dataclass
from pipeline.store.files import plain_causes, read_bytes, remove, write_atomically
from pipeline.workflow.release import digest

MANIFEST: Final = ".publish-source.json"
"""What an export wrote into its folder, so that the next one knows it."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file of an export."""

    digest: str
    key: str = ""
    """Of all that it was made of."""

    locale: str = ""
    """Of a document; empty for a file that documents show."""

    assets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """One folder, for one layout."""

    folder: Path
    layout: str
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def settle(
        self,
        before: Mapping[str, Made],
        made: Mapping[str, Made],
        contents: Mapping[str, bytes],
    ) -> None:
        """Write what is other, remove what is gone, and say last what is there."""
        in_the_way = [
            path
            for path, data in sorted(contents.items())
            if path not in before and self._has_other(path, data)
        ]
        if in_the_way:
            raise UsageError(
                f"no export wrote what is there already: {', '.join(in_the_way[:5])}",
                path=str(self.folder),
                hint="remove it if it may go, or export into another folder",
            )
        # First, so that what is cut off is known as ours.
        self._write({**before, **made})
        for path, data in contents.items():
            if write_atomically(self._place(path), data, durable=False):
                self.written.append(path)
        for path in sorted(before.keys() - made.keys()):
            if remove(self._place(path)):
                self.removed.append(path)
                self._remove_empty(self._place(path).parent)
        self._write(made)

    def holds(self, path: str, made: Made) -> bool:
        place = self._place(path)
        return place.is_file() and digest(read_bytes(place)) == made.digest

    def _has_other(self, path: str, data: bytes) -> bool:
        place = self._place(path)
        return os.path.lexists(place) and (
            not place.is_file() or read_bytes(place) != data
        )

    def _place(self, path: str) -> Path:
        place = self.folder / path
        top = Path(os.path.realpath(self.folder))
        if not Path(os.path.realpath(place)).is_relative_to(top):
            raise StoreError("a path leads out of the export's folder", path=path)
        return place

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and not any(folder.iterdir()):
            with plain_causes("cannot be removed", folder, None):
                folder.rmdir()
            folder = folder.parent

    def read(self) -> dict[str, Made]:
        path = self.folder / MANIFEST
        if not path.is_file():
            return {}
        try:
            values = json.loads(read_bytes(path))
            if values["layout"] != self.layout:
                raise UsageError(
                    f"the folder has an export for {values['layout']}",
                    path=str(self.folder),
                    hint=f"name another folder for {self.layout}",
                )
            return dict(_rows(values["files"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                "not the list of an export",
                path=str(path),
                hint="remove it together with what was exported",
            ) from error

    def _write(self, made: Mapping[str, Made]) -> None:
        rows = {
            path: [each.digest, each.key, each.locale, list(map(list, each.assets))]
            for path, each in sorted(made.items())
        }
        values = {"layout": self.layout, "files": rows}
        data = json.dumps(values, ensure_ascii=False, indent=0).encode()
        write_atomically(self.folder / MANIFEST, data, durable=False)


def _rows(values: Mapping[str, list[object]]) -> Iterator[tuple[str, Made]]:
    for path, (value, key, locale, assets) in values.items():
        pairs = tuple((str(a), str(b)) for a, b in assets)  # type: ignore[attr-defined]  # TypeError is caught
        yield path, Made(str(value), str(key), str(locale), pairs)
