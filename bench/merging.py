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
from pipeline.errors import PublishError
from pipeline.merge import merge
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import as_written, compose
from pipeline.po.header import new_template_header
from pipeline.po.parse import decode, parse

DJANGO = Path(sys.prefix, "bench", "lib")
LOCALES: Final = ("tr", "de", "ar", "ja", "fr", "ru")
CATALOGS = 150


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
    print(f"{count_of_catalogs} catalogs, {total.total()} changed texts\n")
    print(
        f"{'the right one is offered':24} {'texts':>7} {'publish':>9} {'msgmerge':>9}"
    )
    for kind in CHANGES:
        of = total[kind] or 1
        mine, other = 100 * ours[kind] / of, 100 * theirs[kind] / of
        print(f"{kind:24} {total[kind]:7} {mine:8.1f}% {other:8.1f}%")
    of = total.total() or 1
    right = [sum(found[kind] for kind in CHANGES) for found in (ours, theirs)]
    print(f"{'all':24} {of:7} {100 * right[0] / of:8.1f}% {100 * right[1] / of:8.1f}%")
    print(f"{'another one is offered':24} {'':7} {ours['wrong']:9} {theirs['wrong']:9}")
    if right[0] < right[1]:
        sys.exit("\nmsgmerge offers the right one more often")


if __name__ == "__main__":
    main()
