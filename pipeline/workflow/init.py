"""`publish init`: a new working site in a folder of its own, or a theme for a site."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Final

from pipeline import cldr
from pipeline.errors import PublishError, StoreError, UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog
from pipeline.model.site import Site
from pipeline.po.header import new_catalog_header
from pipeline.render.strings import TITLE_CONTEXT, builtin_templates
from pipeline.store.catalogs import catalog_path, read_catalog, write_catalog
from pipeline.store.config import require_locale
from pipeline.store.files import read_bytes, write_atomically
from pipeline.workflow.report import Report
from pipeline.workflow.templates import MESSAGES

_PACKAGE: Final = Path(__file__).parents[1]
_STARTER: Final = _PACKAGE / "starter"
_SPECIALS: Final = frozenset('()<>[]:;@\\,."')
"""RFC 5322, 3.2.3."""

THEMES: Final = ("copy", "extend")
"""All the built-in templates; or a few that extend them."""

_FILES: Final = {
    "publish.toml": "publish.toml",
    "welcome.md": "source/articles/welcome.md",
    "gitignore": ".gitignore",
    "gitattributes": ".gitattributes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InitReport(Report):
    """The files of the new site, below its folder."""

    folder: str = ""
    files: tuple[str, ...] = ()

    def body(self) -> dict[str, object]:
        return {"files": list(self.files)}


def init(
    folder: Path, *, locales: tuple[str, ...], now: datetime, theme: str = "copy"
) -> InitReport:
    """
    Make a site: configuration, templates, a sample article.

    Raises UsageError for a folder that holds anything, or an unknown locale.
    """
    for tag in locales:
        require_locale(tag)
        if tag in cldr.PSEUDO_LOCALES or tag == "en":
            raise UsageError(
                f"{tag} is not a language to translate into",
                hint="name the languages of the translations: --lang tr",
            )
    root = folder.absolute()
    try:
        if root.exists() and (not root.is_dir() or any(root.iterdir())):
            raise UsageError(
                f"{folder} is there already and is not an empty folder",
                hint="name a new folder; nothing is ever overwritten",
            )
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder: {error.strerror}", path=str(folder)
        ) from error
    files = _starter(root, locales) | _theme(theme)
    for path, data in files.items():
        write_atomically(root / path, data, root=root)
    written = [*files, *_words(root, locales, now)]
    return InitReport(folder=str(folder), files=tuple(sorted(written)))


def _starter(root: Path, locales: tuple[str, ...]) -> dict[str, bytes]:
    title = root.name.replace("-", " ").replace("_", " ").strip().capitalize()
    tags = ", ".join(json.dumps(tag) for tag in dict.fromkeys(locales))
    title = _quoted(title or "Site")
    values = {"@TITLE@": title, "@SENDER@": _sender(title), "@LOCALES@": tags}
    files: dict[str, bytes] = {}
    for name, path in _FILES.items():
        text = (_STARTER / name).read_text(encoding="utf-8")
        if name == "publish.toml":
            for key, value in values.items():
                text = text.replace(key, value)
        files[path] = text.encode()
    return files


def _quoted(text: str) -> str:
    """What may stand between the quotes of a TOML string."""
    printable = "".join(char for char in text if char.isprintable())
    return printable.replace("\\", "").replace('"', "")


def _sender(title: str) -> str:
    """The title as the name before an address, where some signs would need quotes."""
    name = "".join(" " if char in _SPECIALS else char for char in title)
    return " ".join(name.split()) or "Clinic"


def init_theme(site: Site, theme: str) -> InitReport:
    """
    Put a theme into the templates of a site, but for what is there already.

    Raises StoreError.
    """
    root = Path(site.root)
    files = _theme(theme)
    missing = {
        path: data for path, data in files.items() if not os.path.lexists(root / path)
    }
    for path, data in missing.items():
        write_atomically(root / path, data, root=root)
    kept = len(files) - len(missing)
    is_one = kept == 1
    there = (
        f"{kept} {'file is' if is_one else 'files are'} there already: left as before"
    )
    return InitReport(
        folder="templates",
        files=tuple(sorted(missing)),
        notes=(there,) if kept else (),
    )


def _theme(name: str) -> dict[str, bytes]:
    """The templates of a theme, to be changed at will."""
    top = _STARTER / "theme" if name == "extend" else Path(builtin_templates())
    return {
        f"templates/{path.relative_to(top).as_posix()}": read_bytes(path, root=top)
        for path in sorted(top.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _words(root: Path, locales: tuple[str, ...], now: datetime) -> list[str]:
    """The templates' words in the languages that we have them in."""
    written: list[str] = []
    for tag in dict.fromkeys(locales):
        folder = cldr.gettext_locale(tag)
        shipped = _shipped(folder)
        if shipped is None:
            continue
        header = new_catalog_header(
            project=root.name,
            bugs="",
            team="",
            language=folder,
            plural_forms=shipped.fields().get("Plural-Forms", cldr.plural_forms(tag)),
            creation_date=now.strftime("%Y-%m-%d %H:%M%z"),
        )
        messages = tuple(
            m for m in shipped.living if m.is_usable and m.msgctxt != TITLE_CONTEXT
        )
        path = catalog_path(root, folder, MESSAGES)
        write_catalog(path, Catalog(header, messages), root=root)
        written.append(path.relative_to(root).as_posix())
    return written


def _shipped(folder: str) -> Catalog | None:
    for top in (_PACKAGE / "_locales", _PACKAGE.parent / "locales"):
        path = top / folder / "LC_MESSAGES" / f"{MESSAGES}.po"
        if path.is_file():
            try:
                return read_catalog(path, root=top)
            except PublishError:
                return None
    return None
