"""
What a build decided and made, each with the key of what it was made of.

The next build does again only what has another key. This is a cache: without it, or
with a broken one, everything is made again.

It is a text: a head, which says of all things together what must be known of them, and
a line for each input, each decision and each thing that was made. Most builds need few
of the lines, and have as few others: these stand behind all that is there, in a section
of their own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from sys import intern
from typing import Final, NamedTuple

from pipeline.late import dataclass
from pipeline.store.bodies import Place
from pipeline.store.files import append_exactly, write_in_pieces
from pipeline.store.named_lines import Lines
from pipeline.store.sections import Places, Section, read_sections
from pipeline.store.shelves import moved, moves_between
from pipeline.store.stamps import Stamp
from pipeline.store.table import Table

_FORMAT: Final = 12
_SECTIONS: Final = 50
"""Of a file, before it is written anew."""

_SHARE: Final = 4
_ROOM: Final = 1_000_000
"""Bytes that may be added, whatever the share that they may have."""


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

    card: str = ""
    """The key of its card in lists: so many characters as `CARD` says, and the last
    ones of its line, where it is read without the rest."""


CARD: Final = 32
"""Characters of the key of a card."""


ASIDE: Final = -1
"""The time of a file that was written, and is not in its place yet."""


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
    """What it links: paths below the root, and whether a part of the article; of the
    page of a tag or a section the domains, as it shows them."""

    @property
    def digests(self) -> dict[str, str]:
        """Of its files, by their paths."""
        return {file.path: file.digest for file in self.files}


class WordsRow(NamedTuple):
    """What the checks said of the catalog of the templates in a locale."""

    key: str
    erroneous: tuple[tuple[str | None, str], ...]
    notes: tuple[str, ...]
    unreviewed: bool


class Order(NamedTuple):
    """What is known of the pages of a site together, as `render/library.py` has it."""

    shelves: Mapping[str, Mapping[str, Sequence[str]]] = {}
    """The articles of a locale by section, in the order of its lists."""

    news: Sequence[str] = ()
    """The locales that have a page with a date."""

    topics: Mapping[str, Mapping[str, Sequence[str]]] = {}
    """By locale and address, name and locale of the name of every tag and section."""

    assets: Sequence[str] = ()
    """Every file that articles may show or link."""

    said: Mapping[str, Mapping[str, Mapping[str, int]]] = {}
    """By locale and address, what articles call a tag or section, and how many do."""


def _file_of(line: str) -> FileRecord:
    size, mtime, digest = line.split(" ", 2)
    return FileRecord(int(size), int(mtime), digest)


def _row(line: str) -> Row:
    domain, locale, version, path, format_, meta, state, *rest = json.loads(line)
    slug, why, reviewed, unreviewed, out, content, body, *rest = rest
    people, foreign, approved, kept, release, said, card = rest
    place = None
    if body:
        pack, offset, length, check = body
        place = Place(intern(pack), offset, length, check)
        content = check if check == content else content
    # There are tens of thousands: what is the same text of many is in memory once.
    return Row(
        intern(domain),
        intern(locale),
        version,
        intern(path),
        intern(format_),
        {intern(key): _shared(value) for key, value in meta.items()},
        intern(state),
        intern(slug),
        why,
        intern(reviewed) if reviewed else reviewed,
        unreviewed,
        out,
        content,
        place,
        tuple(map(tuple, people)),
        tuple(foreign),
        approved,
        kept,
        release,
        tuple(map(tuple, said)),
        card,
    )


def _shared(value: object) -> object:
    """Days and tags are those of other articles too."""
    if isinstance(value, str):
        return intern(value) if len(value) <= _SHORT else value
    if isinstance(value, list):
        return [_shared(each) for each in value]
    return value


_SHORT: Final = 24
"""Characters of a text that others may have."""


def read_made(line: str) -> Made:
    """What a line says of a thing that was made. Raises ValueError and TypeError."""
    own, around, files, assets, targets = json.loads(line)
    return Made(
        own,
        around,
        tuple(map(MadeFile._make, files)),
        tuple((source, target) for source, target in assets),
        tuple((path, bool(part)) for path, part in targets),
    )


def files_in(line: str) -> Iterator[MadeFile]:
    """The files alone of what `read_made` reads."""
    return map(MadeFile._make, json.loads(line)[2])


def assets_in(line: str) -> Iterator[tuple[str, str]]:
    """The assets alone of what `read_made` reads."""
    return ((source, target) for source, target in json.loads(line)[3])


@dataclass(frozen=True, slots=True)
class Mark:
    """Which file it is that was read or written, and how far."""

    size: int = 0
    check: int = 0
    sections: int = 0
    whole: int = 0
    """How long its first section is, which says all of it."""

    def __str__(self) -> str:
        return f"{self.size} {self.check}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What is another than in the file of a ledger: lines by their names."""

    head: Mapping[str, object]
    """What is said of all things together."""

    files: Mapping[str, str]
    rows: Mapping[tuple[str, str], str]
    made: Mapping[str, str | None]
    """None: it is no more."""


class Turned(NamedTuple):
    """What is another of all things together."""

    faces: str
    order: Order


@dataclass(frozen=True, slots=True)
class Ledger:
    """One build; its parts by name."""

    started: int = 0
    """Nanoseconds since 1970."""

    faces: str = ""
    """The key of all that pages may say of one another."""

    words: Mapping[str, WordsRow] = field(default_factory=dict)
    locales: tuple[str, ...] = ()
    """Those that were ever decided."""

    notes: tuple[str, ...] = ()
    """What was to be told of tags, sections and pictures."""

    order: Order | None = None
    """None: not known, because something could not be made."""

    bodies: int = 0
    """How many bytes of bodies the rows name."""

    files: Table[str, FileRecord] = field(default_factory=lambda: Table(_file_of))
    rows: Table[tuple[str, str], Row] = field(default_factory=lambda: Table(_row))
    """By domain and locale."""

    made: Table[str, Made] = field(default_factory=lambda: Table(read_made))
    mark: Mark = Mark()
    """Of its file."""

    changes: Changes | None = None
    """What is another since the file was read; None: there may be more."""

    base: str = ""
    """The key of configuration, options and program, from which all of it follows."""

    def inherited(
        self, rows: Iterable[tuple[str, str]], made: Iterable[str]
    ) -> "Ledger":
        """
        What may hold with another base: what the inputs hold, and these few things.

        The text that it was read from, which is large, is not in memory any more.
        """
        return replace(
            self,
            words={},
            order=None,
            files=self.files.apart(self.files),
            rows=self.rows.apart(rows),
            made=self.made.apart(made),
            changes=None,
        )

    def but(
        self,
        *,
        bodies: int,
        files: Mapping[str, FileRecord],
        rows: Mapping[tuple[str, str], Row],
        made: Mapping[str, str | None],
        turned: Turned | None = None,
    ) -> "Ledger":
        """
        The ledger with some things that are others now, and with what is another of
        all of them. What was made comes as lines; what is no more has none.
        """
        changes = Changes(
            _head_of_changes(self.order, bodies, made, turned),
            {key: _file_line(record) for key, record in files.items()},
            {key: _json(row) for key, row in rows.items()},
            made,
        )
        faces, order = turned or (self.faces, self.order)
        return replace(
            self,
            faces=faces,
            order=order,
            bodies=bodies,
            files=self.files.with_lines(changes.files),
            rows=self.rows.with_lines(changes.rows),
            made=self.made.with_lines(changes.made),
            changes=changes if changes.head else None,
        )


def _head_of_changes(
    order: Order | None,
    bodies: int,
    made: Mapping[str, str | None],
    turned: Turned | None,
) -> Mapping[str, object]:
    """What is to be told of all things together; nothing where that is too much."""
    gone = [name for name, line in made.items() if line is None]
    if turned is None:
        return {"bodies": bodies, "gone": gone}
    moves = moves_between(order.shelves, turned.order.shelves) if order else None
    if order is None or moves is None:
        return {}
    rest = turned.order._replace(shelves=order.shelves, said=order.said)
    if rest != order:
        return {}
    return {
        "bodies": bodies,
        "gone": gone,
        "faces": turned.faces,
        "moves": moves,
        "said": turned.order.said,
    }


def _file(root: Path, kind: str) -> Path:
    return root / ".publish" / "ledger" / f"{kind}.lines"


def read_ledger(root: Path, kind: str) -> Ledger:
    """The last build of this kind; an empty one if it cannot be read."""
    try:
        return _read(_file(root, kind).read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Ledger()


def _read(text: bytes) -> Ledger:
    """Raises ValueError where it is not whole: nothing of half a file is trusted."""
    (*later, first), check = read_sections(text)
    values = json.loads(text[first[0] : first[1]])
    if values["format"] != _FORMAT:
        return Ledger()
    # The newest come last, and hold.
    files: dict[str, str] = {}
    rows: dict[tuple[str, str], str] = {}
    made: dict[str, str | None] = {}
    order = Order(*values["order"]) if values["order"] else None
    for each in reversed(later):
        head = json.loads(text[each[0] : each[1]])
        values |= head
        if order and "moves" in head:
            shelves = moved(order.shelves, head["moves"])
            order = order._replace(shelves=shelves, said=head["said"])
        files.update(_files(text, each).items())
        rows.update(_rows(text, each).items())
        made.update(dict.fromkeys(head["gone"]))
        made.update(_made(text, each).items())
    return Ledger(
        started=int(values["started"]),
        faces=str(values["faces"]),
        words={tag: _words(*each) for tag, each in values["words"].items()},
        locales=tuple(values["locales"]),
        notes=tuple(values["notes"]),
        order=order,
        bodies=int(values["bodies"]),
        files=Table(_file_of, _files(text, first).but(files)),
        rows=Table(_row, _rows(text, first).but(rows)),
        made=Table(read_made, _made(text, first).but(made)),
        mark=Mark(len(text), check, 1 + len(later), _end_of(text, first)),
        base=str(values["base"]),
    )


def _end_of(text: bytes, places: Places) -> int:
    """Where a section ends: behind the line with its lengths."""
    return text.index(b"\n", places[-1]) + 1


def _files(text: bytes, places: Places) -> Lines[str]:
    return Lines(text, *places[1:3], columns=1, later={})


def _rows(text: bytes, places: Places) -> Lines[tuple[str, str]]:
    return Lines(text, *places[2:4], columns=2, later={})


def _made(text: bytes, places: Places) -> Lines[str]:
    return Lines(text, *places[3:5], columns=1, later={})


def _words(
    key: str, erroneous: list[list[str]], notes: list[str], unreviewed: object
) -> WordsRow:
    pairs = tuple((context, msgid) for context, msgid in erroneous)
    return WordsRow(key, pairs, tuple(notes), bool(unreviewed))


def write_ledger(root: Path, kind: str, ledger: Ledger) -> Mark:
    """Remember a build: what is another, where that is known. Raises StoreError."""
    return _appended(root, kind, ledger) or _anew(root, kind, ledger)


def _anew(root: Path, kind: str, ledger: Ledger) -> Mark:
    head = {
        "format": _FORMAT,
        "started": ledger.started,
        "base": ledger.base,
        "faces": ledger.faces,
        "words": ledger.words,
        "locales": ledger.locales,
        "notes": ledger.notes,
        "order": ledger.order,
        "bodies": ledger.bodies,
    }
    section = Section()
    pieces = section.written(
        (_json(head),),
        (_line(*each) for each in ledger.files.lines(_file_line)),
        (_line(*key, line) for key, line in ledger.rows.lines(_json)),
        (_line(*each) for each in ledger.made.lines(made_line)),
    )
    write_in_pieces(_file(root, kind), pieces, root=root)
    return Mark(section.size, section.check, 1, section.size)


def _appended(root: Path, kind: str, ledger: Ledger) -> Mark | None:
    """Where the changes stand now; None where all has to be written."""
    changes, before = ledger.changes, ledger.mark
    if changes is None or not 0 < before.sections < _SECTIONS:
        return None
    section = Section(before.check)
    pieces = section.written(
        (_json(changes.head),),
        (_line(*each) for each in changes.files.items()),
        (_line(*key, line) for key, line in changes.rows.items()),
        (_line(name, line) for name, line in changes.made.items() if line is not None),
    )
    data = b"".join(pieces)
    room = max(_ROOM, before.whole // _SHARE)
    if before.size + len(data) > before.whole + room:
        return None
    if not append_exactly(_file(root, kind), data, size=before.size, root=root):
        return None
    size, sections = before.size + section.size, before.sections + 1
    return Mark(size, section.check, sections, before.whole)


def card_in(ledger: Ledger, domain: str, locale: str) -> str:
    """The key of the card of an article in a locale. Raises KeyError."""
    line = ledger.rows.line((domain, locale))
    if line is None:
        return ledger.rows[domain, locale].card
    return line[-len(_CARD_END) - CARD : -len(_CARD_END)]


_CARD_END: Final = '"]'


def linking_parts(ledger: Ledger, path: str) -> list[str]:
    """The names of what was made with links to a part of the article at a path."""
    target = (path, True)
    found = ledger.made.with_text(_json(target))
    return [name for name in found if target in ledger.made[name].targets]


def path_text(path: str) -> str:
    """What stands in the line of all that links an article by its path."""
    return f"[{_json(path)},"


_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def made_line(made: Made) -> str:
    """What `read_made` reads."""
    return _json(made)


def _file_line(record: FileRecord) -> str:
    return f"{record.size} {record.mtime} {record.digest}"


def _line(*parts: str) -> str:
    """The parts of a line; nothing for names that would be taken for several."""
    line = "\t".join(parts)
    is_one = line.count("\t") == len(parts) - 1 and "\n" not in line
    return line if is_one else ""
