"""
`dist/release.json`: the set of files that belong together, and what must be pulled.

It is written last, so a build that was cut off is told from a whole one: a file that
differs from its digest, or is missing, or stands here no longer.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from pipeline.errors import StoreError, UsageError
from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.store.files import read_bytes

OWNED: Final = ("site", "mail")
"""The folders of `dist/` in which a build owns every file."""


def digest(data: bytes) -> str:
    """How the release names the content of a file."""
    return blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Release:
    """What the last build put out, as its document says."""

    mails: tuple[Mapping[str, str], ...]
    """Of each `article`, `locale`, `state`, `why` and `path` below `dist/`."""

    files: Mapping[str, str]


def read_release(root: Path) -> Release:
    """
    The release of a site's `dist/`.

    Raises UsageError where there is none, and StoreError for one that is broken.
    """
    if not (root / "dist" / "release.json").is_file():
        raise UsageError("nothing is built yet", hint="run `publish build`")
    data = read_bytes(root / "dist" / "release.json", root=root)
    try:
        document = json.loads(data)
        keys = ("article", "locale", "state", "why", "path")
        return Release(
            tuple({key: str(each[key]) for key in keys} for each in document["mails"]),
            {str(path): str(value) for path, value in document["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            "not the release of a build",
            path="dist/release.json",
            hint="run `publish build` again",
        ) from error


def release_document(
    site: Site,
    pages: Sequence[Output],
    mails: Sequence[Output],
    files: Mapping[str, str],
) -> bytes:
    """
    The document, the same for the same set in whatever order it was built.

    `files` gives the digest of each by path; in the document paths are below `dist/`.
    """
    locales = {tag: n for n, tag in enumerate((site.source_locale, *site.locales))}

    def place(output: Output) -> tuple[str, int]:
        return output.article, locales[output.locale]

    pages, mails = sorted(pages, key=place), sorted(mails, key=place)
    document: dict[str, object] = {
        "title": site.title,
        "base_url": site.base_url,
        "pages": [_entry(each) for each in pages],
        "mails": [_entry(each) for each in mails],
        "recalled": [
            {"article": each.article, "locale": each.locale, "path": _below(each.path)}
            for each in (*pages, *mails)
            if each.state is State.RECALLED
        ],
        "files": {_below(path): files[path] for path in sorted(files)},
    }
    return written(document)


def written(document: Mapping[str, object]) -> bytes:
    """A document as it is written: a line for each entry of its lists and tables."""
    parts = (f"{_json(key)}: {_lines(value)}" for key, value in document.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(value: object) -> str:
    """A line for each entry, so that a diff of two releases can be read."""
    if isinstance(value, list):
        return "[" + ",".join(f"\n  {_json(each)}" for each in value) + "\n ]"
    if isinstance(value, dict):
        entries = (f"\n  {_json(k)}: {_json(each)}" for k, each in value.items())
        return "{" + ",".join(entries) + "\n }"
    return _json(value)


# Indented by the library it takes many times as long.
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _entry(output: Output) -> dict[str, object]:
    entry = output.as_json()
    del entry["changed"]
    return entry | {"path": _below(output.path)}


def _below(path: str) -> str:
    return path.removeprefix("dist/")
