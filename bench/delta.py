"""
`make bench-delta FOLDER=...`: how many harmful changes of approved sources are caught.

Real English sentences, those of the catalogs in a folder (without one, of Django), are
approved with a translation, then changed while the translation stays: in ways that may
harm, each of which must be an error, and in ways that may not, none of which should be.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.delta import find_delta
from pipeline.errors import PublishError
from pipeline.model.catalog import Catalog, Message
from pipeline.po.parse import decode, parse

DJANGO = Path(sys.prefix, "bench", "lib")
MOST = 20_000
Change = Callable[[str, random.Random], str]


def swap(*pairs: str) -> Change:
    """One of these words becomes the other of its pair."""
    both: dict[str, str] = {}
    for pair in pairs:
        one, other = pair.split("/")
        both |= {one: other, other: one}
    find = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, both))})(?![\w-])")

    def change(text: str, chance: random.Random) -> str:
        found = list(find.finditer(text))
        if not found:
            return text
        match = chance.choice(found)
        return f"{text[: match.start()]}{both[match[0]]}{text[match.end() :]}"

    return change


def number(text: str, chance: random.Random) -> str:
    """A digit is another one."""
    found = list(re.finditer(r"(?<![\w./-])\d+(?:\.\d+)?(?![\w./-])", text))
    if not found:
        return text
    match = chance.choice(found)
    place = match.start() + chance.randrange(len(match[0].split(".")[0]))
    digit = str((int(text[place]) + chance.randint(1, 8)) % 9 + 1)
    if digit == text[place]:
        return text
    return text[:place] + digit + text[place + 1 :]


def negated(text: str, chance: random.Random) -> str:
    """A negation is lost or gained."""
    del chance
    lost = re.sub(
        r"\b(do|does|is|are|can|should|must|will) not\b", r"\1", text, count=1
    )
    if lost != text:
        return lost
    return re.sub(
        r"\b(is|are|can|should|must|will)\b(?!['’])", r"\1 not", text, count=1
    )


def typo(text: str, chance: random.Random) -> str:
    words = list(re.finditer(r"(?<![\w<{%&/.])[a-z]{6,}(?![\w>}/;.])", text))
    if not words:
        return text
    match = chance.choice(words)
    place = chance.randrange(match.start() + 1, match.end() - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def reworded(text: str, chance: random.Random) -> str:
    word = chance.choice(["please", "usually", "also", "simply", "of course", "then"])
    words = text.split(" ")
    words.insert(chance.randrange(len(words) + 1), word)
    return " ".join(words)


def punctuated(text: str, chance: random.Random) -> str:
    del chance
    if text.endswith("."):
        return f"{text[:-1]}!"
    if ", " in text:
        return text.replace(", ", " – ", 1)
    return f"{text}."


def emphasized(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    place = chance.randrange(len(words))
    words[place] = f"**{words[place]}**"
    return " ".join(words)


def spelled(text: str, chance: random.Random) -> str:
    """The same, written in another way."""
    del chance
    for one, other in (
        ("do not", "don't"),
        ("cannot", "can't"),
        ("is not", "isn't"),
        (" two ", " 2 "),
        (" three ", " 3 "),
        (" four ", " 4 "),
        (" %", "%"),
    ):
        for a, b in ((one, other), (other, one)):
            if a in text:
                return text.replace(a, b)
    return text


HARMFUL: Final[Mapping[str, Change]] = {
    "number": number,
    "number word": swap("two/three", "four/five", "once/twice", "six/eight"),
    "unit": swap(
        "seconds/minutes",
        "hours/days",
        "weeks/months",
        "mg/mcg",
        "ml/l",
        "day/week",
        "minute/hour",
        "month/year",
        "cm/mm",
        "second/hour",
    ),
    "how often": swap(
        "daily/weekly",
        "always/sometimes",
        "every/each other",
        "often/rarely",
        "morning/evening",
    ),
    "side": swap("left/right", "upper/lower", "inner/outer"),
    "negation": negated,
    "opposites": swap(
        "before/after",
        "more/less",
        "above/below",
        "start/stop",
        "with/without",
        "minimum/maximum",
        "increase/decrease",
    ),
}
HARMLESS: Final[Mapping[str, Change]] = {
    "typo": typo,
    "wording": reworded,
    "punctuation": punctuated,
    "markup": emphasized,
    "spelling": spelled,
}


def sources(folder: Path) -> Iterator[str]:
    """The English of all catalogs of a folder, each text once."""
    met = set()
    for path in sorted(folder.rglob("*.po")):
        try:
            catalog = parse(decode(path.read_bytes(), path=str(path)), path=str(path))
        except PublishError:
            continue
        for message in catalog.living:
            text = message.msgid
            if text not in met and 4 <= len(text.split()) <= 80:
                met.add(text)
                yield text


def is_caught(before: str, now: str) -> bool:
    """Whether the translation of `before`, left as it is, is an error for `now`."""
    old = Message(before, ("çeviri",))
    approval = Approval(None, before, translation_digest(old), "reviewer", "2026-01-01")
    catalog = Catalog(Message(""), (replace(old, msgid=now),))
    found = find_delta(Approvals((approval,)), catalog, source_locale="en")
    return any(True for _ in found)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DJANGO
    chance = random.Random(1)
    texts = list(sources(folder))
    chance.shuffle(texts)
    total: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    show = "-v" in sys.argv
    for text in texts[:MOST]:
        for name, change in {**HARMFUL, **HARMLESS}.items():
            now = change(text, chance)
            if now == text:
                continue
            total[name] += 1
            found = is_caught(text, now)
            caught[name] += found
            if show and found == (name in HARMLESS):
                print(f"{name}:\n  {text}\n  {now}")
    for title, changes in (
        ("harmful: caught", HARMFUL),
        ("harmless: flagged", HARMLESS),
    ):
        print(f"{title:24} {'changes':>8} {'':>8}")
        for name in changes:
            print(f"  {name:22} {total[name]:8} {share(caught[name], total[name])}")
        count = sum(total[name] for name in changes)
        of = sum(caught[name] for name in changes)
        print(f"  {'all':22} {count:8} {share(of, count)}")


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:7.1f}%" if whole else "      –"


if __name__ == "__main__":
    main()
