"""
The order of an alphabet, for lists.

The order of the letters is the root one of the Unicode collation, with the tailorings
of CLDR (`common/collation/` of github.com/unicode-org/cldr) for the languages below.
Accents, and capital or small, tell only texts apart that are otherwise equal. A library
that knows all of CLDR has to be compiled on most machines, which a list of articles is
not worth; languages of other tailorings, and the Han script, have the root order.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, TypeAlias

from pipeline.render.casing import lower

Weight: TypeAlias = tuple[int, int, int]
Key: TypeAlias = tuple[tuple[Weight, ...], str, str]

# A letter, or several that count as one, behind the letter that it follows.
_NORDIC_LAST: Final = "z<æ<ø<å"
_GAJICA: Final = "c<č<ć d<dž<đ l<lj n<nj s<š z<ž"
_TAILORED: Final[Mapping[str, str]] = {
    "az": "c<ç e<ə g<ğ h<x<ı k<q o<ö s<ş u<ü z<w",
    "bs": _GAJICA,
    "cs": "c<č h<ch r<ř s<š z<ž",
    "da": _NORDIC_LAST,
    "es": "n<ñ",
    "et": "s<š<z<ž w<õ<ä<ö<ü",
    "fi": "z<å<ä<ö",
    "hr": _GAJICA,
    "hu": "c<cs d<dz<dzs g<gy l<ly n<ny o<ö s<sz t<ty u<ü z<zs",
    "is": "a<á d<ð e<é i<í o<ó u<ú y<ý z<þ<æ<ö<å",
    "lt": "c<č s<š z<ž",
    "lv": "c<č g<ģ k<ķ l<ļ n<ņ r<ŗ s<š z<ž",
    "nb": _NORDIC_LAST,
    "nn": _NORDIC_LAST,
    "no": _NORDIC_LAST,
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż",
    "ro": "a<ă<â i<î s<ș t<ț",
    "sk": "a<ä c<č h<ch o<ô r<ř s<š z<ž",
    "sl": "c<č s<š z<ž",
    "sr-Latn": _GAJICA,
    "sv": "z<å<ä<ö",
    "tr": "c<ç g<ğ h<ı o<ö s<ş u<ü",
}
_SAME: Final[Mapping[str, Mapping[str, str]]] = {
    "da": {"ä": "æ", "ö": "ø", "ő": "ø", "œ": "ø", "aa": "å", "ü": "y", "ű": "y"},
    "fi": {"æ": "ä", "ø": "ö", "ü": "y"},
    "hu": {"ő": "ö", "ű": "ü"},
    "is": {"ä": "æ", "ø": "ö"},
    "lt": {"y": "i"},
    "lv": {"y": "i"},
    "ro": {"ş": "ș", "ţ": "ț"},
    "sv": {"æ": "ä", "ę": "ä", "ø": "ö", "ő": "ö", "œ": "ö", "ô": "ö", "ü": "y"},
}
_ROOT_SAME: Final[Mapping[str, str]] = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "þ": "th",
    "ı": "i",
    # CLDR's Arabic counts the one as the other.
    "ة": "ت",
    "ک": "ك",
    "ی": "ي",
    "ى": "ي",
}
_SCRIPTS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "абвгґдђеєжзиіїйјклљмнњопрстћуўфхцчџшщъыьэюя",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ءابپتثجچحخدذرزژسشصضطظعغفقكگلمنهوي",
)
_FINALS: Final = str.maketrans("ςךםןףץ", "σכמנפצ")


def alphabetical(text: str, locale: str) -> Key:
    """What a text is sorted by: two keys of one locale compare as its texts do."""
    language = _language(locale)
    letters = _letters(language)
    small = unicodedata.normalize("NFC", lower(text, locale)).translate(_FINALS)
    weights: list[Weight] = []
    if _longest(language) == 1:
        # Nearly every language; a list may be sorted anew after each edit.
        for char in small:
            weights += letters.get(char) or _sign(char, language)
        return tuple(weights), small, text
    place = 0
    while place < len(small):
        for length in (3, 2, 1):
            found = letters.get(small[place : place + length])
            if found is not None and place + length <= len(small):
                weights += found
                place += length
                break
        else:
            weights += _sign(small[place], language)
            place += 1
    return tuple(weights), small, text


@cache
def _language(locale: str) -> str:
    """What the order goes by; Serbian is written in two scripts, and `sr` is one."""
    return "sr-Latn" if locale.startswith("sr-Latn") else locale.partition("-")[0]


@lru_cache(maxsize=4096)
def _sign(char: str, language: str) -> tuple[Weight, ...]:
    """A character that no alphabet has; there are few, and a blank after each word."""
    return _plain(char, _letters(language))


def _plain(char: str, letters: Mapping[str, tuple[Weight, ...]]) -> tuple[Weight, ...]:
    """A character that no alphabet has: its parts, or none of a letter."""
    parts = unicodedata.normalize("NFKD", char)
    if parts != char:
        return tuple(w for part in parts for w in letters.get(part) or _other(part))
    return _other(char)


def _other(char: str) -> tuple[Weight, ...]:
    kind = unicodedata.category(char)
    if kind[0] == "M" or kind == "Cf" or char == "ـ":
        return ()
    if kind == "Nd":
        return ((1, unicodedata.digit(char), 0),)
    if kind[0] == "L" or kind[0] == "N":
        return ((2 + len(_SCRIPTS), ord(char), 0),)
    return ((0, ord(char), 0),)


@cache
def _longest(language: str) -> int:
    """How many characters a letter has at most."""
    return max(map(len, _letters(language)))


@cache
def _letters(language: str) -> Mapping[str, tuple[Weight, ...]]:
    """Every letter of a language's order, and what counts as one or as several."""
    found: dict[str, tuple[Weight, ...]] = {
        letter: ((2 + script, place, 0),)
        for script, letters in enumerate(_SCRIPTS)
        for place, letter in enumerate(letters)
    }
    tailored: dict[str, tuple[Weight, ...]] = {}
    for rule in _TAILORED.get(language, "").split():
        first, *rest = rule.split("<")
        ((script, place, _),) = found[first]
        for step, letter in enumerate(rest, 1):
            tailored[letter] = ((script, place, step),)
    same = dict(_ROOT_SAME)
    same |= _SAME["da"] if language in {"nb", "nn", "no"} else _SAME.get(language, {})
    known = found | tailored
    for letter, others in same.items():
        if letter not in tailored:
            known[letter] = known.get(others) or tuple(
                weight for other in others for weight in known[other]
            )
    return known
