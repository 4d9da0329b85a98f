"""
`make bench-building`: what a build costs, beside Hugo and Python's own start.

The corpus is that of `corpus.py`, every entry translated. Hugo gets the same articles as
Markdown that is translated already, and a template that says as much on a page. Each
build after an edit is compared with a clean one, byte for byte.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.corpus import LOCALES, article_path, edit, make_site, translate_all
from bench.hugo_peer import make_hugo_site

PUBLISH: Final = str(Path(sys.executable).with_name("publish"))
EVERY: Final = ("en", *LOCALES)
_MAILS: Final = 100


@dataclass(frozen=True)
class Cost:
    """Of one run of a whole process with its children."""

    clock: float
    cpu: float
    megabytes: float
    """Of the largest of its processes."""

    out: str = ""


def _environment() -> dict[str, str]:
    """Ours, with Python's compiled modules: who installs a program has them."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command; stop if it fails."""
    with tempfile.TemporaryFile("w+") as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out, env=_environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if process.returncode not in {0, 3}:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}\n{text[-2000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(clock, cpu, usage.ru_maxrss / 1024, text)


def best(run: Callable[[], Cost], runs: int) -> Cost:
    return min((run() for _ in range(runs)), key=lambda each: each.clock)


def build(site: Path, *options: str) -> Cost:
    return cost([PUBLISH, "build", *options], site)


def clean(site: Path) -> None:
    """As if nothing had ever been built."""
    for folder in ("dist", ".publish"):
        shutil.rmtree(site / folder, ignore_errors=True)


def prepared(folder: Path, count: int) -> Path:
    """The corpus, extracted and translated."""
    site = folder / f"site-{count}"
    site.mkdir()
    make_site(site, count)
    cost([PUBLISH, "extract"], site)
    translate_all(site)
    return site


def edited_article(site: Path) -> None:
    path = article_path(site, 1)
    path.write_text(edit(path.read_text("utf-8"), "gently"), encoding="utf-8")


def edited_entry(site: Path) -> None:
    path = site / "locales/tr/LC_MESSAGES/part-00/article-00002.po"
    lines = path.read_text("utf-8").split("\n")
    place = max(n for n, line in enumerate(lines) if line.startswith('msgstr "'))
    lines[place] = lines[place].replace('msgstr "', 'msgstr "gün ', 1)
    path.write_text("\n".join(lines), encoding="utf-8")


def after(change: Callable[[Path], None], site: Path) -> tuple[Cost, int]:
    """What a build costs after an edit, and how many pages it wrote; never wrong."""
    change(site)
    found = build(site, "--json")
    report = json.loads(found.out[found.out.index("{") :].rpartition("}")[0] + "}")
    written = sum(path.endswith("/index.html") for path in report["written"])
    require_clean(site)
    return found, written


def require_clean(site: Path) -> None:
    """Stop if a clean build makes another byte."""
    other = site.with_name("clean")
    shutil.rmtree(other, ignore_errors=True)
    ignored = shutil.ignore_patterns("dist", ".publish")
    shutil.copytree(site, other, ignore=ignored)
    build(other)
    if files(site) != files(other):
        sys.exit(f"{site}: a clean build makes something else")
    shutil.rmtree(other)


def files(site: Path) -> dict[str, int]:
    top = site / "dist"
    return {
        path.relative_to(top).as_posix(): hash(path.read_bytes())
        for path in top.rglob("*")
        if path.is_file()
    }


def measure(folder: Path, count: int, hugo: str | None) -> Cost:
    """The table of one size; the cold build."""
    site = prepared(folder, count)
    python = best(lambda: cost([sys.executable, "-c", "pass"], site), 5)
    clean(site)
    cold = build(site)
    pages = sum(1 for _ in site.glob("dist/site/*/*/index.html"))
    # What was saved within a tick of the clock is looked at again once.
    build(site)
    rows = [
        ("python -c pass", python, ""),
        ("publish build, cold", cold, f"{pages} pages"),
        ("nothing changed", best(lambda: build(site), 5), "0 written"),
    ]
    for name, change in (
        ("one article changed", edited_article),
        ("one entry changed", edited_entry),
    ):
        found, written = after(change, site)
        rows.append((name, found, f"{written} written"))
        build(site)
    if hugo:
        peer = make_hugo_site(site, folder / f"hugo-{count}", EVERY)
        first = cost([hugo, "--quiet"], peer)
        made = sum(1 for _ in peer.glob("public/**/index.html"))
        rows.append(("hugo, cold", first, f"{made} pages"))
        again = cost([hugo, "--quiet"], peer)
        rows.append(("hugo, nothing changed", again, ""))
        print(f"\ncold: {cold.clock / first.clock:.2f} of Hugo's time, ", end="")
        print(f"nothing changed: {again.clock / rows[2][1].clock:.0f} times faster")
    show(f"{count:,} articles, {len(EVERY)} languages", rows, python)
    shutil.rmtree(site)
    return cold


def show(title: str, rows: Sequence[tuple[str, Cost, str]], python: Cost) -> None:
    print(f"\n| {title} | clock | CPU | x python | MB | |")
    print("|---|---|---|---|---|---|")
    for name, each, note in rows:
        ratio = each.clock / python.clock
        print(
            f"| {name} | {each.clock:.2f} | {each.cpu:.2f} | {ratio:.1f} "
            f"| {each.megabytes:.0f} | {note} |"
        )


def mails(folder: Path) -> None:
    """How many mails a core makes in a second."""
    site = folder / "mails"
    site.mkdir()
    make_site(site, _MAILS)
    with (site / "publish.toml").open("a", encoding="utf-8") as file:
        file.write('[mail]\nfrom = "clinic@clinic.example"\n')
    for path in site.glob("source/**/*.md"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n", "---\nkind: mail\n", 1), "utf-8")
    cost([PUBLISH, "extract"], site)
    translate_all(site)
    clean(site)
    found = build(site, "--executor", "serial")
    made = sum(1 for _ in site.glob("dist/mail/**/*.eml"))
    print(f"\n{made} mails of 9 kB: {made / found.cpu:.0f} a second and core")


def main() -> None:
    parser = argparse.ArgumentParser(description="What a build costs.")
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1_000])
    parser.add_argument("--folder", default=None, help="where there is room")
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    chosen = parser.parse_args()
    if not chosen.hugo:
        print("hugo is not here: without it")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as temporary:
        folder = Path(temporary)
        colds = [measure(folder, size, chosen.hugo) for size in chosen.sizes]
        for size, less, more in zip(chosen.sizes[1:], colds, colds[1:], strict=False):
            print(f"\nup to {size:,}: {more.clock / less.clock:.1f} times the time")
        mails(folder)


if __name__ == "__main__":
    main()
