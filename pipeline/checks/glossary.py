"""Terms: the word of the glossary, and none that it forbids."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.checks import CheckContext, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.model.term import Term
from pipeline.placeholders import blank

_WORD: Final = re.compile(r"\w+")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_ARABIC_PREFIX: Final = re.compile("^(?:[وف]?[بكل]?(?:ال|لل)|[وفبكل](?=..))")
_TURKIC: Final = frozenset({"az", "tr"})
_SHORT: Final = 4
"""A word of so many letters or fewer must be there whole."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The terms, made ready for one locale."""

    pattern: re.Pattern[str] | None
    """Any source term, the longest first."""

    terms: dict[str, list[Term]]
    """By source term in lower case."""


class Glossary:
    """Compares the terms of source and translation with the glossary."""

    name = "glossary"
    severity = Severity.WARNING
    explanation = (
        "The glossary has a word for this. Use it, with the endings that the sentence "
        "needs, or one that the glossary admits; avoid those that it forbids."
    )

    def __init__(self) -> None:
        self._terms: tuple[Term, ...] = ()
        self._index = _indexed(())

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if not context.terms:
            return iter(())
        # One catalog after another has the same terms; they are indexed once.
        if context.terms is not self._terms:
            self._terms, self._index = context.terms, _indexed(context.terms)
        index, language = self._index, context.locale.partition("-")[0]

        def compare(source: str, msgstr: str) -> Iterator[Remark]:
            return _compare(source, msgstr, index, language)

        return compare_pairs(message, compare)


def _indexed(terms: tuple[Term, ...]) -> _Index:
    by_source: dict[str, list[Term]] = {}
    for term in terms:
        if term.source.strip() and term.target.strip():
            by_source.setdefault(term.source.strip().lower(), []).append(term)
    if not by_source:
        return _Index(None, {})
    longest = sorted(by_source, key=len, reverse=True)
    names = "|".join(re.escape(name) for name in longest)
    pattern = re.compile(rf"(?<!\w)({names})(?:e?s)?(?!\w)", re.IGNORECASE)
    return _Index(pattern, by_source)


def _compare(
    source: str,
    msgstr: str,
    index: _Index,
    language: str,
) -> Iterator[Remark]:
    if index.pattern is None:
        return
    found = {match[1].lower() for match in index.pattern.finditer(blank(source))}
    if not found:
        return
    text = _lower(blank(msgstr), language)
    words = _WORD.findall(text)
    for name in sorted(found):
        terms = index.terms.get(name, [])
        wanted = [term for term in terms if term.status != "forbidden"]
        if wanted and not any(_has(text, words, term, language) for term in wanted):
            preferred = next(
                (term for term in wanted if term.status == "preferred"),
                wanted[0],
            )
            yield Remark(f"the glossary has “{preferred.target}” for “{name}”; use it")
        for term in terms:
            if term.status == "forbidden" and _has(
                text, words, term, language, whole=True
            ):
                yield Remark(
                    f"the glossary forbids “{term.target}” for “{name}”; use another",
                )


def _has(
    text: str,
    words: list[str],
    term: Term,
    language: str,
    *,
    whole: bool = False,
) -> bool:
    """
    Whether every word of the term's translation is there, with whatever ending.

    `whole` keeps the last letters too, which an ending may change (kitap, kitabı).
    """
    target = _lower(term.target, language)
    if _UNSPACED.search(target):
        return target in text
    for part in _WORD.findall(target):
        stem = part if whole else _stem(part)
        if language == "ar":
            stem = _ARABIC_PREFIX.sub("", stem)
            if not any(stem in word for word in words):
                return False
        elif not any(word.startswith(stem) for word in words):
            return False
    return True


def _stem(word: str) -> str:
    """What of a word stays when it takes an ending."""
    if len(word) <= _SHORT:
        return word[:-1] if len(word) == _SHORT else word
    return word[: -2 if len(word) > 2 * _SHORT else -1]


def _lower(text: str, language: str) -> str:
    if language in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()
