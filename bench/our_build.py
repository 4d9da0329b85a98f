"""Our own sites for the benchmark of building: extracted, translated, with a template."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.builders import Builder
from bench.corpus import LOCALES, cut_after_block, make_site, translate_all
from bench.edits import with_catalogs
from bench.measured import CACHE, Cost, cost
from pipeline.render.strings import builtin_templates

PUBLISH: Final = str(Path(sys.executable).with_name("publish"))
TEMPLATE: Final = "templates/base.html"


def make_our_site(site: Path, count: int, locales: Sequence[str] = LOCALES) -> Path:
    """The corpus, extracted and translated; the frame of its pages is the site's own."""
    site.mkdir()
    make_site(site, count, locales)
    (site / TEMPLATE).parent.mkdir()
    shutil.copy(Path(builtin_templates(), "base.html"), site / TEMPLATE)
    cost([PUBLISH, "extract"], site)
    translate_all(site, locales)
    return site


def our_builder(site: Path) -> Builder:
    return Builder(
        "publish build",
        (PUBLISH, "build"),
        site,
        made="dist",
        counted=".html",
        is_whole=True,
        limit=None,
        looks_twice=True,
        memory=(".publish", CACHE),
        edits=with_catalogs("locales/tr/LC_MESSAGES", TEMPLATE),
    )


def floor_builder(site: Path) -> Builder:
    """The prototype of `floor.py` on the same files; our own build ignores its folder."""
    return Builder(
        "the floor",
        (sys.executable, str(Path(__file__).with_name("floor.py")), ".", "floor"),
        site,
        made="floor",
        limit=None,
        counted=".html",
        edits=with_catalogs("locales/tr/LC_MESSAGES"),
    )


def build_mails(folder: Path, count: int, size: int) -> tuple[int, Cost]:
    """
    How many mails one process makes, checks and disk included, and what it costs.

    Their articles are cut after a block, so that none has more than `size` characters.
    """
    site = folder / "mails"
    site.mkdir()
    make_site(site, count)
    with (site / "publish.toml").open("a", encoding="utf-8") as file:
        file.write('[mail]\nfrom = "clinic@clinic.example"\n')
    for path in site.glob("source/**/*.md"):
        text = path.read_text("utf-8")
        text = cut_after_block(text.replace("---\n", "---\nkind: mail\n", 1), size)
        path.write_text(text, "utf-8")
    cost([PUBLISH, "extract"], site)
    translate_all(site)
    shutil.rmtree(site / ".publish")
    found = cost([PUBLISH, "build", "--executor", "serial"], site)
    made = sum(1 for _ in site.glob("dist/mail/**/*.eml"))
    shutil.rmtree(site)
    return made, found
