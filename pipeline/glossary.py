"""
The glossary: what the words of the field are called in a locale.

A CSV file with the header `term,translation,status,note`; the last two columns may be
left out. A term may stand in several rows: preferred, admitted, forbidden.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pipeline.errors import SourceError
from pipeline.model.term import Term

COLUMNS: Final = ("term", "translation", "status", "note")
STATUSES: Final = ("preferred", "admitted", "forbidden")
_WORD: Final = re.compile(r"[^\W_]+")
_REQUIRED: Final = 2
"""Columns that every glossary has."""
_HINT: Final = f"the first line is {','.join(COLUMNS)}"


def parse_glossary(text: str, *, path: str) -> tuple[Term, ...]:
    """
    The terms of a CSV text, in its order.

    Raises SourceError with path and line for what is no term.
    """
    reader = csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True
    )
    terms: list[Term] = []
    columns: list[str] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not columns:
                columns = _columns(cells, path, reader.line_num)
            else:
                terms.append(_term(columns, cells, path, reader.line_num))
    except csv.Error as error:
        raise SourceError(
            f"not CSV: {error}",
            path=path,
            line=reader.line_num,
            hint='a cell with a comma stands in quotes, and a quote in it twice: ""',
        ) from error
    _require_no_contradiction(terms, path)
    return tuple(terms)


def _columns(cells: list[str], path: str, line: int) -> list[str]:
    names = [cell.lower() for cell in cells]
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
    return Term(values["term"], values["translation"], status, values.get("note", ""))


def _require_no_contradiction(terms: list[Term], path: str) -> None:
    """A translation of a term has one status."""
    seen: dict[tuple[str, str], str] = {}
    for term in terms:
        key = (term.source.casefold(), term.target.casefold())
        if seen.setdefault(key, term.status) != term.status:
            raise SourceError(
                f"{term.target!r} for {term.source!r} is {seen[key]} and {term.status}",
                path=path,
                hint="keep one of the two rows",
            )


def compose_glossary(terms: Iterable[Term]) -> str:
    """The CSV text of terms; `parse_glossary` gives them back."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((t.source, t.target, t.status, t.note) for t in terms)
    return text.getvalue()


def find_terms(text: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms whose source stands in a text as whole words, whatever the case."""
    words = _padded(text)
    return tuple(term for term in terms if _padded(term.source) in words)


def preferred(text: str, terms: Iterable[Term]) -> Iterator[str]:
    """The preferred translations of a text that is a term and nothing else."""
    words = _padded(text)
    for term in terms:
        if term.status == STATUSES[0] and _padded(term.source) == words:
            yield term.target


@lru_cache(maxsize=4096)
def _padded(text: str) -> str:
    """The words alone, each between blanks, for a search that cuts none of them."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
