"""`publish glossary`: the terms of a site, in, out, and looked up."""

from pathlib import Path

from pipeline.errors import PublishError, UsageError
from pipeline.glossary import Row, compose_glossary, compose_tbx, occurrences
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.store.files import write_atomically
from pipeline.store.terms import (
    add_terms,
    read_file,
    read_locales,
    read_rows,
    read_terms,
    require_no_glossary_of_site,
)
from pipeline.workflow.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did to the glossary of one locale."""

    locale: str
    new: int
    changed: int
    kept: int

    def as_json(self) -> dict[str, object]:
        """As `glossary import --json` shows it."""
        return {
            "locale": self.locale,
            "new": self.new,
            "changed": self.changed,
            "kept": self.kept,
        }


@dataclass(frozen=True, slots=True)
class Unit:
    """A term of a locale, and where it stands."""

    locale: str
    row: Row

    def as_json(self) -> dict[str, object]:
        """As `glossary search --json` and `export --json` show it."""
        term = self.row.term
        return {
            "locale": self.locale,
            "term": term.source,
            "translation": term.target,
            "status": term.status,
            "note": term.note,
            "pos": term.pos,
            "case": term.case,
            "path": self.row.path,
            "line": self.row.line,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport(Report):
    """What came in, by locale."""

    locales: tuple[Imported, ...] = ()

    def body(self) -> dict[str, object]:
        return {"locales": [each.as_json() for each in self.locales]}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport(Report):
    """What went out: into a file, or as a text to be printed."""

    units: tuple[Unit, ...] = ()
    text: str = ""
    written: str = ""

    def body(self) -> dict[str, object]:
        if self.written:
            return {"terms": len(self.units), "path": self.written}
        return {"units": [unit.as_json() for unit in self.units]}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchReport(Report):
    """The terms that were found, by locale."""

    units: tuple[Unit, ...] = ()

    def body(self) -> dict[str, object]:
        return {"units": [unit.as_json() for unit in self.units]}


def import_terms(site: Site, file: Path, *, locales: tuple[str, ...]) -> ImportReport:
    """
    Put the terms of a CSV or TBX file into the glossaries of locales.

    A CSV file is for one locale, and raises UsageError where several are meant; one
    that cannot be read raises StoreError or SourceError. What contradicts a glossary is
    an error of that locale, which stays as it is.
    """
    root = Path(site.root)
    errors: list[PublishError] = []
    notes: list[str] = []
    done: list[Imported] = []
    there = read_locales(file, root=root)
    if there is None:
        _require_one(locales, "a CSV file is for one language")
    for locale in locales:
        try:
            rows = read_file(file, root=root, source=site.source_locale, target=locale)
            new, changed = add_terms(root, locale, rows)
        except PublishError as error:
            # A file that cannot be read is said once.
            if str(error) not in map(str, errors):
                errors.append(error)
            continue
        if not rows and there is not None:
            pair = f"{site.source_locale} into {locale}"
            notes.append(f"{file} has nothing from {pair}; it has {', '.join(there)}")
        kept = len({row.key for row in rows}) - new - changed
        done.append(Imported(locale=locale, new=new, changed=changed, kept=kept))
    return ImportReport(locales=tuple(done), errors=tuple(errors), notes=tuple(notes))


def export_terms(
    site: Site, file: Path | None, *, locales: tuple[str, ...]
) -> ExportReport:
    """
    The glossary of one locale as TBX (by the file's suffix) or as CSV.

    Raises UsageError for another suffix and for several locales, StoreError where the
    file cannot be written or would be read as a glossary of the site.
    """
    root = Path(site.root)
    locale = _require_one(locales, "an export is of one language")
    terms = read_terms(root, locale, site.source_locale)
    read = read_rows(root, locale, site.source_locale)
    rows = {row.term: row for row in reversed(read)}
    units = tuple(Unit(locale, rows[term]) for term in terms if term in rows)
    if file is None:
        return ExportReport(units=units, text=compose_glossary(terms))
    text = _composed(terms, file, source=site.source_locale, target=locale)
    require_no_glossary_of_site(file.absolute(), root)
    write_atomically(file.absolute(), text.encode(), root=root)
    return ExportReport(units=units, written=str(file))


def _composed(terms: tuple[Term, ...], file: Path, *, source: str, target: str) -> str:
    suffix = file.suffix.lower()
    if suffix == ".csv":
        return compose_glossary(terms)
    if suffix in {".tbx", ".xml"}:
        return compose_tbx(terms, source=source, target=target)
    raise UsageError(
        f"{file} is neither .csv nor .tbx", hint="the suffix says what is written"
    )


def search_terms(site: Site, text: str, *, locales: tuple[str, ...]) -> SearchReport:
    """
    The terms that stand in a text, in either language, or have it in them.

    A glossary that cannot be read is an error, and the others are searched.
    """
    root = Path(site.root)
    errors: list[PublishError] = []
    units: list[Unit] = []
    for locale in locales:
        try:
            rows = read_rows(root, locale, site.source_locale)
        except PublishError as error:
            errors.append(error)
            continue
        terms = tuple(row.term for row in rows)
        found = _standing(text, terms, site.source_locale, locale)
        units += [
            Unit(locale, row)
            for row in rows
            if row.term in found or _has(row.term, text.casefold())
        ]
    return SearchReport(units=tuple(units), errors=tuple(errors))


def _standing(
    text: str, terms: tuple[Term, ...], source: str, target: str
) -> frozenset[Term]:
    sides = (
        occurrences(text, terms, source, nested=True),
        occurrences(text, terms, target, of_targets=True, nested=True),
    )
    return frozenset(term for side in sides for each in side for term in each.terms)


def _has(term: Term, part: str) -> bool:
    texts = (term.source, term.target, term.note)
    return any(part in text.casefold() for text in texts)


def _require_one(locales: tuple[str, ...], what: str) -> str:
    if len(locales) != 1:
        raise UsageError(what, hint=f"name it: --lang {' or --lang '.join(locales)}")
    return locales[0]
