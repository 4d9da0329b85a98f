"""
`publish verify`: whether the files of `dist/` are the set that its release names, and
whether its records say what the texts beside it say.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import PublishError, StoreError, UsageError
from pipeline.store.dist import list_dist
from pipeline.store.files import read_bytes
from pipeline.workflow.provability import Provability
from pipeline.workflow.release import OWNED, digest, is_whole
from pipeline.workflow.report import Report

_HINT: Final = "run `publish build` again, or fetch the whole set again"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport(Report):
    """Every file that is not as the release has it, as an error."""

    files: int = 0
    """How many files the release names."""

    def body(self) -> dict[str, object]:
        return {"files": self.files}


def verify(folder: Path) -> VerifyReport:
    """
    Compare a `dist/` folder with its release.json, from the files alone.

    Where the folder lies in its site, the records are also made again from the sources
    and catalogs, as far as these are still those of the build; a note tells of others.
    Raises UsageError where there is no release, and StoreError for one that is broken.
    """
    folder = folder.resolve()
    root, name = folder.parent, folder.name
    release = folder / "release.json"
    if not release.is_file():
        raise UsageError(
            "there is no release.json", path=name, hint="run `publish build`"
        )
    data = read_bytes(release)
    named, entries = _parsed(data, f"{name}/release.json")
    errors = [*_differences(root, name, named)]
    if not is_whole(data):
        message = "is not the file that was built"
        errors.append(StoreError(message, path=f"{name}/release.json", hint=_HINT))
    proof = Provability(root, name)
    wrong = {error.path for error in errors}
    for entry in entries:
        if f"{name}/{entry.get('record')}" not in wrong:
            errors += proof.of(entry, named)
    errors += proof.unnamed(entries, named)
    return VerifyReport(errors=tuple(errors), notes=proof.notes, files=len(named))


def _parsed(data: bytes, path: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The files of a release, and what it says of pages and mails."""
    try:
        values = json.loads(data)
        named = {str(name): str(value) for name, value in values["files"].items()}
        entries = [dict(entry) for entry in (*values["pages"], *values["mails"])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(
            "not the release of a build", path=path, hint="run `publish build` again"
        ) from error
    return named, entries


def _differences(
    root: Path, name: str, named: dict[str, str]
) -> Iterator[PublishError]:
    for path, value in named.items():
        file = root / name / path
        if ".." in Path(path).parts or Path(path).is_absolute():
            yield StoreError("the release names a file outside", path=path)
        elif not file.is_file():
            yield StoreError("is missing", path=f"{name}/{path}", hint=_HINT)
        elif digest(read_bytes(file, root=root)) != value:
            message = "is not the file that was built"
            yield StoreError(message, path=f"{name}/{path}", hint=_HINT)
    for top in OWNED:
        for path in list_dist(root, f"{name}/{top}"):
            below = path.removeprefix(f"{name}/")
            if below not in named and "/." not in below:
                yield StoreError("does not belong to the set", path=path, hint=_HINT)
