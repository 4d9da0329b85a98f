"""English: plurals; of verbs also -s, -ed and -ing."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, any_of
from pipeline.late import regex

_IRREGULAR: Final = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "foot": "feet",
    "tooth": "teeth",
    "person": "people",
    "life": "lives",
    "half": "halves",
    "leaf": "leaves",
    "calf": "calves",
    "mouse": "mice",
    "criterion": "criteria",
    "bacterium": "bacteria",
    "vertebra": "vertebrae",
    "diagnosis": "diagnoses",
    "index": "indices",
    "matrix": "matrices",
    "datum": "data",
    "medium": "media",
    "stimulus": "stimuli",
    "nucleus": "nuclei",
    "fungus": "fungi",
}
_PLURAL: Final = any_of("s")
_HISSING: Final = any_of("es", "s")
_OF_Y: Final = regex("ies")
_OF_IS: Final = regex("es")
_VERB: Final = any_of("s", "ed", "ing")
_HISSING_VERB: Final = any_of("es", "ed", "ing")
_OF_E: Final = regex("ed|ing")
_OF_Y_VERB: Final = regex("ies|ied")
_VOWELS: Final = "aeiou"
_SHORTEST: Final = 3


def stems(word: Word) -> Iterator[Stem]:
    """The word and its plural; of a verb its regular forms."""
    text = word.text
    if word.is_verb and (word.is_alone or not word.before):
        yield from _verb(text)
        return
    if not word.is_last or not text.isalpha():
        yield Stem(text, _PLURAL if word.is_last else re.compile(""))
        return
    yield Stem(text, _HISSING if text.endswith(_HISSES) else _PLURAL)
    if text in _IRREGULAR:
        yield Stem(_IRREGULAR[text])
    if text[-1] == "y" and text[-2:-1] not in _VOWELS:
        yield Stem(text[:-1], _OF_Y)
    if text.endswith("is") and len(text) > _SHORTEST + 1:
        yield Stem(text[:-2], _OF_IS)


_HISSES: Final = ("s", "x", "z", "ch", "sh", "o")


def _verb(text: str) -> Iterator[Stem]:
    yield Stem(text, _HISSING_VERB if text.endswith(_HISSES) else _VERB)
    if text.endswith("e"):
        yield Stem(text[:-1], _OF_E)
    if text.endswith("y"):
        yield Stem(text[:-1], _OF_Y_VERB)
    if (
        len(text) >= _SHORTEST
        and text[-1] not in "aeiouwxy"
        and text[-2] in _VOWELS
        and text[-3] not in _VOWELS
    ):
        yield Stem(text + text[-1], _OF_E)


_S: Final = regex("s")

LANGUAGE: Final = Language(stems, clitic=lambda: _S)
