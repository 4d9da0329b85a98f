"""`publish verify`: whether the files of `dist/` are the set that its release names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import PublishError, StoreError
from pipeline.store.dist import list_dist
from pipeline.store.files import read_bytes
from pipeline.workflow.release import OWNED, digest
from pipeline.workflow.released import read_release
from pipeline.workflow.report import Report


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

    Raises UsageError where there is no release, and StoreError for one that is broken.
    """
    release = read_release(folder)
    root, name = folder.resolve().parent, folder.resolve().name
    errors = tuple(_differences(root, name, release.files))
    return VerifyReport(errors=errors, files=len(release.files))


def _differences(
    root: Path, name: str, named: Mapping[str, str]
) -> Iterator[PublishError]:
    hint = "run `publish build` again, or fetch the whole set again"
    for path, value in named.items():
        file = root / name / path
        if ".." in Path(path).parts or Path(path).is_absolute():
            yield StoreError("the release names a file outside", path=path)
        elif not file.is_file():
            yield StoreError("is missing", path=f"{name}/{path}", hint=hint)
        elif digest(read_bytes(file, root=root)) != value:
            message = "is not the file that was built"
            yield StoreError(message, path=f"{name}/{path}", hint=hint)
    for top in OWNED:
        for path in list_dist(root, f"{name}/{top}"):
            below = path.removeprefix(f"{name}/")
            if below not in named and "/." not in below:
                yield StoreError("does not belong to the set", path=path, hint=hint)
