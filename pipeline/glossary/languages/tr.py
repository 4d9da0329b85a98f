"""
Turkish: endings follow in a fixed order, in the vowels that the word asks for.

The order of endings, the softening of p, ç, t, k, and the words that lose a vowel or
double a consonant are those of any grammar of Turkish (Göksel and Kerslake, "Turkish: A
Comprehensive Grammar", chapters 2, 6 and 8). Endings that make another word (-lIk, -CI)
are not taken, since `hastalık` is no form of `hasta`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, without_invisible

_VOWELS: Final = "aeıioöuü"
_BACK: Final = "aıou"
_FLAT: Final = str.maketrans("âîû", "aiu")
_SOFT: Final = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}
_HARD: Final = {soft: hard for hard, soft in _SOFT.items()}
_SOFTENED: Final = frozenset(
    "art blok borç but cep cilt çok dert dip dört genç gök grup güç harp kalp kap kurt "
    "taç tat uç ut yok yurt".split()
)
"""Words of one syllable that soften; the others keep their consonant (saç, süt)."""

_DROPPING: Final = frozenset(
    "ağız akıl alın asıl atıf azim bağır beniz beyin boyun böğür burun cebir cisim "
    "cürüm devir emir fasıl fikir göğüs gönül hapis hazım hüküm ilim isim izin kabir "
    "karın kasıt kayıp kayıt kesir keyif kısım küfür metin meyil mühür nabız nakil "
    "nefis nehir nesil nesir oğul omuz ömür rahim resim ritim sabır seyir şehir şekil "
    "şükür tavır uzuv vakit vasıf zehir zihin zikir zulüm lütuf akis".split()
)
"""Words that lose their last vowel before an ending that begins with one."""

_DOUBLING: Final = frozenset("af cer had hak hat haz his ret sır tıp zam zan".split())
_NOUNS_IN_MAK: Final = frozenset(
    "basamak çakmak damak ekmek ırmak kaymak parmak tokmak yamak yemek".split()
)
_SYLLABLE: Final = 2
"""Letters of a word that can have no possessive."""

_LONG_ENOUGH: Final = 4
"""Letters from which on -lI and -sIz are taken: `elli` is no form of `el`."""

# In these patterns A is a or e, I is one of ı, i, u, ü, and D is d or t.
_CASE_AFTER_CONSONANT: Final = "I|A|DA(?:n|KI)?|In(?:KI)?|lA"
_CASE_AFTER_VOWEL: Final = "yI|yA|DA(?:n|KI)?|nIn(?:KI)?|ylA"
_CASE_AFTER_ITS: Final = "nI|nA|ndA(?:n|KI)?|nIn(?:KI)?|ylA|ncA"
_COPULA: Final = (
    "(?:DIr(?:lAr)?|(?<=[aeıioöuü])y(?:DI|mIş|sA|ken)"
    "|(?<![aeıioöuü])(?:DI|mIş|sA|ken))?"
)
_MINE: Final = f"(?:Im|In|ImIz|InIz)(?:{_CASE_AFTER_CONSONANT})?"
_ITS: Final = f"I(?:{_CASE_AFTER_ITS})?"
_PLURAL: Final = f"lAr(?:{_MINE}|{_ITS}|{_CASE_AFTER_CONSONANT})?"
_AFTER_CONSONANT: Final = f"(?:{_PLURAL}|{_MINE}|{_ITS}|{_CASE_AFTER_CONSONANT})?"
_MINE_AFTER_VOWEL: Final = f"(?:m|mIz|nIz)(?:{_CASE_AFTER_CONSONANT})?"
_ITS_AFTER_VOWEL: Final = f"sI(?:{_CASE_AFTER_ITS})?"
_AFTER_VOWEL: Final = (
    f"(?:{_PLURAL}|{_MINE_AFTER_VOWEL}|{_ITS_AFTER_VOWEL}|{_CASE_AFTER_VOWEL})?"
)
_WITH: Final = f"lI{_AFTER_VOWEL}|sIz{_AFTER_CONSONANT}"
# A compound has a possessive, which others replace: `saç derisi`, `saç deriniz`.
_OF_COMPOUND: Final = (
    f"(?:lAr(?:{_MINE}|{_ITS})|{_MINE}|{_ITS}|{_MINE_AFTER_VOWEL}|{_ITS_AFTER_VOWEL}"
    f"|{_WITH})"
)
# `saç dökülmesi`, and `saçların dökülmesi` too.
_GENITIVE: Final = "(?:lAr)?(?:ImIz|InIz|mIz|nIz|I|sI)?n?In|lAr"
_VERB: Final = (
    "(?:(?:I|A)?[ln]|DIr|t)?(?:y?A(?:bil|mA|m)|mA)?(?:"
    "m?Iyor(?:um|sun|uz|sunuz|lar)?(?:du|sa|muş)?(?:m|n|k|nuz|lar)?(?:dur)?"
    "|y?AcA[kğ]|(?:A|I)?r|mAz|z|mAlI|y?AlIm|y?In(?:Iz)?|sIn(?:lAr)?|y?An|DI[kğ]|y?Ip"
    "|y?ArAk|y?IncA|mA[kğ]|mA|y?I[şc]|DI|mIş|sA|mAdAn|y?ken|DIkçA|mAksIzIn|y?A"
    f")?(?:(?:Im|m|n|k|sIn|Iz|nIz|sInIz|lAr)?|{_AFTER_CONSONANT}|{_AFTER_VOWEL})"
)


def _expanded(pattern: str, a: str, i: str) -> str:
    pattern = pattern.replace(
        "KI", "k[iü](?:n[dt]e(?:n)?|nin|ne|ni|yle|ler(?:i|in|de)?)?"
    )
    return pattern.replace("A", a).replace("I", i).replace("D", "[dt]")


@lru_cache(maxsize=64)
def _endings(pattern: str, harmony: str) -> re.Pattern[str]:
    """Both rows of vowels after a back vowel, since loanwords waver (saati, rolü)."""
    front = _expanded(pattern, "e", "[iü]")
    back = _expanded(pattern, "a", "[ıu]")
    return re.compile(f"(?:{back}|{front})" if harmony == "back" else f"(?:{front})")


def _harmony(stem: str) -> str:
    last = next((letter for letter in reversed(stem) if letter in _VOWELS), "a")
    return "back" if last in _BACK else "front"


def fold(text: str) -> str:
    """The text in small letters, ı apart from i, without circumflex and the like."""
    composed = unicodedata.normalize("NFC", without_invisible(text))
    small = composed.replace("İ", "i").replace("I", "ı").lower()
    return small.translate(_FLAT)


def stems(word: Word) -> Iterator[Stem]:
    """Every stem of a word and what may follow it."""
    text = word.text
    if not any(letter in _VOWELS for letter in text):
        # An abbreviation is read letter by letter; its endings follow an apostrophe.
        yield Stem(text)
        return
    if word.is_foreign or set(text) & set("qwx"):
        # LIPOSUCTION is written with English capitals.
        yield Stem(text.replace("i", "ı"))
    if not word.is_last:
        yield Stem(text)
        if word.last[-1:] in "ıiuü":
            yield from _noun(text, _GENITIVE)
        return
    if word.is_verb or (text[-3:] in {"mak", "mek"} and text not in _NOUNS_IN_MAK):
        yield from _verb(text)
        if word.is_verb:
            return
    yield from _noun(text, _free(text, word.is_alone) + _COPULA)
    if not word.is_alone and len(text) > _SYLLABLE and text[-1] in "ıiuü":
        yield from _compound(text)


def _free(text: str, is_alone: bool) -> str:  # noqa: FBT001 - one caller
    after = _AFTER_VOWEL if text[-1] in _VOWELS else _AFTER_CONSONANT
    if is_alone and len(text) < _LONG_ENOUGH:
        return after
    return f"(?:{_WITH}|{after})"


def _noun(text: str, endings: str) -> Iterator[Stem]:
    harmony = _harmony(text)
    yield Stem(text, _endings(endings, harmony))
    if text == "su":
        yield Stem("suy", _endings(_AFTER_CONSONANT, harmony))
    before_vowel = _endings(f"(?=[aeıioöuü])(?:{endings})", harmony)
    for changed in _changed(text):
        yield Stem(changed, before_vowel)


def _changed(text: str) -> Iterator[str]:
    """What the word becomes before a vowel, if it changes."""
    last = text[-1]
    syllables = sum(letter in _VOWELS for letter in text)
    if text.endswith("nk"):
        yield f"{text[:-1]}g"
    elif last in _SOFT and (syllables > 1 or text in _SOFTENED):
        yield text[:-1] + _SOFT[last]
    elif text.endswith("og"):
        yield f"{text[:-1]}ğ"
    if text in _DROPPING:
        short = text[:-2] + last
        yield short
        if last in _SOFT:
            yield text[:-2] + _SOFT[last]
    if text in _DOUBLING:
        doubled = _SOFT.get(last, last) if text in {"tıp", "ret"} else last
        yield f"{text[:-1]}{doubled}{doubled}"


def _compound(text: str) -> Iterator[Stem]:
    """The forms of a compound's last word, by what it is without its possessive."""
    bases = {text[:-1]}
    if len(text) > 3 and text[-2] == "s" and text[-3] in _VOWELS:  # noqa: PLR2004 - the ending and a vowel
        bases.add(text[:-2])
    for base in sorted(bases):
        yield Stem(base, _endings(_OF_COMPOUND, _harmony(text)))
        plural = _endings(
            f"(?=l[ae]r|l[ıiuü]|s[ıiuü]z)(?:{_OF_COMPOUND})", _harmony(text)
        )
        if base[-1] in _HARD:
            yield Stem(base[:-1] + _HARD[base[-1]], plural)
        for whole in (f"{base[:-1]}{vowel}{base[-1]}" for vowel in "ıiuü"):
            if whole in _DROPPING:
                yield Stem(whole, plural)


def _verb(text: str) -> Iterator[Stem]:
    root = text[:-3] if text[-3:] in {"mak", "mek"} else text
    if not root:
        yield Stem(text)
        return
    endings = _endings(_VERB, _harmony(root))
    yield Stem(root, endings)
    if root.endswith(("et", "git", "güt", "tat")):
        yield Stem(f"{root[:-1]}d", _endings(f"(?=[aeıioöuü])(?:{_VERB})", "back"))
    if root[-1] in "ae":
        yield Stem(root[:-1], _endings(f"(?=[ıiuü]yor)(?:{_VERB})", "back"))


@cache
def _after_apostrophe() -> re.Pattern[str]:
    return re.compile(
        "y?[dt]?[ae]?n?|n?[ıiuü]n|[yns]?[ıiuü]|[yn]?l?[ae]|"
        f"{_endings(_AFTER_CONSONANT + _COPULA, 'back').pattern}|"
        f"{_endings(_AFTER_VOWEL + _COPULA, 'back').pattern}|"
        f"{_endings(_WITH, 'back').pattern}"
    )


LANGUAGE: Final = Language(stems, fold, clitic=_after_apostrophe)
