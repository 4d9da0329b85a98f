"""`locales/<locale>/glossary.csv`: the terms of a locale."""

from pathlib import Path

from pipeline.cldr import gettext_locale
from pipeline.glossary import parse_glossary
from pipeline.model.term import Term
from pipeline.store.files import read_text, shown


def terms_path(root: Path, locale: str) -> Path:
    """Where the glossary of a locale (BCP 47) is."""
    return root / "locales" / gettext_locale(locale) / "glossary.csv"


def read_terms(root: Path, locale: str) -> tuple[Term, ...]:
    """
    The terms of a locale; none where it has no glossary.

    Raises SourceError with path and line for what is no glossary, StoreError where it
    cannot be read.
    """
    path = terms_path(root, locale)
    if not path.exists():
        return ()
    return parse_glossary(read_text(path, root=root), path=shown(path, root))
