"""
Which numbers a text spells out, so that `two tablets` and `2 tablet` are the same.

Small numbers only; a word that has further senses (`second`, the Turkish `on`) counts,
because these words excuse a missing or added digit and never accuse one.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import Final, TypeAlias

from pipeline.late import regex

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
        "13": "thirteen(?:th)?",
        "14": "fourteen(?:th)?",
        "15": "fifteen(?:th)?",
        "16": "sixteen(?:th)?",
        "17": "seventeen(?:th)?",
        "18": "eighteen(?:th)?",
        "19": "nineteen(?:th)?",
        "20": "twent(?:y|ies|ieth)",
        "30": "thirt(?:y|ies|ieth)",
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
        "1": r"ein(?:e[nmrs]?|mal|zige\w*|s)?(?!\w)|erst|jede[nmrs]?(?!\w)",
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
        "2": r"اثن|إثن|ثان[يى]|كلا|كلتا|مرت[يا]ن|(?:ساع|دقيق|ثاني|سن|مر|طريق|قيم|صفح|جرع"
        r"|حب|ملعق|نقط|حال|جه|لغ|نسخ|وظيف|دال|قطع|كلم|خطو|مجموع)ت[يا]ن(?!\w)|(?:يوم|أسبوع"
        r"|شهر|عام|قرص|كوب|نوع|خيار|ضعف|رقم|حرف|عنصر|سبب|خيط|بت|بايت|مسار|حقل|ملف|جانب"
        r"|طرف|جزأ|جزء|مستو[يى]|شخص|طفل|مثال|متغير|معامل|سطر|مستخدم)[يا]ن(?!\w)",
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
        "1": "一(?![般緒部致貫切括種度方見覧律定旦瞬])|ひと[つり]|毎|単一|最初|初めて",
        "2": "(?<!第)二|第二|ふた[つり]|両|双方",
        "3": "三(?!角)",
        "4": "四(?!角)",
        "5": "五",
        "6": "六",
        "7": "七",
        "8": "八",
        "9": "九",
        "10": "十(?!分)",
        "11": "十一",
        "12": "十二",
        "20": "二十",
        "30": "三十",
        "50": "五十|半",
        "100": "百",
        "1000": "千",
    },
    "fr": {
        "0": "zéro|aucune?",
        "1": "une?|premi(?:er|ère)s?|seule?|chaque",
        "2": "deux(?:ième)?s?|second|double|les deux",
        "3": "trois(?:ième)?|triple|tier(?:s|ces?)",
        "4": "quatre|quatrième|quart",
        "5": "cinq(?:uième)?",
        "6": "six(?:ième)?",
        "7": "sept(?:ième)?",
        "8": "huit(?:ième)?",
        "9": "neu[fv](?:ième)?",
        "10": "dix(?:ième)?|dizaines?",
        "11": "onze",
        "12": "douze|douzaines?|midi",
        "13": "treize",
        "14": "quatorze",
        "15": "quinze|quinzaine",
        "16": "seize",
        "17": "dix-sept",
        "18": "dix-huit",
        "19": "dix-neuf",
        "20": "vingts?|vingtaine",
        "30": "trente|trentaine",
        "40": "quarante",
        "50": "cinquante|moitié",
        "60": "soixante",
        "100": "cents?|centaines?",
        "1000": "mille|milliers?",
    },
    "es": {
        "0": "cero|ningun[oa]?|ningún",
        "1": "un[oa]?|primer[oa]?s?|única?|único|cada",
        "2": "dos|segund[oa]|doble|ambos|ambas|par",
        "3": "tres|tercer[oa]?s?|triple",
        "4": "cuatro|cuart[oa]s?",
        "5": "cinco|quint[oa]",
        "6": "seis|sext[oa]",
        "7": "siete|séptim[oa]",
        "8": "ocho|octav[oa]",
        "9": "nueve|noven[oa]",
        "10": "diez|décim[oa]|decenas?",
        "11": "once",
        "12": "doce|docenas?|mediodía",
        "13": "trece",
        "14": "catorce",
        "15": "quince",
        "16": "dieciséis",
        "17": "diecisiete",
        "18": "dieciocho",
        "19": "diecinueve",
        "20": "veinte",
        "30": "treinta",
        "40": "cuarenta",
        "50": "cincuenta|mitad",
        "60": "sesenta",
        "100": "cien(?:to)?s?|centenares",
        "1000": "mil|miles",
    },
    "ru": {
        "0": "нол[яьюе]\\w*|нулев\\w+|нул[яьюе]\\w*",
        "1": "од(?:ин|н\\w+)|перв\\w+|единствен\\w+|кажд\\w+|однажды|раз",
        "2": "дв[аеуо]\\w*|втор\\w+|оба|обе\\w*|обои\\w*|двойн\\w+|пар[аыу]|дважды",
        "3": "тр(?:и|[её]х|[её]м|емя)\\w*|трет\\w+|тройн\\w+",
        "4": "четыр\\w+|четв[её]р\\w+",
        "5": "пят[ьиы]\\w*",
        "6": "шест[ьио]\\w*",
        "7": "сем[ьи]\\w*|седьм\\w+",
        "8": "вос(?:емь|ьми|ьм)\\w*",
        "9": "девят[ьиы]\\w*",
        "10": "десят[ьио]\\w*|десятк\\w+",
        "11": "одиннадцат\\w+",
        "12": "двенадцат\\w+|дюжин\\w+",
        "13": "тринадцат\\w+",
        "14": "четырнадцат\\w+",
        "15": "пятнадцат\\w+",
        "16": "шестнадцат\\w+",
        "20": "двадцат\\w+",
        "30": "тридцат\\w+",
        "40": "сорок\\w*",
        "50": "пятьдесят\\w*|половин\\w+",
        "60": "шестьдесят\\w*",
        "100": "сто|ста|сот\\w*",
        "1000": "тысяч\\w*",
    },
    "fa": {
        "0": "صفر|هیچ",
        "1": "یک|یکی|اول|نخست|اولین|هر|تک",
        "2": "دو|دوم|دومین|هر دو|دوبار|جفت",
        "3": "سه|سوم|سومین",
        "4": "چهار|چهارم|چهارمین",
        "5": "پنج|پنجم",
        "6": "شش|ششم",
        "7": "هفت|هفتم",
        "8": "هشت|هشتم",
        "9": "نه|نهم",
        "10": "ده|دهم",
        "11": "یازده",
        "12": "دوازده",
        "20": "بیست",
        "30": "سی",
        "40": "چهل",
        "50": "پنجاه|نیم|نصف",
        "60": "شصت",
        "100": "صد",
        "1000": "هزار",
    },
    "it": {
        "0": "zero|nessun[oa]?",
        "1": "un[oa]?|prim[oaie]|ogni|unic[oa]",
        "2": "due|second[oa]|doppi[oa]|entramb[ie]|coppia",
        "3": "tre|terz[oaie]",
        "4": "quattro|quart[oaie]",
        "5": "cinque|quint[oa]",
        "6": "sei|sest[oa]",
        "7": "sette|settim[oa]",
        "8": "otto|ottav[oa]",
        "9": "nove|non[oa]",
        "10": "dieci|decim[oa]|decin[ae]",
        "11": "undici",
        "12": "dodici|mezzogiorno",
        "20": "venti",
        "50": "cinquanta|metà",
        "100": "cento|centinai[oa]",
        "1000": "mille|mila|migliai[oa]",
    },
    "pt": {
        "0": "zero|nenhum[a]?",
        "1": "um|uma|primeir[oa]s?|cada|únic[oa]",
        "2": "dois|duas|segund[oa]|dobro|ambos|ambas|par",
        "3": "três|terceir[oa]s?",
        "4": "quatro|quart[oa]s?",
        "5": "cinco|quint[oa]",
        "6": "seis|sext[oa]",
        "7": "sete|sétim[oa]",
        "8": "oito|oitav[oa]",
        "9": "nove|non[oa]",
        "10": "dez|décim[oa]|dezenas?",
        "11": "onze",
        "12": "doze|dúzias?|meio-dia",
        "20": "vinte",
        "50": "cinquenta|metade",
        "100": "cem|centenas?",
        "1000": "mil|milhares",
    },
}
_MONTHS: Final = {
    "en": "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? "
    "Aug(?:ust)? Sept?(?:ember)? Oct(?:ober)? Nov(?:ember)? Dec(?:ember)?",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "de": "Jan(?:uar)? Feb(?:ruar)? März Apr(?:il)? Mai Juni? Juli? Aug(?:ust)? "
    "Sept?(?:ember)? Okt(?:ober)? Nov(?:ember)? Dez(?:ember)?",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "fr": "janv(?:ier)? févr(?:ier)? mars avr(?:il)? mai juin juil(?:let)? août "
    "sept(?:embre)? oct(?:obre)? nov(?:embre)? déc(?:embre)?",
    "es": "enero febrero marzo abril mayo junio julio agosto sep?tiembre octubre "
    "noviembre diciembre",
    "ru": "январ феврал март апрел ма[йя] июн июл август сентябр октябр ноябр декабр",
}
_BORROWED: Final = {"zh": "ja", "az": "tr"}
_WHOLE: Final = frozenset({"es", "fa", "fr", "it", "pt", "ru"})
"""Languages whose words above are whole."""

_STARTS: Final = {
    "de": r"(?<![^\W\d_])",
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
_ROMAN_WORD: Final = regex(r"(?<!\w)[IVX]{1,4}(?!\w)")
_ROMAN_ONE: Final = regex(
    r"\b(?:type|phase|stage|grade|class|level|part) I\b", re.IGNORECASE
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS: Final = "one two three four five six seven eight nine".split()
_COMPOUND: Final = regex(rf"({'|'.join(_TENS)})[- ]({'|'.join(_UNITS)})(?!\w)")


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


_VAGUE: Final = regex(
    r"\b(?:several|multiple|more than one|half|halves|no|none|un\w+)\b",
    re.IGNORECASE,
)
_OTHER_SENSES: Final = {
    "tr": regex(r"\bher iki\w*|\btek\w*|\bçift\w*|\bbirden (?:fazla|çok)\b"),
    "fr": regex(r"\bles deux\b|\bun(?:e)? (?:autre|peu)\b|\bl['’]une?\b"),
    "es": regex(r"\b(?:los|las) dos\b|\bun (?:poco|otro)\b"),
}
"""Both, single, another: words with a number in them that stand for no figure."""

_ARTICLE: Final = regex(r"\b(?:an?|per|each|every|\w+ly)\b", re.IGNORECASE)


def spelled_out(text: str, locale: str, *, articles: bool = True) -> Counter[str]:
    """
    How often a text spells out each value, by a word or a Roman numeral.

    English words that name no one value (`several`) are none here; without `articles`
    neither are `a`, `each` and the like.
    """
    language = locale.partition("-")[0]
    if language == "en":
        text = _VAGUE.sub(" ", text)
        text = text if articles else _ARTICLE.sub(" ", text)
    language = _BORROWED.get(language, language)
    lowered = text.replace("İ", "i").replace("I", "ı") if language == "tr" else text
    lowered = lowered.lower()
    if language in _OTHER_SENSES:
        lowered = _OTHER_SENSES[language].sub(" ", lowered)
    found = Counter(
        _ROMAN[each] for each in _ROMAN_WORD.findall(text) if each in _ROMAN
    )
    words, months = _patterns(language)
    for value, word in words:
        found[value] += sum(1 for _ in word.finditer(lowered))
    for value, month in months:
        found[value] += sum(1 for _ in month.finditer(text))
    return found


def knows_number_words(locale: str) -> bool:
    """Whether the words of this language are known."""
    language = locale.partition("-")[0]
    return _BORROWED.get(language, language) in _WORDS


_Patterns: TypeAlias = tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[_Patterns, _Patterns]:
    """Value and pattern of the words, in lower case, and of the months."""
    is_whole = language in _WHOLE
    start = r"(?<!\w)" if is_whole else _STARTS.get(language, "")
    end = r"(?!\w)" if is_whole else _ENDINGS.get(language, "")
    words = tuple(
        (value, re.compile(f"{start}(?:{word}){end}"))
        for value, word in _WORDS.get(language, {}).items()
    )
    months = tuple(
        (str(number), re.compile(f"(?<!\\w){month}(?![a-zäöüßçğış])"))
        for number, month in enumerate(_MONTHS.get(language, "").split(), start=1)
    )
    return words, months
