"""Terms: the word of the glossary, and none that it forbids."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.model.term import Term

if TYPE_CHECKING:
    from pipeline.glossary import Occurrence

# What the examples have in their glossaries.
_TURKISH: Final = Term("graft", "greft")
_GERMAN: Final = Term("graft", "Transplantat")


class Glossary:
    """Compares the terms of source and translation with the glossary."""

    name = "glossary"
    severity = Severity.WARNING
    explanation = (
        "The glossary has a word for this. Use it, with the endings that the sentence "
        "needs, or one that the glossary admits; avoid those that it forbids."
    )
    good = (
        Example("tr", "The graft is tiny.", "Greft çok küçüktür.", terms=(_TURKISH,)),
        Example(
            "de", "The graft is tiny.", "Das Transplantat ist winzig.", terms=(_GERMAN,)
        ),
    )
    bad = (
        Example(
            "tr", "The graft is tiny.", "Doku parçası çok küçüktür.", terms=(_TURKISH,)
        ),
        Example("de", "The graft is tiny.", "Das Gewebe ist winzig.", terms=(_GERMAN,)),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources, texts
        return bool(context.terms)

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if not context.terms:
            return iter(())
        return compare_pairs(message, partial(_compare, context=context))


def _compare(source: str, msgstr: str, context: CheckContext) -> Iterator[Remark]:
    # Most sites have no glossary.
    from pipeline.glossary import occurrences

    terms = context.terms
    asked: dict[str, list[Term]] = {}
    for each in occurrences(source, terms, context.source_locale):
        for term in each.terms:
            rows = asked.setdefault(term.source.casefold(), [])
            if term not in rows and term.target.strip():
                rows.append(term)
    if not asked:
        return
    there = occurrences(msgstr, terms, context.locale, of_targets=True, nested=True)
    for name in sorted(asked):
        rows = asked[name]
        wanted = [term for term in rows if term.status != "forbidden"]
        if wanted and not any(_is_there(term, msgstr, there) for term in wanted):
            yield Remark(_missing(name, wanted))
    yield from _forbidden(asked, there)


def _is_there(term: Term, msgstr: str, there: "tuple[Occurrence, ...]") -> bool:
    if not any(character.isalnum() for character in term.target):
        return term.target.strip() in msgstr
    return any(term.target == other.target for each in there for other in each.terms)


def _missing(name: str, wanted: list[Term]) -> str:
    first = [term for term in wanted if term.status == "preferred"] or wanted
    others = [term.target for term in wanted if term is not first[0]]
    admitted = f", or “{'”, “'.join(others)}”" if others else ""
    return f"the glossary has “{first[0].target}” for “{name}”{admitted}; use it"


def _forbidden(
    asked: dict[str, list[Term]], there: "tuple[Occurrence, ...]"
) -> Iterator[Remark]:
    """What is forbidden, unless it is a part of something that is right here."""
    rows = [term for each in asked.values() for term in each]
    right = {term.target for term in rows if term.status != "forbidden"}
    fine = [
        (each.start, each.end)
        for each in there
        if any(term.target in right for term in each.terms)
    ]
    said: set[Term] = set()
    for each in there:
        if any(start <= each.start and each.end <= end for start, end in fine):
            continue
        for term in each.terms:
            if term.status == "forbidden" and term in rows and term not in said:
                said.add(term)
                name = term.source.casefold()
                instead = next(
                    (f"“{t.target}”" for t in asked[name] if t.target in right),
                    "another",
                )
                yield Remark(
                    f"the glossary forbids “{term.target}” for “{name}”; use {instead}"
                )
