"""
`make bench-terms`: how many of a term's forms are found in real Turkish, and how many
other words are taken for them.

`terms-tr.tsv` has terms, the forms of their translations that real catalogs hold, and the
words there that only begin alike; each was read and sorted by hand. An entry is looked at
where its English has the term. A word that is in neither list is counted as unread.

    python -m bench.terms PLACE...     Turkish catalogs, and folders that have some

A row says whether it was read before or after the rules of Turkish were last changed.
"""

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.glossary import find_terms, occurrences
from pipeline.glossary.languages.tr import fold
from pipeline.model.term import Term
from pipeline.placeholders import blank
from pipeline.po.parse import parse

LABELS = Path(__file__).with_name("terms-tr.tsv")
WORD = re.compile(r"[^\W_]+")
LONGEST = 2000
SEEN = 3
"""Letters by which a word is like another, so that somebody should have read it."""


def entries(place: Path) -> Iterator[tuple[str, str]]:
    """The translated entries of a catalog, or of those of a folder that are Turkish."""
    files = [place] if place.is_file() else sorted(place.rglob("*.po"))
    if any("/tr/" in file.as_posix() for file in files):
        files = [file for file in files if "/tr/" in file.as_posix()]
    for file in files:
        try:
            catalog = parse(file.read_text(encoding="utf-8"), path=str(file))
        except (PublishError, UnicodeDecodeError) as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        for each in catalog.messages:
            is_plain = each.msgid and not each.is_fuzzy and not each.obsolete
            is_short = each.msgid_plural is None and len(each.msgid) < LONGEST
            if is_plain and is_short and any(each.msgstrs):
                yield each.msgid, each.msgstrs[0]


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_prefix(text: str, target: str) -> bool:
    """The plain way: some word begins with each word of the term, less its last letters."""
    words = WORD.findall(fold(blank(text)))
    for part in WORD.findall(fold(target)):
        if len(part) <= 4:
            stem = part[:-1] if len(part) == 4 else part
        else:
            stem = part[: -2 if len(part) > 8 else -1]
        if not any(word.startswith(stem) for word in words):
            return False
    return True


def judge(pairs: list[tuple[str, str]], read: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in labels():
        if row["read"] != read:
            continue
        term = (Term(row["term"], row["translation"]),)
        forms = {*row["forms"].split("|")}
        others = {*row["other words"].split("|")}
        begins = row["term"].split()[0].casefold()[:SEEN]
        for msgid, msgstr in pairs:
            if begins in msgid.casefold() and find_terms(msgid, term):
                compare(msgstr, term, forms, others, counts)
    return counts


def compare(
    msgstr: str,
    term: tuple[Term],
    forms: set[str],
    others: set[str],
    counts: Counter[str],
) -> None:
    found = occurrences(msgstr, term, "tr", of_targets=True)
    starts = {each.start for each in found}
    length = len(WORD.findall(term[0].target))
    shown = blank(msgstr)
    words = list(WORD.finditer(shown))
    near = fold(term[0].target)[:SEEN]
    is_there = is_unread = False
    for place in range(len(words) - length + 1):
        window = " ".join(fold(each[0]) for each in words[place : place + length])
        is_found = words[place].start() in starts
        if window in forms:
            is_there = True
            counts["found" if is_found else "missed"] += 1
        elif is_found:
            is_unread = is_unread or window not in others
            counts["false" if window in others else "unread, found"] += 1
        elif window not in others and length == 1 and window.startswith(near):
            counts["unread, not found"] += 1
    if is_unread:
        return
    counts["entries"] += 1
    counts["entries with it"] += is_there
    for name, says in (
        ("ours", bool(found)),
        ("prefix", by_prefix(msgstr, term[0].target)),
    ):
        counts[f"{name} missed"] += is_there and not says
        counts[f"{name} false"] += says and not is_there


def speed() -> None:
    """A thousand terms in a long text."""
    forms = [
        (row["term"], form) for row in labels() for form in row["forms"].split("|")
    ]
    text = " ".join(form for _, form in forms)
    for count in (100, len(forms)):
        terms = tuple(
            Term(f"{source} {n}", form)
            for n, (source, form) in enumerate(forms[:count])
        )
        start = time.process_time()
        occurrences("", terms, "tr", of_targets=True)
        ready = time.process_time()
        occurrences(text, terms, "tr", of_targets=True)
        once = time.process_time()
        occurrences(text * 10, terms, "tr", of_targets=True)
        ten = time.process_time()
        print(
            f"{count} terms: ready in {1000 * (ready - start):.0f} ms; {len(text):,} characters "
            f"in {1000 * (once - ready):.0f} ms, ten times as many in {1000 * (ten - once):.0f} ms"
        )


def main() -> None:
    places = [Path(name) for name in sys.argv[1:]]
    for place in places:
        pairs = list(entries(place))
        print(f"\n{place.name}: {len(pairs)} entries")
        for read in ("before", "after"):
            report(judge(pairs, read), f"read {read} the last change of the rules")
    speed()


def report(counts: Counter[str], what: str) -> None:
    there = counts["found"] + counts["missed"]
    without = counts["entries"] - counts["entries with it"]
    print(
        f"  {what}: {there} forms, {counts['missed']} missed, "
        f"{counts['false']} other words taken; unread: {counts['unread, found']} taken, "
        f"{counts['unread, not found']} left"
    )
    for each in ("ours", "prefix"):
        print(
            f"    {each:6} of {counts['entries with it']} entries with the term "
            f"{counts[f'{each} missed']} missed, of {without} without it "
            f"{counts[f'{each} false']} taken"
        )


if __name__ == "__main__":
    main()
