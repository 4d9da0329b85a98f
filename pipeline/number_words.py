"""
Which numbers a text spells out, so that `two tablets` and `2 tablet` are the same.

Small numbers only; a word that has further senses (`second`, the Turkish `on`) counts,
because these words excuse a missing or added digit and never accuse one.
"""

import re
from functools import lru_cache
from typing import Final, TypeAlias

# The words of each value, as regular expressions without boundaries.
_WORDS: Final = {
    "en": {
        "0": "zero|no|none",
        "1": "one|an?|once|first|single|per|each|every|half|(?:dai|week|month|year)ly",
        "2": "two|twice|second|(?:un)?doubl(?:es?|ed|ing)|both|n?either|pairs?|couple"
        "|several|multiple|more than one|half|halves|fortnight",
        "3": "three|thrice|third|triple",
        "4": "four(?:th)?|quarters?",
        "5": "five|fifth",
        "6": "six(?:th)?",
        "7": "seven(?:th)?",
        "8": "eight|eighth",
        "9": "nine|ninth",
        "10": "ten(?:th)?|decades?",
        "11": "eleven(?:th)?",
        "12": "twelve|twelfth|dozens?|noon",
        "13": "thirteen",
        "14": "fourteen",
        "15": "fifteen",
        "16": "sixteen",
        "17": "seventeen",
        "18": "eighteen",
        "19": "nineteen",
        "20": "twenty|twenties",
        "30": "thirty|thirties",
        "40": "forty|forties",
        "50": "fifty|fifties|half",
        "60": "sixty|sixties",
        "70": "seventy|seventies",
        "80": "eighty|eighties",
        "90": "ninety|nineties",
        "100": "hundreds?|century|centuries",
        "1000": "thousands?",
    },
    "tr": {
        "0": "sıfır|hiç",
        "1": "bir|ilk|tek",
        "2": "iki|çift",
        "3": "üç",
        "4": "dör[td]",
        "5": "beş",
        "6": "altı",
        "7": "yedi",
        "8": "sekiz",
        "9": "dokuz",
        "10": "on",
        "11": "on bir",
        "12": "on iki",
        "20": "yirmi",
        "30": "otuz",
        "40": "kırk",
        "50": "elli|yarı",
        "60": "altmış",
        "100": "yüz",
        "1000": "bin",
    },
    "de": {
        "0": "null|kein",
        "1": "ein|erst|einmal",
        "2": "zwei|zwo|beide|doppelt|zweimal",
        "3": "drei|dritt",
        "4": "vier",
        "5": "fünf",
        "6": "sechs",
        "7": "sieben|siebt",
        "8": "acht",
        "9": "neun",
        "10": "zehn",
        "11": "elf",
        "12": "zwölf",
        "20": "zwanzig",
        "30": "dreißig|dreissig",
        "40": "vierzig",
        "50": "fünfzig|hälfte",
        "60": "sechzig",
        "100": "hundert",
        "1000": "tausend",
    },
    "ar": {
        "0": "صفر",
        "1": "واحد|أحد|إحدى|أول|مرة|يوميا|أسبوعيا",
        "2": r"اثن|إثن|ثان[يى]|كلا|كلتا|مرتين|\w{2,}(?:تين|تان|ين|ان)(?!\w)",
        "3": "ثلاث|ثالث",
        "4": "أربع|رابع",
        "5": "خمس|خامس",
        "6": "ست[ةه]?(?!\\w)|سادس",
        "7": "سبع|سابع",
        "8": "ثمان|ثامن",
        "9": "تسع|تاسع",
        "10": "عشر|عاشر",
        "11": "أحد عشر|إحدى عشر",
        "12": "اثن[اىي]ت?[اي]? عشر|اثن(?:ا|ي|تا|تي) عشر",
        "20": "عشرون|عشرين",
        "30": "ثلاثون|ثلاثين",
        "40": "أربعون|أربعين",
        "50": "خمسون|خمسين|نصف",
        "60": "ستون|ستين",
        "100": "مئ[ةه]|مائ[ةه]",
        "1000": "ألف|آلاف",
    },
    "ja": {
        "0": "零|〇|ゼロ",
        "1": "一|ひと|毎",
        "2": "二|ふた|両",
        "3": "三",
        "4": "四",
        "5": "五",
        "6": "六",
        "7": "七",
        "8": "八",
        "9": "九",
        "10": "十",
        "11": "十一",
        "12": "十二",
        "20": "二十",
        "30": "三十",
        "50": "五十|半",
        "100": "百",
        "1000": "千",
    },
}
_MONTHS: Final = {
    "en": "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? "
    "Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)? Nov(?:ember)? Dec(?:ember)?",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "de": "Jan(?:uar)? Feb(?:ruar)? März Apr(?:il)? Mai Juni? Juli? Aug(?:ust)? "
    "Sept?(?:ember)? Okt(?:ober)? Nov(?:ember)? Dez(?:ember)?",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_BORROWED: Final = {"zh": "ja", "az": "tr"}
_STARTS: Final = {
    "en": r"(?<![^\W\d_])",
    "tr": r"(?<!\w)",
    "ar": r"(?<!\w)[وفبلك]?(?:ال)?",
}
# What may follow a word: nothing, or an ending of the language; `ona` is no ten.
_ENDINGS: Final = {
    "en": r"(?![^\W\d_])",
    "tr": r"(?:[ıiuü]?nc[ıiuü]\w*|ş?[ae]r\w*|s[ıi]\w*|[ydtn][ae]\w{0,3}|[ıiuü]n\w{0,2}"
    r"|l[ıiuü]\w*|y?l[ae]|[dt][ıiuü]r\w*|[ıiuü]|[ıiuü]?[kz]\w*)?(?!\w)",
}
_ROMAN: Final = {
    "II": "2",
    "III": "3",
    "IV": "4",
    "V": "5",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "X": "10",
    "XI": "11",
    "XII": "12",
}
_ROMAN_WORD: Final = re.compile(r"(?<!\w)[IVX]{1,4}(?!\w)")
_ROMAN_ONE: Final = re.compile(
    r"\b(?:type|phase|stage|grade|class|level|part) I\b", re.IGNORECASE
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS: Final = "one two three four five six seven eight nine".split()
_COMPOUND: Final = re.compile(rf"({'|'.join(_TENS)})[- ]({'|'.join(_UNITS)})(?!\w)")


def number_words(text: str, locale: str) -> frozenset[str]:
    """
    The values of the number words and month names in a text, as `numbers` has them.

    A language that is not known here has Roman numerals only.
    """
    language = locale.partition("-")[0]
    language = _BORROWED.get(language, language)
    lowered = text.replace("İ", "i").replace("I", "ı") if language == "tr" else text
    lowered = lowered.lower()
    found = {_ROMAN[word] for word in _ROMAN_WORD.findall(text) if word in _ROMAN}
    if _ROMAN_ONE.search(text):
        found.add("1")
    words, months = _patterns(language)
    found.update(value for value, word in words if word.search(lowered))
    found.update(value for value, month in months if month.search(text))
    if language == "en":
        found.update(
            str((_TENS.index(match[1]) + 2) * 10 + _UNITS.index(match[2]) + 1)
            for match in _COMPOUND.finditer(lowered)
        )
    return frozenset(found)


def knows_number_words(locale: str) -> bool:
    """Whether the words of this language are known."""
    language = locale.partition("-")[0]
    return _BORROWED.get(language, language) in _WORDS


_Patterns: TypeAlias = tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[_Patterns, _Patterns]:
    """Value and pattern of the words, in lower case, and of the months."""
    start, end = _STARTS.get(language, ""), _ENDINGS.get(language, "")
    words = tuple(
        (value, re.compile(f"{start}(?:{word}){end}"))
        for value, word in _WORDS.get(language, {}).items()
    )
    months = tuple(
        (str(number), re.compile(f"(?<!\\w){month}(?![a-zäöüßçğış])"))
        for number, month in enumerate(_MONTHS.get(language, "").split(), start=1)
    )
    return words, months
