"""
`make bench-formats`: MB/s of each format, on one core, best of several rounds.

The articles are those of the other benchmarks, about 9 kB each, written in the three
formats. What is compared takes turns, so that a busy machine is unfair to all alike.
"""

import re
import time
from collections.abc import Callable
from typing import Final

from markdown_it import MarkdownIt

from bench import corpus
from bench.results import Table, keep_tables, shown
from pipeline import frontmatter
from pipeline.extract import extract
from pipeline.formats import Format
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown, cut, events
from pipeline.formats.text import Text
from pipeline.localize import localize
from pipeline.model.catalog import Catalog, Message

ARTICLES: Final = 10
ROUNDS: Final = 40
NAMES: Final = {"markdown": "Markdown", "html": "HTML", "text": "plain text"}
_MARKUP: Final = re.compile(r"\*+|\[|\]\([^)]*\)")


def as_html(text: str) -> str:
    """A Markdown article as HTML, with its front matter."""
    end = frontmatter.end(text)
    return text[:end] + events.html(text[end:])


def as_text(text: str) -> str:
    """A Markdown article as plain text, with its front matter."""
    end = frontmatter.end(text)
    lines = _MARKUP.sub("", text[end:]).split("\n")
    return text[:end] + "\n".join(
        line.lstrip("#> ").replace("|", " ").strip() for line in lines
    )


def tasks(kind: Format, text: str) -> dict[str, Callable[[], object]]:
    """What is measured of one article."""
    article = kind.parse(text, path="source/x", domain="x")
    template = Catalog(Message(""), extract(article))
    catalog = corpus.translated(template, "tr")
    name = NAMES[kind.name]
    return {
        f"{name}: cut into segments": lambda: kind.parse(
            text, path="source/x", domain="x"
        ),
        f"{name}: translations put in, each one tried": lambda: localize(
            article,
            catalog,
            format=kind,
            accept=lambda message: message.is_usable,
        ),
        f"{name}: to HTML": lambda: kind.to_html(article),
    }


def peers(text: str) -> dict[str, Callable[[], object]]:
    """Parts of the work, and what others need for less of it."""
    body = text[frontmatter.end(text) :]
    oracle = MarkdownIt("commonmark").enable("table")
    return {
        "Markdown: cut, without front matter": lambda: cut.cut(
            body, path="source/x.md", line=1, title="x"
        ),
        "pyromark's events alone": lambda: list(events.ranged(body)),
        "pyromark's HTML alone": lambda: events.html(body),
        "markdown-it-py's tokens alone": lambda: oracle.parse(body),
    }


def main() -> None:
    texts = [corpus.article(number) for number in range(ARTICLES)]
    kinds: dict[Format, list[str]] = {
        Markdown(): texts,
        Html(): [as_html(text) for text in texts],
        Text(): [as_text(text) for text in texts],
    }
    measured: dict[str, list[Callable[[], object]]] = {}
    sizes: dict[str, int] = {}
    for kind, written in kinds.items():
        for text in written:
            more = peers(text) if kind.name == "markdown" else {}
            for name, task in {**tasks(kind, text), **more}.items():
                measured.setdefault(name, []).append(task)
                sizes[name] = sizes.get(name, 0) + len(text.encode())
    seconds = dict.fromkeys(measured, float("inf"))
    for _ in range(ROUNDS):
        for name, every in measured.items():
            start = time.process_time()
            for task in every:
                task()
            seconds[name] = min(seconds[name], time.process_time() - start)
    rows = []
    for name, size in sizes.items():
        each = seconds[name] / ARTICLES
        rows.append((name, f"{size / seconds[name] / 1e6:.1f}", f"{each * 1e3:.2f}"))
    keep_tables("formats", Table(("", "MB/s", "ms per article"), tuple(rows)))
    print(shown("formats"))


if __name__ == "__main__":
    main()
