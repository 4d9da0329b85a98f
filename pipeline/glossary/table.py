"""
A glossary as CSV, in the columns `term,translation,status,note,pos,case`.

All but the first two may be left out. A term may stand in several rows: preferred,
admitted, forbidden.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.errors import SourceError
from pipeline.late import dataclass
from pipeline.model.term import Term

COLUMNS: Final = ("term", "translation", "status", "note", "pos", "case")
STATUSES: Final = ("preferred", "admitted", "forbidden")
CASES: Final = ("any", "exact")
_NAMES: Final = {"part of speech": "pos", "case rules": "case", "case rule": "case"}
"""Other names under which columns are known."""

_DEFAULT: Final = ("status", STATUSES[0])
_USUAL: Final = 4
"""Columns of a glossary in which nobody said more."""

_REQUIRED: Final = 2
"""Columns that every glossary has."""
_HINT: Final = f"the first line is {','.join(COLUMNS)}"


@dataclass(frozen=True, slots=True)
class Row:
    """A term and where it stands."""

    term: Term
    path: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What it is about: a word and one translation of it."""
        return self.term.source.casefold(), self.term.target.casefold()


def parse_glossary(text: str, *, path: str) -> tuple[Term, ...]:
    """
    The terms of a CSV text, in its order.

    Raises SourceError with path and line for what is no term, and for two rows that
    contradict each other.
    """
    rows = parse_rows(text, path=path)
    require_no_contradiction(rows)
    return tuple(row.term for row in rows)


def parse_rows(text: str, *, path: str) -> tuple[Row, ...]:
    """The rows of a CSV text, each with its first line. Raises SourceError."""
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    rows: list[Row] = []
    columns: list[str] = []
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and not columns:
                columns = _columns(cells, path, line)
            elif any(cells):
                rows.append(Row(_term(columns, cells, path, line), path, line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"not CSV: {error}",
            path=path,
            line=line,
            hint='a cell with a comma stands in quotes, and a quote in it twice: ""',
        ) from error
    return tuple(rows)


def _named(cell: str) -> str:
    name = cell.strip().lower()
    return _NAMES.get(name, name)


def _columns(cells: list[str], path: str, line: int) -> list[str]:
    names = [_named(cell) for cell in cells]
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in COLUMNS[:_REQUIRED] if name not in names]
    if unknown or missing or len(set(names)) < len(names):
        what = (
            f"has an unknown column {unknown[0]!r}"
            if unknown
            else f"has no column {missing[0]!r}"
            if missing
            else "has a column twice"
        )
        raise SourceError(f"the glossary {what}", path=path, line=line, hint=_HINT)
    return names


def _term(columns: list[str], cells: list[str], path: str, line: int) -> Term:
    if len(cells) > len(columns):
        raise SourceError(
            f"{len(cells)} cells where the header has {len(columns)}",
            path=path,
            line=line,
            hint="a cell with a comma in it stands in quotes",
        )
    values = dict(zip(columns, cells, strict=False))
    status = values.get("status", "") or STATUSES[0]
    if status not in STATUSES:
        raise SourceError(
            f"unknown status {status!r}",
            path=path,
            line=line,
            hint=f"it is one of {', '.join(STATUSES)}",
        )
    for name in COLUMNS[:_REQUIRED]:
        if not values.get(name):
            raise SourceError(f"the {name} is empty", path=path, line=line)
    case = values.get("case", "").lower()
    if case and case not in CASES:
        raise SourceError(
            f"unknown case rule {case!r}",
            path=path,
            line=line,
            hint=f"it is one of {', '.join(CASES)}, or empty",
        )
    return Term(
        values["term"],
        values["translation"],
        status,
        values.get("note", ""),
        values.get("pos", "").lower(),
        case,
    )


def require_no_contradiction(rows: Iterable[Row]) -> None:
    """
    Refuse rows that give one translation of a term two statuses.

    Raises SourceError that names both places.
    """
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        first = seen.setdefault(row.key, row)
        if first.term.status != row.term.status:
            raise SourceError(
                f"{row.term.target!r} for {row.term.source!r} is {row.term.status} "
                f"here and {first.term.status} in {_place(first, row.path)}",
                path=row.path,
                line=row.line,
                hint="keep one of the two rows",
            )


def _place(row: Row, path: str) -> str:
    return f"line {row.line}" if row.path == path else f"{row.path}:{row.line}"


def compose_glossary(terms: Iterable[Term]) -> str:
    """
    The CSV text of terms; `parse_glossary` gives them back.

    The last two columns are left out where nothing would stand in them.
    """
    kept = list(terms)
    width = len(COLUMNS) if any(term.pos or term.case for term in kept) else _USUAL
    return _written(COLUMNS[:width], kept, with_header=True)


def added_to_glossary(
    text: str, there: Iterable[Row], rows: Iterable[Row]
) -> tuple[str, int, int]:
    """
    A CSV text and rows that it should have: the new text, how many are new and changed.

    Where rows are only added, and its columns have room for them, they are put at its
    end and the rest stays as it is. What a row says of note, part of speech and case
    replaces what is there; what it leaves empty does not.
    """
    terms = {row.key: row.term for row in there}
    old = dict(terms)
    for row in rows:
        before = terms.get(row.key)
        terms[row.key] = _merged(before, row.term) if before else row.term
    new = [term for key, term in terms.items() if key not in old]
    changed = sum(terms[key] != term for key, term in old.items())
    columns = _header(text)
    if changed or not columns or not all(_fits(term, columns) for term in new):
        return compose_glossary(terms.values()), len(new), changed
    end = "\r\n" if "\r\n" in text else "\n"
    whole = text if text.endswith("\n") else text + end
    added = _written(columns, new, with_header=False, end=end)
    return whole + added, len(new), changed


def _merged(old: Term, new: Term) -> Term:
    return replace(
        old,
        note=new.note or old.note,
        pos=new.pos or old.pos,
        case=new.case or old.case,
    )


def _header(text: str) -> list[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        if any(cell.strip() for cell in row):
            return [_named(cell) for cell in row]
    return []


def _fits(term: Term, columns: list[str]) -> bool:
    values = _values(term)
    return all(
        name in columns or not values[name] or (name, values[name]) == _DEFAULT
        for name in COLUMNS
    )


def _values(term: Term) -> dict[str, str]:
    return {
        "term": term.source,
        "translation": term.target,
        "status": term.status,
        "note": term.note,
        "pos": term.pos,
        "case": term.case,
    }


def _written(
    columns: Sequence[str],
    terms: Iterable[Term],
    *,
    with_header: bool,
    end: str = "\n",
) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=end)
    if with_header:
        writer.writerow(columns)
    for term in terms:
        values = _values(term)
        writer.writerow([values[name] for name in columns])
    return text.getvalue()
