"""
What lies in `source/`: articles by domain, and the assets beside them.

Names that begin with `_` or `.`, `README.md` and the `[source] ignore` globs are not
articles. A folder that is a symbolic link is not entered, and a link that leaves
`source/` is refused, because an author is not trusted with the rest of the disk.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final
from unicodedata import normalize

from pipeline.errors import PublishError, SourceError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.files import read_text

FOLDER = "source"
_UNWRITTEN: Final = (("\0", "a NUL character"), ("\x04", "the control character EOT"))
"""What no catalog can hold, and no text means."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One article on the disk."""

    path: str
    """Below the site's root, with slashes."""

    domain: str
    format: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles that can be built, in the order of their domains."""

    files: tuple[SourceFile, ...]
    errors: tuple[PublishError, ...] = ()
    domains: frozenset[str] = frozenset()
    """Every domain that has a file, usable or not."""

    paths: Mapping[str, str] = field(default_factory=dict)
    """The domain of every article by its path, usable or not."""


def find_sources(site: Site, suffixes: Mapping[str, str]) -> Sources:
    """
    The articles of a site; `suffixes` gives the format's name by file suffix.

    Two articles of one domain, or of domains that differ in case alone, are left out
    and reported together.
    """
    top = Path(site.root, FOLDER)
    if not top.is_dir():
        missing = SourceError(
            "there is no folder source/",
            path=FOLDER,
            hint="put the English articles there",
        )
        return Sources((), (missing,))
    errors: list[PublishError] = []
    by_name: dict[str, list[SourceFile]] = defaultdict(list)
    for path in _walk(top, PurePosixPath(), site.ignore):
        format_name = suffixes.get(path.suffix.lower())
        if format_name is None:
            continue
        shown = f"{FOLDER}/{path}"
        domain = str(path.with_suffix(""))
        error = _unusable(top, path, shown, domain)
        if error:
            errors.append(error)
            continue
        by_name[domain.casefold()].append(SourceFile(shown, domain, format_name))
    files: list[SourceFile] = []
    for group in by_name.values():
        if len(group) == 1:
            files += group
        else:
            errors.append(_collision(group))
    paths = {file.path: file.domain for group in by_name.values() for file in group}
    files.sort(key=lambda file: file.domain)
    return Sources(tuple(files), tuple(errors), frozenset(paths.values()), paths)


def read_source(site: Site, file: SourceFile) -> str:
    """The text of an article. Raises SourceError with the line of a bad byte."""
    text = read_text(Path(site.root, file.path), root=Path(site.root))
    for character, name in _UNWRITTEN:
        if character in text:
            raise SourceError(
                f"the line holds {name}",
                path=file.path,
                line=text.count("\n", 0, text.index(character)) + 1,
                hint="delete it, or save the file as UTF-8",
            )
    return text


def _walk(
    folder: Path, below: PurePosixPath, ignore: tuple[str, ...]
) -> Iterator[PurePosixPath]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = below / entry.name
        if entry.name.startswith(("_", ".")) or _ignored(path, ignore):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), path, ignore)
        elif entry.is_file() and entry.name.lower() != "readme.md":
            yield path


def _ignored(path: PurePosixPath, globs: tuple[str, ...]) -> bool:
    # Some systems write the letters of file names in two, base and accent.
    text = normalize("NFC", str(path))
    return any(
        fnmatchcase(text, glob) or fnmatchcase(text, f"{glob.rstrip('/')}/*")
        for glob in (normalize("NFC", each) for each in globs)
    )


def _unusable(
    top: Path, path: PurePosixPath, shown: str, domain: str
) -> PublishError | None:
    try:
        domain.encode()
    except UnicodeEncodeError:
        return SourceError(
            "the file's name is not UTF-8",
            path=ascii(shown).strip("'"),
            hint="rename the file",
        )
    if any(ord(char) < ord(" ") for char in domain):
        return SourceError(
            "the file's name holds a control character",
            path=ascii(shown).strip("'"),
            hint="rename the file",
        )
    if domain == "messages":
        return SourceError(
            "the name `messages` is kept for the strings of templates/",
            path=shown,
            hint="rename the file",
        )
    if not _is_inside(top, path):
        return SourceError(
            "a link that leads out of source/", path=shown, hint="copy the file instead"
        )
    return None


def _is_inside(top: Path, path: PurePosixPath) -> bool:
    """Whether a file is in the folder; only its own link can lead out of it."""
    file = os.path.join(top, path)  # noqa: PTH118 - Path takes several times as long
    if not os.path.islink(file):  # noqa: PTH114 - the same
        return True
    return Path(file).resolve().is_relative_to(top.resolve())


def _collision(group: list[SourceFile]) -> PublishError:
    first, *others = sorted(group, key=lambda file: file.path)
    names = ", ".join(file.path for file in others)
    return SourceError(
        f"the same article as {names}",
        path=first.path,
        hint="names must differ by more than suffix or case; none of them is built",
    )


def list_assets(site: Site, suffixes: Mapping[str, str]) -> frozenset[str]:
    """
    Every file of `source/` that an article may show or link, below the root.

    What has the suffix of an article is none, and neither are hidden or ignored files.
    """
    top = Path(site.root, FOLDER)
    return frozenset(
        f"{FOLDER}/{path}"
        for path in (_walk(top, PurePosixPath(), site.ignore) if top.is_dir() else ())
        if path.suffix.lower() not in suffixes and _is_inside(top, path)
    )
