"""
`make bench-merging`: how often the right old translation is offered, beside msgmerge.

Real catalogs, those of Django, whose msgids are changed in known ways: each changed text
has one translation that is the right one to offer. `FOLDER` as an argument takes other
catalogs.
"""

import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.changes import CHANGES
from bench.results import Table, keep_tables
from pipeline.errors import PublishError
from pipeline.merge import merge
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import as_written, compose
from pipeline.po.header import new_template_header
from pipeline.po.parse import decode, parse

DJANGO = Path(sys.prefix, "bench", "lib")
LOCALES: Final = ("tr", "de", "ar", "ja", "fr", "ru")
CATALOGS = 150
WHAT: Final = {
    "typo": "two letters",
    "number": "a number",
    "word": "a word",
    "longer": "a word or two more",
    "shorter": "the last third gone",
    "reworded": "every fourth word",
    "turned": "its parts change places",
    "markup": "emphasis",
}


def catalogs(folder: Path) -> Iterator[Catalog]:
    """Catalogs of some locales, the largest first."""
    paths = [
        path
        for path in folder.rglob("*.po")
        if any(locale in path.parts for locale in LOCALES)
    ]
    for path in sorted(paths, key=lambda path: (-path.stat().st_size, path))[:CATALOGS]:
        try:
            yield parse(decode(path.read_bytes(), path=str(path)), path=str(path))
        except PublishError:
            continue


def changed(
    catalog: Catalog, chance: random.Random
) -> tuple[Catalog, dict[str, tuple[str, Message]]]:
    """
    A template after a year of edits, and where its changed texts are from.

    A third of the texts stay, a tenth is gone, the others are changed; the order is new.
    """
    template: list[Message] = []
    origins: dict[str, tuple[str, Message]] = {}
    taken = {message.msgid for message in catalog}
    for message in catalog.living:
        fate = chance.random()
        if fate < 0.1:
            continue
        new = replace(message, msgstrs=("",) * len(message.msgstrs), comments=())
        new = replace(new, flags=(), previous=None)
        suitable = message.is_usable and len(message.msgid) > 12
        if fate > 0.43 and suitable and message.msgid_plural is None:
            kind = chance.choice([*CHANGES])
            text = CHANGES[kind](message.msgid, chance)
            if text in taken:
                continue
            taken.add(text)
            new = replace(new, msgid=text)
            origins[text] = (kind, message)
        template.append(new)
    chance.shuffle(template)
    header = new_template_header(
        project="x", bugs="x", creation_date="2026-01-01 00:00+0000"
    )
    return as_written(Catalog(header, tuple(template))), origins


def by_msgmerge(old: Catalog, template: Catalog, folder: Path) -> Catalog:
    for name, catalog in (("old.po", old), ("new.pot", template)):
        (folder / name).write_text(compose(catalog), encoding="utf-8")
    done = subprocess.run(
        ["msgmerge", "--previous", "--quiet", "-o", "-", "old.po", "new.pot"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return parse(done.stdout.decode(), path="msgmerge")


def by_us(old: Catalog, template: Catalog) -> Catalog:
    return merge(template.messages, old, header=old.header, today="2026-01-01").catalog


def count(
    offered: Catalog, origins: dict[str, tuple[str, Message]], found: Counter[str]
) -> None:
    for message in offered.living:
        if message.msgid in origins:
            kind, origin = origins[message.msgid]
            found[kind] += message.msgstrs == origin.msgstrs
            found["wrong"] += any(message.msgstrs) and message.msgstrs != origin.msgstrs


def _shares(whole: int, *parts: int) -> Iterator[str]:
    return (f"{100 * part / (whole or 1):.1f} %" for part in parts)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DJANGO
    chance = random.Random(1)
    total: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    count_of_catalogs = 0
    with tempfile.TemporaryDirectory() as scratch:
        for count_of_catalogs, catalog in enumerate(catalogs(folder), 1):
            template, origins = changed(catalog, chance)
            total.update(kind for kind, _ in origins.values())
            count(by_us(catalog, template), origins, ours)
            count(by_msgmerge(catalog, template, Path(scratch)), origins, theirs)
    right = [sum(found[kind] for kind in CHANGES) for found in (ours, theirs)]
    rows = [
        (
            WHAT[kind],
            f"{total[kind]:,}",
            *_shares(total[kind], ours[kind], theirs[kind]),
        )
        for kind in CHANGES
    ]
    every = total.total()
    rows += [
        (
            f"all, in {count_of_catalogs} catalogs: the right one is offered",
            f"{every:,}",
            *_shares(every, *right),
        ),
        ("a wrong one is offered", "", f"{ours['wrong']}", f"{theirs['wrong']}"),
    ]
    head = ("what changed", "texts", "publish", "msgmerge --previous")
    table = Table(head, tuple(rows))
    print(table.markdown())
    if folder == DJANGO:
        keep_tables("merging", table)
    if right[0] < right[1]:
        sys.exit("\nmsgmerge offers the right one more often")


if __name__ == "__main__":
    main()
