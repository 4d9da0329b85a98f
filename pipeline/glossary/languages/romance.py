"""French, Spanish, Portuguese, Italian, Catalan: number, and gender of adjectives."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, any_of, casefolded
from pipeline.late import regex

_MARKS: Final = regex("[\u0300\u0301\u0302\u0308]")
_S: Final = any_of("s")
_S_OR_X: Final = any_of("s", "x")
_SHORT: Final = 3


def fold(text: str) -> str:
    """Without accents on vowels, which come and go with the ending; ñ and ç stay."""
    text = casefolded(text)
    if text.isascii():
        return text
    return unicodedata.normalize(
        "NFC", _MARKS.sub("", unicodedata.normalize("NFD", text))
    )


def french(word: Word) -> Iterator[Stem]:
    """-s and -x, -al to -aux, and the -e of adjectives."""
    text = word.text
    yield Stem(text, _S_OR_X)
    if text.endswith("al"):
        yield Stem(text[:-1], re.compile("ux|les?"))
    if text.endswith("eux"):
        yield Stem(text[:-1], re.compile("ses?"))
    if text.endswith("if"):
        yield Stem(text[:-1], re.compile("ves?"))
    if _is_adjective(word):
        yield Stem(text, any_of("n?es?"))
        if text.endswith("e"):
            yield Stem(text[:-1], _S)


def spanish(word: Word) -> Iterator[Stem]:
    """-s and -es, -z to -ces, and the -o and -a of adjectives. Catalan is alike."""
    text = word.text
    yield Stem(text, _S)
    if text[-1:] not in "aeiou":
        yield Stem(text, re.compile("es"))
    if text.endswith("z"):
        yield Stem(text[:-1], re.compile("ces"))
    yield from _gender(word)


def portuguese(word: Word) -> Iterator[Stem]:
    """-s and -es, -ão to -ões, -l to -is, -m to -ns."""
    text = word.text
    yield Stem(text, any_of("s", "es"))
    if text.endswith(("ão", "a\u0303o")):
        yield Stem(text.removesuffix("ão"), re.compile("ões|ães|ãos"))
    if text.endswith("l"):
        yield Stem(text[:-1], re.compile("is|eis"))
    if text.endswith("il"):
        yield Stem(text[:-2], re.compile("eis|is"))
    if text.endswith("m"):
        yield Stem(text[:-1], re.compile("ns"))
    yield from _gender(word)


def italian(word: Word) -> Iterator[Stem]:
    """The last vowel tells number and gender."""
    text = word.text
    yield Stem(text)
    if text[-1:] in "aeo" and len(text) > _SHORT:
        yield Stem(text[:-1], re.compile("h?[ie]"))
        if text.endswith("io"):
            yield Stem(text[:-1])
    if _is_adjective(word) and text[-1:] in "oe":
        yield Stem(text[:-1], re.compile("h?[aeio]"))


def _gender(word: Word) -> Iterator[Stem]:
    if _is_adjective(word) and word.text[-1:] in "oa":
        yield Stem(word.text[:-1], re.compile("[oa]s?"))


def _is_adjective(word: Word) -> bool:
    """Whether it may agree with a noun: it stands beside one in the term."""
    return not word.is_alone and len(word.text) > _SHORT


FRENCH: Final = Language(french, fold)
SPANISH: Final = Language(spanish, fold)
PORTUGUESE: Final = Language(portuguese)
ITALIAN: Final = Language(italian, fold)
