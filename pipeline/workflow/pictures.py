"""
Pictures that no program can read: a build says so, with the line that names them.

They go out all the same, for the page is right; but without their size the text jumps
while it loads, and readers see a broken picture.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipeline.errors import PublishError
from pipeline.store.files import read_bytes
from pipeline.store.pictures import picture_size

_READ: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Kinds whose files all say how large the picture is, in a way that is known."""

_SAID: Final = "cannot be read as one: it goes out without its size"


def is_broken(root: Path, source: str) -> bool:
    """Whether a file below the root is called a picture, and is none."""
    return source.lower().endswith(_READ) and picture_size(root / source) is None


def broken_note(root: Path, source: str, article: str) -> str:
    """What is said of a broken picture that an article shows; both below the root."""
    place = f"{article}:{_line(root, source, article)}"
    return f"{place}: the picture {source} {_SAID}; export it anew"


def is_said_again(root: Path, note: str) -> bool:
    """Whether a note would be the same of the article as it is now."""
    article, _, rest = note.partition(":")
    source = rest.partition(" the picture ")[2].partition(f" {_SAID}")[0]
    return note == broken_note(root, source, article)


def is_told(source: str, notes: Iterable[str]) -> bool:
    """Whether one of some notes is of this broken picture."""
    return any(f" the picture {source} {_SAID}" in note for note in notes)


def without_pictures(notes: Iterable[str]) -> tuple[str, ...]:
    """The notes that are of something else."""
    return tuple(note for note in notes if _SAID not in note)


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
