"""`locales/<locale>/translators/<domain>.jsonl`: who translated what, appended to."""

from collections.abc import Iterable
from pathlib import Path

from pipeline.cldr import gettext_locale
from pipeline.store.files import read_text
from pipeline.store.lines import append_lines
from pipeline.translators import (
    Translated,
    Translators,
    compose_translated,
    parse_translators,
)


def translators_path(root: Path, locale: str, domain: str) -> Path:
    """Where it is recorded who translated the texts of a domain."""
    folder = root / "locales" / gettext_locale(locale) / "translators"
    return folder / f"{domain}.jsonl"


def read_translators(root: Path, locale: str, domain: str) -> Translators:
    """Who translated the texts of a domain. Raises StoreError with path and line."""
    path = translators_path(root, locale, domain)
    if not path.exists():
        return Translators()
    text = read_text(path, root=root)
    return parse_translators(text, path=path.relative_to(root).as_posix())


def recorded_domains(root: Path, locale: str) -> tuple[str, ...]:
    """The domains that something is recorded of, those without a source included."""
    top = root / "locales" / gettext_locale(locale) / "translators"
    return tuple(
        path.relative_to(top).with_suffix("").as_posix()
        for path in sorted(top.rglob("*.jsonl"))
    )


def append_translators(
    root: Path, locale: str, domain: str, lines: Iterable[Translated]
) -> None:
    """Add lines, all of them on the disk before this returns. Raises StoreError."""
    path = translators_path(root, locale, domain)
    append_lines(path, map(compose_translated, lines), root=root)
