"""
`publish verify`: whether the files of `dist/` are the set that its release names, and
whether its records say what the texts beside it say.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.store.dist import list_dist
from pipeline.store.files import read_bytes
from pipeline.workflow.provability import Provability
from pipeline.workflow.release import OWNED, digest, is_whole
from pipeline.workflow.released import NAME, read_release
from pipeline.workflow.report import Report

_HINT: Final = "run `publish build` again, or fetch the whole set again"
_STRANGER: Final = "delete it; nothing of the set needs it"


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
    release = read_release(folder)
    entries = (*release.pages, *release.mails)
    errors = [*_differences(root, name, release.files)]
    if not is_whole(release.data):
        message = "is not the file that was built"
        errors.append(StoreError(message, path=f"{name}/{NAME}", hint=_HINT))
    proof = Provability(root, name)
    wrong = {error.path for error in errors}
    for entry in entries:
        if f"{name}/{entry.get('record')}" not in wrong:
            errors += proof.of(entry, release.files)
    errors += proof.unnamed(entries, release.files)
    return VerifyReport(
        errors=tuple(errors), notes=proof.notes, files=len(release.files)
    )


def _differences(
    root: Path, name: str, named: Mapping[str, str]
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
                message = "does not belong to the set"
                yield StoreError(message, path=path, hint=_STRANGER)
