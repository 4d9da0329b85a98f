"""
The terms of a locale: `locales/<locale>/glossary.csv`, and `locales/glossary.tbx`.

The first is written by people and by `publish glossary import`. The second holds
several languages at once, as terminology tools export them, and is only ever read.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.cldr import gettext_locale
from pipeline.errors import StoreError
from pipeline.model.term import Term
from pipeline.store.files import read_bytes, read_text, replace_exactly, shown

if TYPE_CHECKING:
    from pipeline.glossary import Row

LARGEST: Final = 64_000_000
"""Bytes of a glossary; what is larger is something else."""


def terms_path(root: Path, locale: str) -> Path:
    """Where the glossary of a locale (BCP 47) is."""
    return root / "locales" / gettext_locale(locale) / "glossary.csv"


def shared_terms_path(root: Path) -> Path:
    """Where the glossary of all locales is, if there is one."""
    return root / "locales" / "glossary.tbx"


def read_terms(root: Path, locale: str, source: str = "en") -> tuple[Term, ...]:
    """
    The terms of a locale; none where it has no glossary.

    Raises SourceError with path and line for what is no glossary and for terms that
    contradict each other, StoreError where a file cannot be read.
    """
    rows = read_rows(root, locale, source)
    if not rows:
        return ()
    # What reads glossaries is heavy, and many locales have none.
    from pipeline.glossary import require_no_contradiction

    require_no_contradiction(rows)
    # What both files have is one term.
    return tuple({row.key: row.term for row in reversed(rows)}.values())[::-1]


def read_rows(root: Path, locale: str, source: str = "en") -> "tuple[Row, ...]":
    """The rows of both files, those of the locale's own first. As `read_terms`."""
    rows: tuple[Row, ...] = ()
    for path in (terms_path(root, locale), shared_terms_path(root)):
        if path.exists():
            rows += read_file(path, root=root, source=source, target=locale)
    return rows


def read_file(
    path: Path, *, root: Path | None, source: str, target: str
) -> "tuple[Row, ...]":
    """
    The rows of a glossary, TBX or CSV, whichever it is.

    Raises SourceError with path and line, or StoreError.
    """
    from pipeline.glossary import parse_rows, parse_tbx

    name = shown(path, root)
    data = read_bytes(path, root=root, most=LARGEST)
    if _is_markup(data):
        return parse_tbx(data, path=name, source=source, target=target)
    return parse_rows(read_text(path, root=root), path=name)


def read_locales(path: Path, *, root: Path | None) -> tuple[str, ...] | None:
    """The locales (BCP 47) of a TBX file; None of a CSV file. As `read_file`."""
    from pipeline.glossary import tbx_locales

    data = read_bytes(path, root=root, most=LARGEST)
    return tbx_locales(data, path=shown(path, root)) if _is_markup(data) else None


def _is_markup(data: bytes) -> bool:
    """Whether it is XML in UTF-8 or UTF-16; no CSV begins so."""
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def add_terms(root: Path, locale: str, rows: "tuple[Row, ...]") -> tuple[int, int]:
    """
    Put rows into the glossary of a locale; how many are new, and how many changed.

    What is there keeps its place, and every line that does not change its bytes. A row
    whose status is another than there is refused, with both places. Raises SourceError
    or StoreError; the file is then as it was.
    """
    from pipeline.glossary import (
        added_to_glossary,
        parse_rows,
        require_no_contradiction,
    )

    path = terms_path(root, locale)
    before, text = None, ""
    if path.exists():
        before = read_bytes(path, root=root, most=LARGEST)
        text = read_text(path, root=root)
    there = parse_rows(text, path=shown(path, root))
    require_no_contradiction((*there, *rows))
    after, new, changed = added_to_glossary(text, there, rows)
    if new or changed:
        mark = b"\xef\xbb\xbf" if before and before.startswith(b"\xef\xbb\xbf") else b""
        replace_exactly(path, mark + after.encode(), of=before, root=root)
    return new, changed


def require_no_glossary_of_site(path: Path, root: Path) -> None:
    """Raise StoreError for a path below `locales/`: what is there is read."""
    if path.resolve().is_relative_to((root / "locales").resolve()):
        raise StoreError(
            "would be taken for a glossary of the site",
            path=shown(path, root),
            hint="name a file outside locales/",
        )
