"""
mdpo and translate-toolkit: Markdown and catalogs in, localized Markdown out, no pages.

Neither knows front matter, so it is taken off before. Each fills catalogs of its own
kind, made by itself, in which every entry is translated.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.builders import Builder
from bench.corpus import translated
from bench.edits import with_catalogs
from bench.measured import cost
from pipeline import frontmatter
from pipeline.po.compose import compose
from pipeline.po.parse import parse

HERE: Final = Path(__file__).parent
_TOOLKIT: Final = (
    "for tag in {tags}; do mkdir -p out/$tag && {python} -m translate.convert.po2md "
    "--progress=none --timestamp -t source -i po/$tag -o out/$tag || exit 1; done"
)


def mdpo_builder(
    python: str, site: Path, target: Path, locales: Sequence[str]
) -> Builder:
    first, *_ = locales
    _put_sources(site, target)
    cost((python, str(HERE / "mdpo_peer.py"), "source", "po", first), target)
    _fill(target, locales)
    return Builder(
        "mdpo, `po2md`",
        (python, str(HERE / "mdpo_filling.py"), "out", *locales),
        target,
        made="out",
        counted=".md",
        edits=with_catalogs("po/tr"),
        only_cold_above=100,
    )


def toolkit_builder(
    python: str, site: Path, target: Path, locales: Sequence[str]
) -> Builder:
    first, *_ = locales
    _put_sources(site, target)
    (target / "po" / first).mkdir(parents=True)
    toolkit = (python, "-m", "translate.convert.md2po", "--progress=none")
    cost((*toolkit, "source", f"po/{first}"), target)
    _fill(target, locales)
    command = _TOOLKIT.format(tags=" ".join(locales), python=python)
    return Builder(
        "translate-toolkit, `po2md --timestamp`",
        ("sh", "-c", command),
        target,
        made="out",
        counted=".md",
        edits=with_catalogs("po/tr"),
        only_cold_above=100,
    )


def _put_sources(site: Path, target: Path) -> None:
    for path in sorted((site / "source").rglob("*.md")):
        text = path.read_text("utf-8")
        copy = target / path.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text[frontmatter.end(text) :].lstrip("\n"), "utf-8")


def _fill(target: Path, locales: Sequence[str]) -> None:
    """The catalogs of the first locale, translated, and those of the others from it."""
    first, *_ = locales
    for path in sorted((target / "po" / first).rglob("*.po")):
        catalog = parse(path.read_text("utf-8"), path=str(path))
        for tag in locales:
            copy = target / "po" / tag / path.relative_to(target / "po" / first)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(compose(translated(catalog, tag)), encoding="utf-8")
