"""A release that was written: what `dist/release.json` names, read back."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from pipeline.errors import StoreError, UsageError
from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.store.files import read_bytes

NAME: Final = "release.json"

OUT: Final = frozenset({State.PUBLISHED, State.PARTIAL, State.FALLBACK})
"""The states in which there is something to be seen."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release; paths are below its folder."""

    data: bytes
    """As it was read."""

    title: str
    base_url: str
    pages: Sequence[Mapping[str, str]]
    mails: Sequence[Mapping[str, str]]
    recalled: Sequence[Mapping[str, str]]
    files: Mapping[str, str]
    """The digest of every file by its path."""

    def states(self) -> dict[str, str]:
        """The state of every page and mail by the path of its file."""
        return {each["path"]: each["state"] for each in (*self.pages, *self.mails)}


def read_release(folder: Path) -> Release:
    """
    The release of a folder.

    Raises UsageError where there is none, and StoreError for one that is broken.
    """
    name = folder.resolve().name
    path = folder / NAME
    if not path.is_file():
        raise UsageError(
            "there is no release.json", path=name, hint="run `publish build`"
        )
    return parse_release(
        read_bytes(path), path=f"{name}/{NAME}", hint="run `publish build` again"
    )


def parse_release(data: bytes, *, path: str, hint: str) -> Release:
    """The release that a document holds. Raises StoreError."""
    try:
        values = json.loads(data)
        return Release(
            data,
            str(values.get("title", "")),
            str(values.get("base_url", "")),
            _rows(values.get("pages", [])),
            _rows(values.get("mails", [])),
            _rows(values.get("recalled", [])),
            {str(path): str(value) for path, value in values["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError("not the release of a build", path=path, hint=hint) from error


def _rows(values: object) -> tuple[Mapping[str, str], ...]:
    rows = cast("list[dict[str, object]]", values)
    return tuple({key: str(value) for key, value in row.items()} for row in rows)
