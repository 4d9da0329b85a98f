"""
`make bench-checks`: which errors our checks find, and what they say of good translations.

Reviewed pairs of public catalogs, and the same pairs with one critical error put in;
translate-toolkit's pofilter reads the same files. `CORPUS=folder` takes other catalogs:
one folder a project. Some were looked at while the checks were written (`TUNING`); what
counts is said of the others.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bench.mutations import KINDS, negation_lost
from pipeline import cldr, registry
from pipeline.check import check, nplurals
from pipeline.checks import CheckContext
from pipeline.errors import PublishError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity
from pipeline.po.compose import as_written, compose
from pipeline.po.parse import decode, parse

FOLDER: Final = Path(sys.prefix, "catalogs")
POFILTER: Final = Path(sys.prefix, "bench", "bin", "pofilter")
LANGUAGES: Final = ("tr", "de", "fr", "es", "ar", "ja", "ru", "fa")
TUNING: Final = frozenset(
    {("comprehensive-rust", locale) for locale in ("tr", "de", "ar", "ja", "fa")}
    | {("frc-docs-translations", locale) for locale in ("tr", "fr")},
)
"""Project and language of the catalogs that were looked at; all others are held out."""

PAIRS: Final = 1_500
MUTANTS: Final = 300
WARNING_DOES: Final = frozenset({"untranslated", "truncated", "emphasis dropped"})
SERIOUS: Final = re.compile(
    r"\(pofilter\) (?:escapes|newlines|nplurals|printf|pythonbraceformat|tabs|variables"
    r"|xmltags|untranslated|unchanged|options|numbers|urls|emails|filepaths|functions"
    r"|acronyms|accelerators|blank|purepunc)\b",
)
"""What pofilter calls critical or functional."""


@dataclass(slots=True)
class Group:
    """The reviewed pairs of one project in one language."""

    project: str
    language: str
    locale: str
    messages: list[Message] = field(default_factory=list)
    forms: int = 2

    @property
    def held_out(self) -> bool:
        return (self.project, self.language) not in TUNING


@dataclass(slots=True)
class Count:
    """Of how many pairs, and what was found."""

    pairs: int = 0
    ours: int = 0
    ours_any: int = 0
    theirs: int = 0
    theirs_serious: int = 0


def groups(folder: Path) -> list[Group]:
    found: dict[tuple[str, str], Group] = {}
    for path in sorted(folder.rglob("*.po")):
        project = path.relative_to(folder).parts[0]
        locale = _locale(path)
        language = locale.partition("-")[0]
        if language not in LANGUAGES:
            continue
        try:
            catalog = parse(decode(path.read_bytes(), path=str(path)), path=str(path))
        except PublishError:
            continue
        key = (project, language)
        group = found.setdefault(key, Group(*key, locale, forms=nplurals(catalog)))
        if group.forms == nplurals(catalog):
            group.messages += (
                each for each in catalog.living if each.is_usable and each.msgid
            )
    return [_sample(group) for group in found.values() if len(group.messages) > 30]


def _locale(path: Path) -> str:
    """From the name or the folders, as headers are often wrong."""
    for part in (path.stem, *reversed(path.parts[:-1])):
        tag = cldr.canonical(part)
        if tag.partition("-")[0] in LANGUAGES and cldr.is_well_formed(tag):
            return tag
    return ""


def _sample(group: Group) -> Group:
    once = {
        message.key: message for message in group.messages if message.msgctxt != "slug"
    }
    messages = list(once.values())
    random.Random(f"{group.project} {group.language}").shuffle(messages)
    return replace(group, messages=messages)


def mutants(group: Group, kind: str) -> Iterator[tuple[Message, Message]]:
    """Pairs of one group with one error of this kind, and as they were."""
    mutation = {**KINDS, "negation lost": negation_lost}[kind]
    chance = random.Random(f"{kind} {group.project} {group.language}")
    count = 0
    for message in group.messages:
        if message.msgid_plural is not None or message.msgid == message.msgstr:
            continue
        text = mutation(message.msgid, message.msgstr, group.language, chance)
        if text and text != message.msgstr:
            yield replace(message, msgstrs=(text,)), message
            count += 1
            if count == MUTANTS:
                return


def ours(
    group: Group, messages: Iterable[Message]
) -> dict[tuple[str | None, str], list[Finding]]:
    locale = group.locale
    context = CheckContext(locale=locale, nplurals=group.forms)
    catalog = Catalog(Message("", ("",)), tuple(messages))
    found: dict[tuple[str | None, str], list[Finding]] = defaultdict(list)
    checks = tuple(registry.checks().values())
    for finding in check(catalog, checks=checks, context=context, file="x.po"):
        if finding.msgid is not None:
            found[finding.msgctxt, finding.msgid].append(finding)
    return found


def theirs(
    group: Group, sets: dict[str, list[Message]]
) -> dict[str, dict[tuple[str | None, str], str]]:
    """What pofilter notes on each message of each set."""
    found: dict[str, dict[tuple[str | None, str], str]] = {}
    if not POFILTER.exists():
        return {name: {} for name in sets}
    header = _header(group)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        for name, messages in sets.items():
            bare = (
                replace(each, comments=(), extracted=(), previous=None)
                for each in messages
            )
            text = compose(as_written(Catalog(header, tuple(bare))))
            (folder / f"{name.replace(' ', '_')}.po").write_text(text, encoding="utf-8")
        subprocess.run(
            [
                POFILTER,
                f"--language={cldr.gettext_locale(group.language)}",
                "--progress=none",
                "in",
                "out",
            ],
            cwd=scratch,
            check=True,
            capture_output=True,
        )
        for name in sets:
            path = Path(scratch, "out", f"{name.replace(' ', '_')}.po")
            catalog = parse(path.read_text("utf-8"), path=name) if path.exists() else ()
            found[name] = {
                each.key: "\n".join(each.comments)
                for each in catalog
                if any("(pofilter)" in line for line in each.comments)
            }
    return found


def _header(group: Group) -> Message:
    fields = (
        "Project-Id-Version: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        f"Content-Transfer-Encoding: 8bit\nLanguage: {cldr.gettext_locale(group.locale)}\n"
        f"Plural-Forms: nplurals={group.forms}; plural=(n != 1);\n"
    )
    return Message("", (fields,))


def measure(
    group: Group,
) -> tuple[Group, dict[str, Count], list[tuple[str, Message, list[Finding]]]]:
    counts: dict[str, Count] = {}
    notable: list[tuple[str, Message, list[Finding]]] = []
    untouched = group.messages[:PAIRS]
    sets = {"untouched": untouched}
    for kind in (*KINDS, "negation lost"):
        sets[kind] = [mutant for mutant, _ in mutants(group, kind)]
    noted = theirs(group, sets)
    for kind, messages in sets.items():
        found = ours(group, messages)
        count = counts[kind] = Count(len(messages))
        for message in messages:
            said = found.get(message.key, [])
            note = noted[kind].get(message.key, "")
            is_error = any(each.severity is Severity.ERROR for each in said)
            is_any = any(each.severity is not Severity.INFO for each in said)
            if kind == "negation lost":
                is_error = any(each.check == "negation" for each in said)
            count.ours += is_any if kind in WARNING_DOES else is_error
            count.ours_any += is_any
            count.theirs += bool(note)
            count.theirs_serious += bool(SERIOUS.search(note))
            if kind == "untouched":
                counts.setdefault("negation false", Count(len(messages))).ours += any(
                    each.check == "negation" for each in said
                )
            hit = is_any if kind in WARNING_DOES else is_error
            if (kind == "untouched" and is_any) or (kind != "untouched" and not hit):
                notable.append((kind, message, said))
    return replace(group, messages=[]), counts, notable


def report(results: list[tuple[Group, dict[str, Count]]], title: str) -> None:
    total: dict[str, Count] = defaultdict(Count)
    for _, counts in results:
        for kind, count in counts.items():
            for name in Count.__slots__:
                setattr(
                    total[kind], name, getattr(total[kind], name) + getattr(count, name)
                )
    names = sorted({f"{group.project} {group.language}" for group, _ in results})
    print(f"\n{title}: {', '.join(names)}\n")
    print(
        "| one error put in | pairs | publish finds | pofilter notes |\n|---|---|---|---|"
    )
    for kind in (*KINDS, "negation lost"):
        count = total[kind]
        of = count.pairs or 1
        print(
            f"| {kind} | {count.pairs} | {100 * count.ours / of:.1f} % | {100 * count.theirs / of:.1f} % |"
        )
    count = total["untouched"]
    of = count.pairs or 1
    print("\n| pairs as they were | pairs | publish | pofilter |\n|---|---|---|---|")
    print(
        f"| errors (pofilter: critical or functional) | {count.pairs} | {100 * count.ours / of:.2f} % | {100 * count.theirs_serious / of:.1f} % |"
    )
    print(
        f"| errors or warnings | {count.pairs} | {100 * count.ours_any / of:.2f} % | {100 * count.theirs / of:.1f} % |"
    )
    print(
        f"| negation, false per 1,000 | {count.pairs} | {1000 * total['negation false'].ours / of:.1f} | |"
    )


def main() -> None:
    folder = Path(os.environ.get("CORPUS") or FOLDER)
    found = groups(folder)
    if os.environ.get("ONLY"):
        held = os.environ["ONLY"] == "held-out"
        found = [group for group in found if group.held_out == held]
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(measure, found))
    for held, title in (False, "Tuned on"), (True, "Held out"):
        some = [
            (group, counts) for group, counts, _ in results if group.held_out == held
        ]
        if some:
            report(some, title)
    if os.environ.get("BY_GROUP"):
        said = Counter(
            f"{group.project} {group.locale} {each.severity} {each.check}"
            for group, _, notable in results
            for kind, _, findings in notable
            if kind == "untouched"
            for each in {(f.severity, f.check): f for f in findings}.values()
        )
        print(*(f"{count:5} {name}" for name, count in sorted(said.items())), sep="\n")
        by_group([(group, counts) for group, counts, _ in results])
    if os.environ.get("SHOW"):
        show(
            [(group, notable) for group, _, notable in results if not group.held_out],
            os.environ["SHOW"],
        )


def by_group(results: list[tuple[Group, dict[str, Count]]]) -> None:
    """The shares of each group, without a text of it."""
    for group, counts in results:
        print(f"{group.project} {group.locale}:", end="")
        for kind, count in counts.items():
            of = count.pairs or 1
            some = count.ours_any if kind in {*WARNING_DOES} else count.ours
            print(f" {kind} {100 * some / of:.1f}/{count.pairs};", end="")
        print(
            f" any {100 * counts['untouched'].ours_any / (counts['untouched'].pairs or 1):.1f}"
        )


def show(
    results: list[tuple[Group, list[tuple[str, Message, list[Finding]]]]], wanted: str
) -> None:
    """What was missed or said wrongly, in the catalogs that may be looked at."""
    for group, notable in results:
        for kind, message, said in notable:
            if wanted in {"all", kind}:
                print(
                    f"--- {group.project} {group.locale} {kind}\n{message.msgid!r}\n{message.msgstrs!r}"
                )
                for each in said:
                    print(f"    {each.severity} {each.check}: {each.message}")


if __name__ == "__main__":
    main()
