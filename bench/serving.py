"""
`make bench-serving`: from a saved `.po` to the new page in a browser.

The server is a process of its own, on the corpus of `corpus.py`. The time begins before
the file is written, and ends when the page that was asked for on the server's word
holds what was written; that a browser would draw it is not counted.
"""

import argparse
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench.our_build import PUBLISH, make_our_site
from bench.results import Table, keep_tables

KEPT = 100
"""With fewer articles it is a trial, and nothing is kept."""

_WAIT = 600.0
"""Seconds after which nothing comes any more."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a server that has built the drafts."""
    process = subprocess.Popen(
        [PUBLISH, "serve", "--port", "0", "--json"], cwd=site, stdout=subprocess.PIPE
    )
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            sys.exit("publish serve ended before it had built")
        yield urlsplit(json.loads(line)["url"]).netloc
    finally:
        process.terminate()
        process.wait()


def page_of(host: str, path: str) -> str:
    """A page as the server gives it."""
    connection = http.client.HTTPConnection(host, timeout=_WAIT)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def save(path: Path, word: str) -> None:
    """What a person does to the last entry of a catalog: a word more."""
    before, found, after = path.read_text("utf-8").rpartition('msgstr "')
    path.write_text(f"{before}{found}{word} {after}", encoding="utf-8")


def seen(host: str, page: str, catalog: Path, word: str) -> float:
    """Seconds from the save of a catalog to its page with the word."""
    stream = http.client.HTTPConnection(host, timeout=_WAIT)
    stream.request("GET", "/_publish/events")
    events = stream.getresponse()
    # The stream is open before anything is saved.
    time.sleep(0.5)
    started = time.perf_counter()
    save(catalog, word)
    while True:
        line = events.readline()
        if not line:
            sys.exit("the stream of events ended")
        if line.startswith(b"data:") and word in page_of(host, page):
            break
    found = time.perf_counter() - started
    stream.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="From a saved .po to the new page.")
    parser.add_argument("articles", nargs="?", type=int, default=1_000)
    parser.add_argument("--saves", type=int, default=10)
    parser.add_argument("--site", type=Path, help="one that is there; it is changed")
    parser.add_argument("--folder", help="where there is room")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as temporary:
        site = chosen.site or make_our_site(Path(temporary, "site"), chosen.articles)
        count = sum(1 for _ in site.glob("source/**/*.md"))
        times: list[float] = []
        with served(site) as host:
            for number in range(chosen.saves + 1):
                domain = f"article-{number + 2:05}"
                catalog = site / f"locales/tr/LC_MESSAGES/part-00/{domain}.po"
                page = f"/site/tr/{domain}/index.html"
                times.append(seen(host, page, catalog, f"bench{number}word"))
        first, *rest = times
        rows = (
            ("the first", f"{first:.2f}"),
            (f"least of {len(rest)} further", f"{min(rest):.2f}"),
            ("median", f"{statistics.median(rest):.2f}"),
            ("most", f"{max(rest):.2f}"),
        )
        head = (f"{count:,} articles: from a saved `.po` to its page", "seconds")
        table = Table(head, rows)
        print(table.markdown())
        if count >= KEPT:
            keep_tables("serving", table)


if __name__ == "__main__":
    main()
