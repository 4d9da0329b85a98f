"""`memory/*.tmx`: memories of other programs, as pairs of ours, and the way out."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.store.files import read_bytes, shown, write_atomically
from pipeline.store.pairs import TMX, Pair
from pipeline.tmx import (
    AFTER,
    BEFORE,
    CONTEXT,
    ORIGIN,
    Unit,
    Variant,
    compose_tmx,
    parse_tmx,
)

FOLDER: Final = "memory"
MAX_BYTES: Final = 256_000_000
_VERSION: Final = "1"


def find_memories(root: Path) -> list[Path]:
    """The files of a site, by name."""
    return sorted(
        path for path in (root / FOLDER).glob("*.tmx") if not path.name.startswith(".")
    )


def place_of(path: Path) -> str:
    """How the pairs of a file say where they are from."""
    return TMX + path.name


def parse_pairs(data: bytes, *, path: str, source: str, locale: str) -> list[Pair]:
    """The pairs that a file has for two locales. Raises SourceError if it is no TMX."""
    return [
        pair
        for unit in parse_tmx(data, path=path)
        if (pair := _pair(unit, source, locale)) is not None
    ]


def _pair(unit: Unit, source: str, locale: str) -> Pair | None:
    ours, theirs = unit.text(source), unit.text(locale)
    if ours is None or theirs is None or ours is theirs:
        return None
    if not ours.text.strip() or not theirs.text.strip():
        return None
    return Pair(
        ours.text,
        theirs.text,
        unit.prop([CONTEXT], theirs),
        before=unit.prop(BEFORE, theirs),
        after=unit.prop(AFTER, theirs),
        date=theirs.date or unit.date,
        creator=theirs.creator or unit.creator,
        is_own=False,
    )


def take_in(root: Path, file: Path) -> Path:
    """
    Copy a file into the site as it is; where it is then.

    Raises UsageError where another file of that name is there, SourceError where it is
    no TMX, StoreError where a disk refuses.
    """
    if file.suffix != ".tmx":
        raise UsageError(f"{file} is no .tmx file", hint="only TMX can be imported")
    data = read_bytes(file, most=MAX_BYTES)
    parse_tmx(data, path=str(file))
    target = root / FOLDER / file.name
    if target.exists():
        if read_bytes(target, root=root, most=MAX_BYTES) == data:
            return target
        raise UsageError(
            f"another {shown(target, root)} is there",
            hint="give the file another name, or remove the old one",
        )
    write_atomically(target, data, root=root)
    return target


def write_pairs(file: Path, pairs: Iterable[tuple[str, Pair]], *, source: str) -> None:
    """Write pairs, each with its locale, into a new file."""
    units = (_unit(pair, source, locale) for locale, pair in pairs)
    text = "".join(compose_tmx(units, source=source, version=_VERSION))
    write_atomically(file, text.encode(), root=None)


def _unit(pair: Pair, source: str, locale: str) -> Unit:
    props = {
        ORIGIN: pair.place.removeprefix(TMX),
        CONTEXT: pair.msgctxt,
        BEFORE[0]: pair.before,
        AFTER[0]: pair.after,
    }
    return Unit(
        [Variant(source, pair.msgid), Variant(locale, pair.msgstr)],
        date=pair.date,
        creator=pair.creator,
        props={name: value for name, value in props.items() if value is not None},
    )
