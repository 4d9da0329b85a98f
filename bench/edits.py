"""The same edits for every program: an article, a translation, a template, a removal."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bench.builders import ARTICLE, ENTRY, REMOVED, TEMPLATE, Edit, Undo
from bench.corpus import edit

AN_ARTICLE = "part-00/article-00001.md"
A_TRANSLATION = "part-00/article-00002"
GONE = "part-00/article-00003"


def edit_article(path: Path) -> Undo:
    """A word more in one paragraph."""
    return _write(path, edit(path.read_text("utf-8"), "gently"))


def edit_entry(path: Path) -> Undo:
    """A word more in the last translation of a catalog that stands on one line."""
    lines = path.read_text("utf-8").split("\n")
    place = max(
        number
        for number, line in enumerate(lines)
        if line.startswith('msgstr "') and line != 'msgstr ""'
    )
    lines[place] = lines[place].replace('msgstr "', 'msgstr "gün ', 1)
    return _write(path, "\n".join(lines))


def edit_template(path: Path) -> Undo:
    """Something more at the foot of every page."""
    text = path.read_text("utf-8")
    return _write(path, text.replace("</footer>", "<hr></footer>", 1))


def _write(path: Path, text: str) -> Undo:
    before = path.read_bytes()
    path.write_text(text, encoding="utf-8")
    return partial(path.write_bytes, before)


def remove(top: Path, name: str) -> Undo:
    """An article or a catalog, whatever its suffix, from every folder that has it."""
    before = {
        path: path.read_bytes()
        for path in top.rglob(f"{Path(name).name}.*")
        if path.with_suffix("").as_posix().endswith(name)
    }
    for path in before:
        path.unlink()

    def undo() -> None:
        for path, data in before.items():
            path.write_bytes(data)

    return undo


def with_catalogs(catalogs: str, template: str | None = None) -> Mapping[str, Edit]:
    """Of a site with `source/` and Turkish catalogs in a folder."""
    entry = f"{catalogs}/{A_TRANSLATION}.po"
    found: dict[str, Edit] = {
        ARTICLE: lambda site: edit_article(site / "source" / AN_ARTICLE),
        ENTRY: lambda site: edit_entry(site / entry),
        REMOVED: lambda site: remove(site / "source", GONE),
    }
    if template:
        found[TEMPLATE] = lambda site: edit_template(site / template)
    return found


def pretranslated(template: str) -> Mapping[str, Edit]:
    """Of a site with a folder of Markdown for each language."""
    return {
        ARTICLE: lambda site: edit_article(site / "content/en" / AN_ARTICLE),
        ENTRY: lambda site: edit_article(site / "content/tr" / f"{A_TRANSLATION}.md"),
        TEMPLATE: lambda site: edit_template(site / template),
        REMOVED: lambda site: remove(site / "content", GONE),
    }
