"""
`make bench-building`: what a build costs, beside its peers, Python's start and the floor.

The corpus is that of `corpus.py`, every entry translated. Hugo and MkDocs get the same
articles as Markdown that is translated already. The pages of Hugo's template say what
those of ours say, or the run ends; those of MkDocs say less. mdpo and translate-toolkit fill catalogs of their own and make no pages. After each
edit the pages written are counted, and the result is compared with a clean build: ours
must be the same, byte for byte, or the run ends.
"""

import argparse
import compileall
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from bench.alike import differences
from bench.builders import (
    ARTICLE,
    COLD,
    EDITS,
    ENTRY,
    Builder,
    Figures,
    Measured,
    measure,
    put_aside,
)
from bench.building_report import OURS, Growth, Mails, Results, Size, report
from bench.corpus import LOCALES, MORE_LOCALES, article_path
from bench.hugo_peer import hugo_builder
from bench.mails import SIZES
from bench.measured import Cost, best, cost, figures
from bench.mkdocs_peer import mkdocs_builder
from bench.our_build import build_mails, floor_builder, make_our_site, our_builder
from bench.po_peers import mdpo_builder, toolkit_builder
from bench.results import MACHINE, ROOT, keep, path

EVERY: Final = ("en", *LOCALES)
PEERS: Final = ROOT / ".venv" / "bench"
LARGE: Final = 1_000
"""Above it there are no peers, and no edits but those of an article and a translation."""

ALIKE: Final = 20
"""Of so many articles each page is compared with Hugo's."""

TRIAL: Final = 100
"""Below it nothing is kept."""


def builders(site: Path, folder: Path, count: int) -> Iterator[Builder]:
    """Each with a site of its own, which is gone when the next is asked for."""
    target = folder / "work"
    for make in (our_builder, floor_builder):
        yield make(shutil.copytree(site, target))
        put_aside(target, folder)
    if count > LARGE or not PEERS.exists():
        return
    python = str(PEERS / "bin/python")
    hugo = _hugo()
    peers: tuple[Callable[[], Builder], ...] = (
        lambda: hugo_builder(hugo, site, target, EVERY),
        lambda: mkdocs_builder(python, site, target, EVERY, dirty=False),
        lambda: mkdocs_builder(python, site, target, EVERY, dirty=True),
        lambda: toolkit_builder(python, site, target, LOCALES),
        lambda: mdpo_builder(python, site, target, LOCALES),
    )
    for peer in peers:
        yield peer()
        put_aside(target, folder)


def _hugo() -> str:
    """The program itself: `bin/hugo` starts a Python before it."""
    return str(next(PEERS.glob("lib/*/site-packages/hugo/binaries/hugo*")))


def require_alike(folder: Path) -> None:
    """Stop if a page of Hugo's says something else than ours of the same article."""
    site = make_our_site(folder / "alike", ALIKE)
    ours, hugo = our_builder(site), hugo_builder(_hugo(), site, folder / "hugo", EVERY)
    for builder in (ours, hugo):
        builder.cold(builder.site)
    for locale in EVERY:
        for number in range(ALIKE):
            name = article_path(Path(locale), number).with_suffix("")
            article = name.relative_to(f"{locale}/source")
            pages = (
                site / "dist/site" / locale / article.name,
                hugo.site / hugo.made / locale / article,
            )
            for each in differences(*(page / "index.html" for page in pages)):
                sys.exit(f"the templates are not equal: {each}")
    put_aside(site, folder)
    put_aside(hugo.site, folder)


def measure_size(folder: Path, count: int) -> Size:
    """All programs on a site of this many articles."""
    site = make_our_site(folder / f"site-{count}", count)
    start = best(lambda: cost([sys.executable, "-c", "pass"], folder), 9)
    found: dict[str, Measured] = {}
    for builder in builders(site, folder, count):
        _say(f"{count:,} articles: {builder.name}")
        found[builder.name] = measure(
            builder, count, EDITS if count <= LARGE else (ARTICLE, ENTRY)
        )
        if builder.name == OURS:
            require_right(found[builder.name])
    put_aside(site, folder)
    return Size(
        machine=MACHINE,
        articles=count,
        locales=len(LOCALES),
        python=figures(start),
        builders=found,
    )


def require_right(found: Measured) -> None:
    """Stop if one of our builds made another byte than a clean one, or wrote in vain."""
    for case, each in found.items():
        if each.get("wrong"):
            sys.exit(
                f"{case}: {each['wrong']} files are not as a clean build makes them"
            )
        if each["written"] != each["needed"]:
            sys.exit(f"{case}: {each['written']} written, {each['needed']} others")


def cold(folder: Path, count: int, locales: Sequence[str] = LOCALES) -> Cost:
    """One first build of ours."""
    site = make_our_site(folder / "growing", count, locales)
    found = our_builder(site).cold(site)
    put_aside(site, folder)
    return found


def growths(folder: Path, sizes: Sequence[Size]) -> Iterator[Growth]:
    """From each number of articles to the next, and from 3 languages to 10."""
    known = {size["articles"]: size["builders"][OURS][COLD] for size in sizes}
    if min(known) > LARGE:
        known[LARGE] = figures(cold(folder, LARGE))
    for less, more in pairwise(sorted(known)):
        yield _growth(f"{more:,} articles over {less:,}", known[less], known[more])
    at = max(count for count in known if count <= LARGE)
    what = f"{at:,} articles: {len(MORE_LOCALES)} languages over {len(LOCALES)}"
    _say(what)
    many = figures(cold(folder, at, MORE_LOCALES))
    yield _growth(what, known[at], many)


def _growth(what: str, few: Figures, many: Figures) -> Growth:
    return Growth(
        machine=MACHINE,
        what=what,
        clock=round(many["clock"] / few["clock"], 2),
        cpu=round(many["cpu"] / few["cpu"], 2),
    )


def mails(folder: Path, count: int) -> dict[str, Mails]:
    """One build of mails of each length."""
    found = {}
    for what, size in SIZES.items():
        _say(f"{count} mails: {what}")
        made, spent = build_mails(folder, count, size)
        found[what] = Mails(made=made, cpu=round(spent.cpu, 2))
    return found


def _say(what: str) -> None:
    """To whom waits."""
    print(what, file=sys.stderr, flush=True)


def joined(earlier: Results | None, found: Results) -> Results:
    """What was found now, and of earlier runs what was not measured this time."""
    if earlier is None:
        return found
    return Results(
        sizes=earlier["sizes"] | found["sizes"],
        growth=earlier["growth"] | found["growth"],
        mails=found["mails"],
    )


def run(folder: Path, counts: Sequence[int]) -> Results:
    """Everything, at each of these numbers of articles."""
    # Who installs a program has its modules compiled.
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    if PEERS.exists():
        require_alike(folder)
    sizes = [measure_size(folder, count) for count in sorted(counts)]
    growth = {each["what"]: each for each in growths(folder, sizes)}
    return Results(
        sizes={str(size["articles"]): size for size in sizes},
        growth=growth,
        mails=mails(folder, min(counts[0], 100)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="What a build costs.")
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1_000])
    parser.add_argument("--folder", default=None, help="where there is room")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as temporary:
        found = run(Path(temporary), chosen.sizes)
    print(report(found))
    if min(chosen.sizes) >= TRIAL:
        kept = path("building")
        earlier = json.loads(kept.read_text("utf-8")) if kept.exists() else None
        keep("building", joined(earlier, found))


if __name__ == "__main__":
    main()
