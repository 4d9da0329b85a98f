"""
`make bench-catalogs`: extraction and catalogs beside mdpo, msgmerge, polib and Babel.

1,000 articles of 9 kB and three locales, made anew each time. Compared is what a person
waits for, the seconds on the clock of the whole process, best of several runs, on a
machine that does nothing else; CPU seconds, those of child processes included, are shown
too. A catalog that is not right ends it.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import LOCALES, article, article_path, edit, make_site, translate_all
from bench.results import Table, keep_tables, shown
from pipeline.model.catalog import Catalog
from pipeline.po.compose import compose
from pipeline.po.parse import decode, parse

HERE = Path(__file__).parent
PEERS = Path(sys.prefix, "bench", "bin", "python")
"""The Python of an environment with mdpo, polib and Babel, which `make` makes."""

ARTICLES = 1000
CHANGED = 10
SAMPLE = 300
RUNS = 3
ROUNDS = 25
GOALS = {"first": 5.0, "merge": 20.0, "read": 60.0}


@dataclass(frozen=True)
class Cost:
    """What a command took, in seconds, and what it printed."""

    cpu: float
    clock: float
    out: str = ""


def cost(work: Callable[[], str]) -> Cost:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    out = work()
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, clock, out)


def run(command: Sequence[str | Path], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode()


def best(costs: Sequence[Cost]) -> Cost:
    return min(costs, key=lambda each: each.clock)


def read(path: Path) -> Catalog:
    return parse(decode(path.read_bytes(), path=str(path)), path=str(path))


class Site:
    """The site of the benchmark."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        make_site(root, ARTICLES)

    def extract(self) -> Cost:
        command = [sys.executable, "-m", "pipeline", "extract", "--json"]
        return cost(lambda: run(command, self.root))

    def domains(self) -> Iterator[str]:
        top = self.root / "locales" / "_pot"
        for path in sorted(top.rglob("*.pot")):
            yield str(path.relative_to(top).with_suffix(""))

    def template(self, domain: str) -> Path:
        return self.root / "locales" / "_pot" / f"{domain}.pot"

    def catalog(self, locale: str, domain: str) -> Path:
        return self.root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"

    def forget(self) -> None:
        for name in ("locales", ".publish"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def edit(self, word: str) -> None:
        """Another word in some articles, and no other change to what they were."""
        for number in range(0, ARTICLES, ARTICLES // CHANGED):
            text = edit(article(number), word)
            article_path(self.root, number).write_text(text, encoding="utf-8")


def messages(site: Site) -> int:
    """How many entries all catalogs have; they are those of their templates."""
    total = 0
    for number, domain in enumerate(site.domains()):
        keys = [message.key for message in read(site.template(domain))]
        for locale in LOCALES:
            path = site.catalog(locale, domain)
            if [message.key for message in read(path).living] != keys:
                sys.exit(f"{path}: other messages than its template has")
            total += len(keys)
            if number % 100 == 0:
                run(["msgfmt", "--check", "-o", "/dev/null", path], site.root)
    return total


def offers(paths: Iterator[Path]) -> int:
    """Translations that were carried over to a similar text."""
    return sum(message.is_fuzzy for path in paths for message in read(path).living)


def first(site: Site) -> tuple[Cost, int]:
    costs = []
    for _ in range(RUNS):
        site.forget()
        costs.append(site.extract())
    count = messages(site)
    told = sum(row["new"] for row in json.loads(costs[-1].out)["domains"])
    if told != count:
        sys.exit(f"the report says {told} messages, the catalogs hold {count}")
    return best(costs), count


def merge(site: Site, scratch: Path) -> tuple[Cost, Cost, int, int]:
    """Ours and msgmerge's cost of a small change, and how much each carries over."""
    site.extract()  # what was translated elsewhere is met for the first time
    time.sleep(0.1)
    site.extract()
    before = scratch / "before"
    shutil.copytree(site.root / "locales", before)
    costs = []
    for number in range(RUNS):
        if number:
            shutil.rmtree(site.root / "locales")
            shutil.copytree(before, site.root / "locales")
            site.edit("")
            site.extract()
            time.sleep(0.1)
            site.extract()
        site.edit(f"gently{number}")
        costs.append(site.extract())
    pairs = [
        (before / locale / "LC_MESSAGES" / f"{domain}.po", site.template(domain))
        for locale in LOCALES
        for domain in site.domains()
    ]
    merged = scratch / "merged"
    merged.mkdir()

    def msgmerge() -> str:
        for number, (catalog, template) in enumerate(pairs):
            out = merged / f"{number}.po"
            run(
                ["msgmerge", "--previous", "--quiet", "-o", out, catalog, template],
                scratch,
            )
        return ""

    theirs = cost(msgmerge)
    ours = offers(
        site.catalog(locale, domain) for locale in LOCALES for domain in site.domains()
    )
    return best(costs), theirs, ours, offers(iter(sorted(merged.iterdir())))


def speed(work: Callable[[], object], size: int) -> float:
    """Megabytes a second of CPU."""
    seconds = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        seconds.append(time.process_time() - before)
    return size / min(seconds) / 1e6


def reading(site: Site) -> dict[str, float]:
    top = site.root / "locales" / "tr"
    files = [path.read_bytes() for path in sorted(top.rglob("*.po"))[:SAMPLE]]
    size = sum(map(len, files))
    texts = [decode(data, path="") for data in files]
    read_all = [parse(text, path="") for text in texts]
    peers = run([PEERS, HERE / "reading_peers.py", top, str(SAMPLE)], site.root)
    return {
        "read": speed(
            lambda: [parse(decode(data, path=""), path="") for data in files], size
        ),
        "compose": speed(lambda: [compose(catalog) for catalog in read_all], size),
        **json.loads(peers),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        site = Site(scratch / "site")
        ours, count = first(site)
        peer = [PEERS, HERE / "mdpo_peer.py", site.root / "source"]
        one = cost(lambda: run([*peer, scratch / "one", "tr"], scratch))
        three = cost(lambda: run([*peer, scratch / "three", *LOCALES], scratch))
        translate_all(site.root)
        small, msgmerge, carried, carried_there = merge(site, scratch)
        speeds = reading(site)
    times = (
        *rows(
            ours,
            (
                f"first `publish extract`: templates, three locales, {count:,} messages",
                ours,
            ),
            (f"mdpo, three locales, {int(three.out):,} messages", three),
            (f"mdpo, one locale, {int(one.out):,} messages", one),
        ),
        *rows(
            small,
            (
                "`publish extract` after an edit of 1 % of the articles, "
                f"{carried} texts carried over",
                small,
            ),
            (
                "`msgmerge --previous`, catalog by catalog, "
                f"{carried_there} carried over",
                msgmerge,
            ),
        ),
    )
    megabytes = tuple(
        (label, f"{speeds[name]:.1f}")
        for name, label in (
            ("read", "reading catalogs"),
            ("polib", "polib"),
            ("Babel", "Babel"),
            ("compose", "composing catalogs"),
        )
    )
    keep_tables(
        "catalogs",
        Table(("", "CPU", "clock", "× ours"), times),
        Table(("one core", "MB/s"), megabytes),
    )
    print(shown("catalogs"))
    reached = {
        "first": three.clock / ours.clock,
        "merge": msgmerge.clock / small.clock,
        "read": speeds["read"],
    }
    missed = [name for name, goal in GOALS.items() if reached[name] < goal]
    if carried < carried_there:
        missed.append("carried over")
    if missed:
        sys.exit(f"\nnot reached: {', '.join(missed)}")


def rows(ours: Cost, *costs: tuple[str, Cost]) -> Iterator[tuple[str, ...]]:
    for label, each in costs:
        ratio = f"{each.clock / ours.clock:.1f}"
        yield label, f"{each.cpu:.2f}", f"{each.clock:.2f}", ratio


if __name__ == "__main__":
    main()
