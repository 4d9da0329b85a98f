"""The articles of a site in every language as Markdown, for generators without catalogs."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.formats import compose
from pipeline.localize import localize
from pipeline.registry import formats
from pipeline.store.catalogs import catalog_path, read_catalog


def put_pretranslated(site: Path, target: Path, locales: Sequence[str]) -> None:
    """Write `target/<locale>/<article>.md`; the first locale is that of the sources."""
    kind = formats()["markdown"]
    source, *others = locales
    for path in sorted((site / "source").rglob("*.md")):
        name = path.relative_to(site / "source")
        domain = name.with_suffix("").as_posix()
        article = kind.parse(path.read_text("utf-8"), path=str(name), domain=domain)
        _put(target / source / name, compose(article))
        for locale in others:
            catalog = read_catalog(catalog_path(site, locale, domain), root=site)
            found = localize(article, catalog, format=kind, accept=lambda _: True)
            _put(target / locale / name, compose(found.article))


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
