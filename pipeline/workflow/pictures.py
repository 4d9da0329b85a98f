"""
Pictures that no program can read, or not to their end: a build says so, with the line
that names them.

They go out all the same, for the page is right; but without their size the text jumps
while it loads, and readers see a broken picture, or half of one.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipeline.errors import PublishError
from pipeline.store.files import read_bytes
from pipeline.store.pictures import picture_size
from pipeline.store.wholeness import is_cut_off

_READ: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Kinds whose files all say how large the picture is, in a way that is known."""

_UNREAD: Final = "cannot be read as one: it goes out without its size"
_CUT_OFF: Final = "is cut off: the file ends before the picture does"
_UNSIZED: Final = (
    "says neither its size nor its viewBox, as drawings do: it goes out without a size"
)
_SAID: Final = (_UNREAD, _CUT_OFF, _UNSIZED)


def fault_of(root: Path, source: str) -> str:
    """What is wrong with a picture, a file below the root; nothing where none is."""
    path = root / source
    kind = path.suffix.lower()
    if (kind in _READ or kind == ".svg") and picture_size(path) is None:
        return _UNREAD if kind in _READ else _UNSIZED
    return _CUT_OFF if is_cut_off(path) else ""


def fault_note(root: Path, source: str, article: str, fault: str) -> str:
    """What is said of a picture that an article shows; both below the root."""
    place = f"{article}:{_line(root, source, article)}"
    return f"{place}: the picture {source} {fault}; export it anew"


def is_said_again(root: Path, note: str) -> bool:
    """Whether a note would be the same of the article as it is now."""
    article, _, rest = note.partition(":")
    fault = next((each for each in _SAID if each in rest), "")
    source = rest.partition(" the picture ")[2].partition(f" {fault}")[0]
    return bool(fault) and note == fault_note(root, source, article, fault)


def fault_in(notes: Iterable[str], source: str) -> str:
    """What some notes say of a picture; nothing where none is of it."""
    said = (f for n in notes for f in _SAID if f" the picture {source} {f}" in n)
    return next(said, "")


def without_pictures(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes that are of something else."""
    return tuple(note for note in notes if not any(each in note for each in _SAID))


def _line(root: Path, source: str, article: str) -> int:
    """Where the article names the file, or its variant; else its first line."""
    name = source.rpartition("/")[2]
    stem, _, suffix = name.rpartition(".")
    whole = f"{stem.rpartition('.')[0] or stem}.{suffix}"
    try:
        text = read_bytes(root / article, root=root).decode("utf-8", "replace")
    except PublishError:
        return 1
    for wanted in (name, quote(name), whole, quote(whole)):
        place = text.find(wanted)
        if place >= 0:
            return text.count("\n", 0, place) + 1
    return 1
