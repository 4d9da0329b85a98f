"""
Where the terms of a glossary stand in a text, in whatever form grammar gives them.

The time is linear in the text, and nearly independent of the number of terms: a word is
looked up by each of its beginnings that is as long as some stem.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pipeline.glossary.languages import LONGEST_ENDING, Language, Stem, Word
from pipeline.glossary.languages.known import language as rules_of
from pipeline.glossary.words import APOSTROPHES, Token, is_katakana, may_part, tokens
from pipeline.late import dataclass
from pipeline.model.term import Term
from pipeline.placeholders import blank

_CAPITALS: Final = 2
"""Letters of an abbreviation, at least."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where something of the glossary stands in a text, and what it has for it."""

    start: int
    end: int
    terms: tuple[Term, ...]
    """The rows of the glossary, in its order."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One side of a row, ready to be looked for."""

    number: int
    words: tuple[tuple[Stem, ...], ...]
    written: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands before, between and behind the words in the glossary."""

    is_exact: bool


class Finder:
    """Looks for one side of a glossary, sources or translations, in texts."""

    def __init__(
        self, terms: tuple[Term, ...], locale: str, *, of_targets: bool
    ) -> None:
        self.terms = terms
        self._language = rules_of(locale)
        self._phrases: dict[str, list[tuple[_Phrase, Stem]]] = {}
        for number, term in enumerate(terms):
            text = term.target if of_targets else term.source
            phrase = _phrase(number, text, term, self._language, of_targets)
            if phrase is None:
                continue
            for stem in phrase.words[0]:
                self._phrases.setdefault(stem.text, []).append((phrase, stem))
        self._lengths = sorted({len(text) for text in self._phrases})

    def find(self, text: str) -> Iterator[Occurrence]:
        """
        Every occurrence of every row, each with one row, by its beginning.

        What is no language (tags, addresses, code, merge fields) is passed over.
        """
        if not self._phrases:
            return
        shown = blank(text)
        words = tokens(shown, self._language)
        for place, token in enumerate(words):
            seen: set[int] = set()
            for phrase, stem, start in self._beginnings(token):
                if phrase.number in seen or not _has_case(
                    token, start, stem, phrase, 0
                ):
                    continue
                last = self._rest(shown, words, place, phrase)
                if last is not None:
                    seen.add(phrase.number)
                    yield Occurrence(token.start, last, (self.terms[phrase.number],))

    def _beginnings(self, token: Token) -> Iterator[tuple[_Phrase, Stem, int]]:
        for start in self._language.starts(token.text, token.raw):
            room = len(token.text) - start
            for length in self._lengths:
                if length > room:
                    break
                found = self._phrases.get(token.text[start : start + length])
                for phrase, stem in found or ():
                    if _ends(token, start, stem):
                        yield phrase, stem, start

    def _rest(
        self, text: str, words: list[Token], place: int, phrase: _Phrase
    ) -> int | None:
        """Where the phrase ends whose first word is at `place`; None if it does not."""
        first = place
        for number in range(1, len(phrase.words)):
            # The term may have an apostrophe itself: Parkinson's disease.
            for before in (place, self._after_clitic(text, words, place)):
                if self._follows(text, words, before, phrase, number):
                    place = before + 1
                    break
            else:
                return None
        if not _stands_alone(text, words, first, place, phrase):
            return None
        return words[self._after_clitic(text, words, place)].end

    def _follows(
        self,
        text: str,
        words: list[Token],
        before: int,
        phrase: _Phrase,
        number: int,
    ) -> bool:
        """Whether the phrase's word of this number comes behind a place."""
        if before + 1 >= len(words):
            return False
        gap = text[words[before].end : words[before + 1].start]
        return _is_gap(gap, phrase.gaps[number]) and self._is_one_of(
            words[before + 1], phrase, number
        )

    def _is_one_of(self, token: Token, phrase: _Phrase, number: int) -> bool:
        return any(
            token.text.startswith(stem.text, start)
            and _ends(token, start, stem)
            and _has_case(token, start, stem, phrase, number)
            for start in self._language.starts(token.text, token.raw)
            for stem in phrase.words[number]
        )

    def _after_clitic(self, text: str, words: list[Token], place: int) -> int:
        """The place of an ending behind an apostrophe, if one follows."""
        clitic = self._language.clitic
        if clitic is None or place + 1 >= len(words):
            return place
        end, following = words[place].end, words[place + 1]
        is_near = following.start == end + 1 and text[end] in APOSTROPHES
        if is_near and clitic().fullmatch(following.text[: LONGEST_ENDING + 1]):
            return place + 1
        return place


def _is_gap(gap: str, own: str) -> bool:
    """Whether words may be parted so: as usual, or by the sign that the term has."""
    return may_part(gap) if may_part(own) else gap.strip() == own.strip()


def _ends(token: Token, start: int, stem: Stem) -> bool:
    if start and not stem.may_follow:
        return False
    end = start + len(stem.text)
    if len(token.text) - end > LONGEST_ENDING:
        return False
    return stem.ending.fullmatch(token.text, end) is not None


def _has_case(
    token: Token, start: int, stem: Stem, phrase: _Phrase, number: int
) -> bool:
    """Whether the capitals are those of the row, where it asks for that."""
    written = phrase.written[number]
    if not phrase.is_exact or len(token.raw) != len(token.text):
        return True
    length = min(len(stem.text), len(written), len(token.raw) - start)
    return token.raw[start : start + length] == written[:length]


def _stands_alone(
    text: str, words: list[Token], first: int, last: int, phrase: _Phrase
) -> bool:
    """Whether signs of the term (C++) are there too, and no word of kana is cut."""
    before, after = words[first], words[last]
    head, tail = phrase.gaps[0], phrase.gaps[-1]
    if (head and not text.endswith(head, 0, before.start)) or (
        tail and not text.startswith(tail, after.end)
    ):
        return False
    return not (_runs_on(words, first - 1, first) or _runs_on(words, last, last + 1))


def _runs_on(words: list[Token], one: int, other: int) -> bool:
    return (
        one >= 0
        and other < len(words)
        and words[one].end == words[other].start
        and is_katakana(words[one])
        and is_katakana(words[other])
    )


def _phrase(
    number: int,
    text: str,
    term: Term,
    language: Language,
    of_targets: bool,  # noqa: FBT001 - one caller
) -> _Phrase | None:
    words = tokens(text.strip(), language)
    if not words:
        return None
    stripped = text.strip()
    ends = [0, *(word.end for word in words)]
    begins = [*(word.start for word in words), len(stripped)]
    stems = tuple(
        tuple(language.stems(_word(words, place, term))) for place in range(len(words))
    )
    return _Phrase(
        number,
        stems,
        tuple(word.raw for word in words),
        tuple(stripped[a:b] for a, b in zip(ends, begins, strict=True)),
        _is_exact(stripped, term, of_targets),
    )


def _word(words: list[Token], place: int, term: Term) -> Word:
    token = words[place]
    return Word(
        token.text,
        is_last=place == len(words) - 1,
        is_alone=len(words) == 1,
        is_verb=term.pos.casefold() == "verb",
        is_capitalized=token.raw[0].isupper(),
        is_foreign=term.source.casefold() == term.target.casefold(),
        before=words[place - 1].text if place else "",
        last=words[-1].text,
    )


def _is_exact(text: str, term: Term, of_targets: bool) -> bool:  # noqa: FBT001 - one caller
    if term.case or of_targets:
        return term.case == "exact"
    capitals = text.removesuffix("s")
    return len(capitals) >= _CAPITALS and capitals.isupper()


class _Same:
    """A tuple by its identity: to compare a thousand terms for every text is slow."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.terms is other.terms

    def __hash__(self) -> int:
        return id(self.terms)


@lru_cache(maxsize=16)
def _cached(same: _Same, locale: str, of_targets: bool) -> Finder:  # noqa: FBT001 - a cache's key
    return Finder(same.terms, locale, of_targets=of_targets)


def finder(terms: Iterable[Term], locale: str, *, of_targets: bool = False) -> Finder:
    """The finder of a glossary's sources, or of its translations, in a locale."""
    kept = terms if isinstance(terms, tuple) else tuple(terms)
    return _cached(_Same(kept), locale, of_targets)


def find_terms(
    text: str, terms: Iterable[Term], locale: str = "en"
) -> tuple[Term, ...]:
    """The terms whose source stands in a text, in whatever form; in their order."""
    found = finder(terms, locale)
    here = {id(each.terms[0]) for each in found.find(text)}
    return tuple(term for term in found.terms if id(term) in here)


def occurrences(
    text: str,
    terms: Iterable[Term],
    locale: str = "en",
    *,
    of_targets: bool = False,
    nested: bool = False,
) -> tuple[Occurrence, ...]:
    """
    Where terms stand in a text, for those who show or check them.

    Each has all rows that fit it. None overlaps another, unless `nested` asks for all:
    the first goes before the later, the longer before the shorter.
    """
    found = sorted(
        finder(terms, locale, of_targets=of_targets).find(text),
        key=lambda each: (each.start, -each.end),
    )
    kept: list[Occurrence] = []
    for each in found:
        if kept and (each.start, each.end) == (kept[-1].start, kept[-1].end):
            kept[-1] = Occurrence(each.start, each.end, kept[-1].terms + each.terms)
        elif nested or not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def preferred(text: str, terms: Iterable[Term], locale: str = "en") -> Iterator[str]:
    """The preferred translations of a text that is a term and nothing else."""
    language = rules_of(locale)
    words = [token.text for token in tokens(text, language)]
    for term in terms:
        if term.status == "preferred" and words == [
            token.text for token in tokens(term.source, language)
        ]:
            yield term.target
