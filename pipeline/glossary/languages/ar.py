"""
Arabic: particles and the article are written at the word, pronouns behind it.

Vowel signs and the long stroke are left out, and the forms of alef, of final ya and of
the feminine ending are one. A plural that changes the inside of the word is another row
of the glossary.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, any_of, casefolded
from pipeline.late import regex

_SIGNS: Final = regex("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ONE: Final = str.maketrans("أإآٱىة", "اااايه")
_BEFORE: Final = regex("(?=([وف]?[بكل]?ال|[وف]?لل|[وف]?[بكل]|[وف]))")
_ARTICLE: Final = "ال"
_PRONOUNS: Final = "ه|ها|هم|هما|هن|ك|كم|كن|ي|نا"
_MASCULINE: Final = any_of(_PRONOUNS, f"(?:ات|ين|ون|ان)(?:{_PRONOUNS})?")
_FEMININE: Final = regex(f"ت(?:{_PRONOUNS}|ان|ين)|ات(?:{_PRONOUNS})?")
_SHORT: Final = 3


def fold(text: str) -> str:
    """The letters alone, those that are written either way as one."""
    return _SIGNS.sub("", casefolded(text)).translate(_ONE)


def stems(word: Word) -> Iterator[Stem]:
    """The word with or without its article, and what pronouns make of its end."""
    text = word.text
    if text.startswith(_ARTICLE) and len(text) > len(_ARTICLE) + _SHORT - 1:
        text = text.removeprefix(_ARTICLE)
    if len(text) < _SHORT:
        yield Stem(text, may_follow=True)
        return
    yield Stem(text, _MASCULINE, may_follow=True)
    if text.endswith("ه"):
        yield Stem(text[:-1], _FEMININE, may_follow=True)
    else:
        # The alef of an indefinite accusative, here and in the row.
        yield Stem(f"{text}ا", may_follow=True)
    if text.endswith("ا"):
        yield Stem(text[:-1], may_follow=True)


def starts(token: str, _raw: str) -> Iterable[int]:
    """The beginning, and behind each particle or article that may stand there."""
    match = _BEFORE.match(token)
    if not match or not match[1]:
        return (0,)
    # Each shorter reading too: a word may begin with a letter that is also a particle.
    return range(max(0, min(len(match[1]), len(token) - 2)) + 1)


LANGUAGE: Final = Language(stems, fold, starts)
