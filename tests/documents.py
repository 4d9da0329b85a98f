"""The documents, as tests read them: their blocks, links, tables and code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
)

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^\n]*?) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True)
class Block:
    """A fenced block, and the comment above it that says what a test does with it."""

    page: Path
    kind: str
    text: str
    mark: str = ""

    @property
    def task(self) -> str:
        return self.mark.partition(":")[0]

    @property
    def value(self) -> str:
        return self.mark.partition(":")[2].strip()


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    return tuple(
        Block(page, match["kind"], match["text"], match["mark"] or "")
        for match in _BLOCK.finditer(text_of(page))
    )


def marked(task: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page) if block.task == task]


def prose(page: Path) -> str:
    """The page without its blocks."""
    return _BLOCK.sub("", text_of(page))


def links(page: Path) -> list[str]:
    return _LINK.findall(_CODE.sub("", prose(page)))


def anchors(page: Path) -> set[str]:
    return {_anchor(title) for _, title in _HEADING.findall(prose(page))}


def _anchor(title: str) -> str:
    """As forges make it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def section(page: Path, title: str) -> str:
    """The text under a heading, up to the next of its level or a higher one."""
    text = text_of(page)
    match = re.search(rf"^(#+) {re.escape(title)}$", text, re.MULTILINE)
    assert match, f"{page.name} has no heading {title!r}"
    end = re.compile(rf"^#{{1,{len(match[1])}}} ", re.MULTILINE).search(
        text, match.end()
    )
    return text[match.end() : end.start() if end else len(text)]


def headings(text: str, level: int) -> list[str]:
    return [title for marks, title in _HEADING.findall(text) if len(marks) == level]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of the tables of a text, without their head."""
    for line in text.splitlines():
        if line.startswith("| ") and not line.startswith(("| key |", "| key of")):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def codes(text: str) -> list[str]:
    return _CODE.findall(text)


def commands() -> Iterator[tuple[str, str]]:
    """Every call of the command in code and consoles, and where it stands."""
    for page in PAGES:
        lines = codes(prose(page))
        for block in blocks(page):
            if block.kind in {"console", "sh"}:
                lines += block.text.splitlines()
        for line in lines:
            bare = line.removeprefix("$ ").strip()
            if bare.startswith("publish "):
                yield page.name, re.split(r" *(?:\|\||&&|;|#|>)", bare)[0].strip()
