"""
What a build decided and made, each with the key of what it was made of.

The next build does again only what has another key. This is a cache: without it, or
with a broken one, everything is made again.
"""

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.errors import error_from
from pipeline.late import dataclass
from pipeline.store.bodies import Place
from pipeline.store.files import write_atomically
from pipeline.store.stamps import Stamp

_FORMAT: Final = 4


class FileRecord(NamedTuple):
    """An input as it was read."""

    size: int
    mtime: int
    digest: str

    @property
    def stamp(self) -> Stamp:
        """As the disk tells it."""
        return (self.size, self.mtime)


class Row(NamedTuple):
    """What was decided of one article in one locale."""

    domain: str
    locale: str
    version: str
    """The key of all that it follows from; empty: not known, decide again."""

    path: str
    format: str
    meta: Mapping[str, object]
    """As much of the front matter as other pages may show."""

    state: str
    slug: str
    why: str
    reviewed: str | None
    unreviewed: bool
    out: bool
    """Whether it went out in the end."""

    content: str
    """Tells one text from another; empty where nothing goes out."""

    body: Place | None
    reviewers: tuple[tuple[str, str], ...] = ()
    foreign: tuple[str, ...] = ()
    approved: bool | None = None
    kept: str = ""
    release: str = ""
    errors: tuple[tuple[object, ...], ...] = ()
    """What was said against it, as `remembered_as` in errors.py has it."""


class MadeFile(NamedTuple):
    """A file as it was written."""

    path: str
    size: int
    mtime: int
    digest: str

    @property
    def stamp(self) -> Stamp:
        """As the disk tells it."""
        return (self.size, self.mtime)


class Made(NamedTuple):
    """The files that were made of one thing: an edition, the lists, an asset."""

    own: str
    """The key of what it is made of."""

    around: str
    """The key of what it says of others."""

    files: tuple[MadeFile, ...]
    assets: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, bool], ...] = ()
    """What it links: paths below the root, and whether a part of the article."""


class WordsRow(NamedTuple):
    """What the checks said of the catalog of the templates in a locale."""

    key: str
    erroneous: tuple[tuple[str | None, str], ...]
    notes: tuple[str, ...]
    unreviewed: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """One build; its parts by name."""

    started: int = 0
    """Nanoseconds since 1970."""

    faces: str = ""
    """The key of all that pages may say of one another."""

    files: Mapping[str, FileRecord] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    """By domain and locale."""

    made: Mapping[str, Made] = field(default_factory=dict)
    words: Mapping[str, WordsRow] = field(default_factory=dict)
    locales: tuple[str, ...] = ()
    """Those that were ever decided."""

    notes: tuple[str, ...] = ()
    """What was to be told of tags and sections."""


def _file(root: Path, kind: str) -> Path:
    return root / ".publish" / "ledger" / f"{kind}.json"


def read_ledger(root: Path, kind: str) -> Ledger:
    """The last build of this kind; an empty one if it cannot be read."""
    try:
        values = json.loads(_file(root, kind).read_bytes())
        if values["format"] != _FORMAT:
            return Ledger()
        rows = list(map(_row, values["rows"]))
        paths, *columns = values["files"]
        records = zip(*columns, strict=True)
        return Ledger(
            started=int(values["started"]),
            faces=str(values["faces"]),
            files=dict(zip(paths, map(FileRecord._make, records), strict=True)),
            rows={(row.domain, row.locale): row for row in rows},
            made={name: _made(*each) for name, each in values["made"].items()},
            words={tag: _words(*each) for tag, each in values["words"].items()},
            locales=tuple(values["locales"]),
            notes=tuple(values["notes"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Ledger()


def _row(values: list[list[str]]) -> Row:
    *first, body, people, foreign, approved, kept, release, said = values
    errors = tuple(map(tuple, said))
    for each in errors:
        error_from(each)
    place = Place._make(body) if body else None
    reviewers = tuple(map(tuple, people))
    rest = (place, reviewers, tuple(foreign), approved, kept, release, errors)
    return Row._make((*first, *rest))


def _made(
    own: str,
    around: str,
    files: list[list[str]],
    assets: list[list[str]],
    targets: list[list[str]],
) -> Made:
    return Made(
        own,
        around,
        tuple(map(MadeFile._make, files)),
        tuple((source, target) for source, target in assets),
        tuple((path, bool(part)) for path, part in targets),
    )


def _words(
    key: str, erroneous: list[list[str]], notes: list[str], unreviewed: object
) -> WordsRow:
    pairs = tuple((context, msgid) for context, msgid in erroneous)
    return WordsRow(key, pairs, tuple(notes), bool(unreviewed))


def write_ledger(root: Path, kind: str, ledger: Ledger) -> None:
    """Remember a build. Raises StoreError."""
    values = {
        "format": _FORMAT,
        "started": ledger.started,
        "faces": ledger.faces,
        # A few long lists are read faster than many short ones.
        "files": [list(ledger.files), *zip(*ledger.files.values(), strict=True)],
        "rows": list(ledger.rows.values()),
        "made": ledger.made,
        "words": ledger.words,
        "locales": ledger.locales,
        "notes": ledger.notes,
    }
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    data = text.encode("utf-8", "surrogateescape")
    write_atomically(_file(root, kind), data, root=root, durable=False)
