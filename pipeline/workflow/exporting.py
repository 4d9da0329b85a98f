"""
`publish export mails`: the mails that are out, as sending systems take them in.

    DIR/reminder/subjects.json
    DIR/reminder/tr/mail.html, mail.txt, mail.eml

A folder for each mail, named by its address in the source locale, and one in it for
each locale. What was exported before stands in `DIR/.publish-mails.json`: of that alone
is anything replaced or removed.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from pipeline import placeholders
from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.render.mails import preheader_of, spoken_of
from pipeline.render.mime import subject_of_first
from pipeline.store.files import read_bytes, remove, write_atomically
from pipeline.workflow.apart import require_apart
from pipeline.workflow.release import digest
from pipeline.workflow.released import Release, read_release
from pipeline.workflow.report import Report

_LIST: Final = ".publish-mails.json"
_SUBJECTS: Final = "subjects.json"
_OUT: Final = frozenset({"published", "fallback", "partial"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsReport(Report):
    """What lies in the folder, and what became of it."""

    folder: str
    mails: tuple[tuple[str, tuple[str, ...]], ...]
    """The folder of each mail, and its locales."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    def body(self) -> dict[str, object]:
        return {
            "folder": self.folder,
            "mails": [
                {"mail": name, "locales": list(locales)} for name, locales in self.mails
            ],
            "written": list(self.written),
            "removed": list(self.removed),
        }


def export_mails(
    site: Site, folder: Path, *, locales: tuple[str, ...] = ()
) -> MailsReport:
    """
    Bring a folder up to the mails that are out in these locales; none: in all.

    A file is replaced in one step and only where its bytes differ; the list of what is
    ours is written before the first of them and after the last. Raises UsageError for a
    folder that the site needs itself, and StoreError for a file in `dist/` that is not
    as it was built, or one in the folder that is not ours.
    """
    folder = folder.resolve()
    hint = "name another one, as in `publish export mails ../mails`"
    require_apart(site, folder, hint=hint)
    release = read_release(Path(site.root) / "dist")
    files = _files(site, release, frozenset(locales))
    before = _listed(folder)
    _require_ours(folder, files, before)
    wanted = {path: digest(data) for path, data in files.items()}
    _write_list(folder, before | wanted)
    written = tuple(
        path
        for path, data in sorted(files.items())
        if write_atomically(folder / path, data)
    )
    removed = tuple(_removed(folder, path) for path in sorted(before.keys() - files))
    _write_list(folder, wanted)
    return MailsReport(
        folder=str(folder),
        mails=_overview(files),
        written=written,
        removed=removed,
    )


def _files(site: Site, release: Release, locales: frozenset[str]) -> dict[str, bytes]:
    """Every file of the export, by path below its folder."""
    out = [each for each in release.mails if each["state"] in _OUT]
    names = {
        each["article"]: _slug(each["path"])
        for each in out
        if each["locale"] == site.source_locale
    }
    files: dict[str, bytes] = {}
    subjects: dict[str, dict[str, object]] = {}
    for each in out:
        if locales and each["locale"] not in locales:
            continue
        name = names.get(each["article"], _slug(each["path"]))
        stem = each["path"].removesuffix(".eml")
        parts = {
            suffix: _as_built(site, release, f"{stem}.{suffix}")
            for suffix in ("eml", "html", "txt")
        }
        for suffix, data in parts.items():
            files[f"{name}/{each['locale']}/mail.{suffix}"] = data
        about = subjects.setdefault(name, {"article": each["article"], "locales": {}})
        entry = about["locales"]
        assert isinstance(entry, dict)  # noqa: S101 - made two lines above
        entry[each["locale"]] = _about(parts, each)
    for name, about in subjects.items():
        text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        files[f"{name}/{_SUBJECTS}"] = text.encode()
    return files


def _about(parts: Mapping[str, bytes], entry: Mapping[str, str]) -> dict[str, object]:
    """What a sending system needs to know of one mail in one locale."""
    html, text = parts["html"].decode(), parts["txt"].decode()
    subject = subject_of_first(parts["eml"])
    preheader = preheader_of(html)
    fields = dict.fromkeys(
        field
        for each in (subject, preheader, text)
        for field in placeholders.fields(each)
    )
    return {
        "subject": subject,
        "preheader": preheader,
        **spoken_of(html),
        "state": entry["state"],
        "fields": sorted(fields),
    }


def _as_built(site: Site, release: Release, path: str) -> bytes:
    root = Path(site.root)
    data = read_bytes(root / "dist" / path, root=root)
    if release.files.get(path) != digest(data):
        raise StoreError(
            "is not the file that was built",
            path=f"dist/{path}",
            hint="run `publish build` again",
        )
    return data


def _slug(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".eml")


def _listed(folder: Path) -> dict[str, str]:
    """What an earlier export put there, with the digest of each file."""
    file = folder / _LIST
    if not file.is_file():
        return {}
    try:
        files = json.loads(read_bytes(file))["files"]
        listed = {str(path): str(value) for path, value in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            "not the list of an export",
            path=str(file),
            hint="remove the folder, and export again",
        ) from error
    if any(".." in Path(path).parts or Path(path).is_absolute() for path in listed):
        raise StoreError("the list names a file outside", path=str(file))
    return listed


def _require_ours(
    folder: Path, files: Mapping[str, bytes], before: Mapping[str, str]
) -> None:
    """Refuse to replace what somebody else put there, or a way out of the folder."""
    for path in {*files, *before}:
        target = folder / path
        if not target.resolve().is_relative_to(folder) or target.is_symlink():
            raise StoreError("is a link that leads elsewhere", path=str(target))
        if path in before or path not in files or not target.exists():
            continue
        if not target.is_file() or read_bytes(target) != files[path]:
            raise StoreError(
                "is there already, and no export made it",
                path=str(target),
                hint="move it away, or export into another folder",
            )


def _write_list(folder: Path, files: Mapping[str, str]) -> None:
    lines = json.dumps({"files": dict(sorted(files.items()))}, indent=1)
    write_atomically(folder / _LIST, f"{lines}\n".encode())


def _removed(folder: Path, path: str) -> str:
    """Remove a file that is no longer exported, and the folders it leaves empty."""
    target = folder / path
    remove(target)
    for parent in target.parents:
        if parent == folder:
            break
        # One that is not empty stays.
        with suppress(OSError):
            parent.rmdir()
    return path


def _overview(
    files: Mapping[str, bytes],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, dict[str, None]] = {}
    for path in files:
        name, _, rest = path.partition("/")
        if "/" in rest:
            found.setdefault(name, {})[rest.partition("/")[0]] = None
    return tuple((name, tuple(locales)) for name, locales in sorted(found.items()))
