"""Catalogs that were cut at some byte: what is refused, and what is read of the rest."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.errors import CatalogError
from pipeline.po.parse import decode, parse
from tests.catalog_corpora import Real

REFUSED = "refused"
FULL = "read in full"
ENTRY = "read to the end of an entry"
LINE = "read to the end of a line of the last string"
"""Nothing in such a file tells that more followed: gettext reads it as well."""

SHORTENED = "shortened otherwise"
_LARGEST = 200_000


def diverse(reals: Iterable[Real], count: int, *, seed: int) -> list[Real]:
    """Catalogs that are read, of all projects in turn."""
    chance = random.Random(seed)
    projects: dict[str, list[Real]] = {}
    for real in reals:
        if len(real.data) < _LARGEST and _entries(real.data) is not None:
            projects.setdefault(real.project, []).append(real)
    for catalogs in projects.values():
        chance.shuffle(catalogs)
    taken: list[Real] = []
    while len(taken) < count and any(projects.values()):
        taken += [catalogs.pop() for catalogs in projects.values() if catalogs]
    return taken[:count]


def cut_at_random(
    reals: Sequence[Real], places: int, *, seed: int
) -> tuple[Counter[str], list[str]]:
    """What became of each catalog cut at random bytes, and what must not be."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    wrong = []
    for real in reals:
        whole = _entries(real.data) or []
        for _ in range(places):
            place = chance.randrange(len(real.data))
            kind = _becomes(real.data[:place], whole)
            counts[kind] += 1
            if kind == SHORTENED:
                wrong.append(f"{real.project}: {real.name}: cut at byte {place}")
    return counts, wrong


def _entries(data: bytes) -> list[tuple[object, tuple[str, ...]]] | None:
    """All that an entry says besides its texts, and its texts; None if it is refused."""
    try:
        catalog = parse(decode(data, path="x.po"), path="x.po")
    except CatalogError as error:
        if not error.line:
            raise
        return None
    return [
        ((each.key, each.comments, each.flags, each.previous), each.msgstrs)
        for each in (catalog.header, *catalog.messages)
    ]


def _becomes(data: bytes, whole: list[tuple[object, tuple[str, ...]]]) -> str:
    read = _entries(data)
    if read is None:
        return REFUSED
    if read == whole:
        return FULL
    if read == whole[: len(read)]:
        return ENTRY
    *sure, (what, texts) = read
    meant, long = whole[len(sure)]
    *forms, last = texts
    is_line = (
        sure == whole[: len(sure)]
        and what == meant
        and tuple(forms) == long[: len(forms)]
        and long[len(forms)].startswith(last)
        and data.endswith(b"\n")
    )
    return LINE if is_line else SHORTENED
