"""
The units that stand behind a number: their symbols, and their words in some languages.

Symbols are those of the SI brochure (BIPM) and of common use; the case of a symbol counts,
as mV is no MV. A word may carry any ending that makes no other word of it: 3 volt are
a voltage, 3 `volte` are three times.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from pipeline.late import regex

_END: Final = r"(?!\w)"
_CELSIUS: Final = r"[ ](?:celsius|santigrat|centígrado)"
_NOT_ORDINAL: Final = r"(?!\s(?:d[ií]a|giorn|m[eê]s|semana|settiman|an[no]o|año))"
"""By `3º` and `3°`, months are counted in Portuguese, Spanish and Italian."""

_NOT_ELIDED: Final = rf"(?!['’](?:(?:il|en|y){_END}|[aeiouhàâéèê]\w\w))"
"""French `s’il vous plaît`; the endings of Turkish stand behind seconds: 30 s'de."""

_BIT_ENDS: Final = r"(?:s|em?|i(?:n(?:i|in|e|den?)?)?|ten|tir|li|lik\w*|ler\w*)?"
_VOLT_ENDS: Final = r"(?:s|u(?:n(?:u|un|a|dan?)?)?|tan?|tur|lu|luk\w*|lar\w*)?"

SYMBOLS: Final = {
    "mg": r"mg|㎎|мг",
    "µg": r"[µμ]g|mcg|ug|㎍|мкг",
    "ng": r"ng",
    "g": r"gr?|г",
    "kg": r"kg|㎏|кг",
    "ml": r"m[lL]|㎖|cc|мл",
    "dl": r"d[lL]",
    "cl": r"c[lL]",
    "l": r"[lL](?!['’])",
    "IU": r"IU|I\.U\.|IE|UI|МЕ",
    "mmol": r"mmol",
    "mmHg": r"mm[ ]?Hg",
    "mm": r"mm|мм",
    "cm": r"cm|см",
    "km": r"km|км",
    "m": r"m|м",
    "%": r"[%٪％]",
    "‰": r"‰",
    "°C": r"[°º][ ]?C|℃",
    "°F": r"[°º][ ]?F|℉",
    "°": rf"[°º]{_NOT_ORDINAL}",
    "ns": r"ns",
    "µs": r"[µμ]s",
    "ms": r"ms(?:ec)?|мс",
    "mV": r"mV|мВ",
    "kV": r"kV|кВ",
    "V": r"[Vv]|В(?![а-я])",
    "mA": r"mA|мА",
    "mAh": r"mAh",
    "Ah": r"Ah",
    "A": r"A",
    "mW": r"mW",
    "kW": r"kW|кВт",
    "kWh": r"kWh",
    "MW": r"MW",
    "W": r"W|Вт",
    "kHz": r"[kK][hH]z|кГц",
    "MHz": r"M[hH]z|МГц",
    "GHz": r"G[hH]z|ГГц",
    "Hz": r"H[zZ]|Гц",
    "KiB": r"[Kk]iB|КиБ",
    "MiB": r"MiB|МиБ",
    "GiB": r"GiB|ГиБ",
    "KB": r"[kK][bBo]|КБ|кБ",
    "MB": r"M[bBo]|МБ",
    "GB": r"G[bBo]|ГБ",
    "TB": r"T[bB]|To(?!\s\d)|ТБ",
    "kbit/s": r"[kK]bps|[kK]bit/s",
    "Mbit/s": r"[Mm]bps|Mbit/s",
    "Gbit/s": r"Gbps|Gbit/s",
    "kcal": r"kcal|ккал",
    "kJ": r"kJ|кДж",
    "Nm": r"N[.·⋅]?m",
    "N": r"N",
    "dB": r"dB|дБ",
    "psi": r"psi|PSI",
    "rpm": r"rpm|RPM|tr/min|dev/dk",
    "px": r"px",
    "in": r"in(?=[.)/]|$)|″",
    "ft": r"ft",
    "lb": r"lbs?",
    "AWG": r"AWG",
    "dpi": r"dpi|DPI",
    "fps": r"fps|FPS",
    "$": r"\$|US\$|USD",
    "€": r"€|EUR",
    "£": r"£|GBP",
    "₺": r"₺|TL(?!\w)|TRY",
}
# No word begins with a group: by their first letters most of them are never tried.
WORDS: Final = {
    "mg": r"mil+igram|ミリグラム|مل+ي?[غج]رام|ملي[غج]رام|ملغم?(?!\w)|م[جغ]م?(?!\w)|ملجم|миллиграмм|میلی‌?گرم",
    "µg": r"mi[ck]rogram|mikrogram|マイクログラム|مي?كرو[غج]رام|م[ي]?كغ|микрограмм|میکروگرم",
    "kg": r"kilogram|キログラム|كيلو[غج]رام|ك[غج]م?(?!\w)|килограмм|کیلوگرم",
    "g": r"gram(?!m?[aáà](?:t|r|ir)|er|m?o(?:f|ph)|[ií]nea)|グラム|[غج]رام|[غج]م?(?!\w)"
    r"|грамм(?!ат|оф)|گرم(?!\w)",
    "ml": r"mil+ilit|ミリリットル|مل+ي?لتر|ملي?لتر|مل(?!\w)|миллилитр|میلی‌?لیتر",
    "l": r"lit(?:er|re|ro)s?(?!\w)|リットル|لتر|литр|لیتر",
    "IU": r"international[ ]unit|national[ ]unit|uluslararası[ ]ünite"
    r"|internationale[rn]?[ ]Einheit|国際単位|وحد(?:ة|ات)[ ]دولية",
    "%": r"per[ ]?cent(?!il|[ií]m|ur|er|re)|prozent|パーセント"
    r"|في[ ]?ال?م[اي]?ئ[ةه]|ب[ ]?ال?م[اي]?ئ[ةه]"
    r"|pour[ ]cent|por[ ]cien(?!c|t[ií]f)|процент(?!ил)|درصد",
    "°C": rf"degrees?{_CELSIUS}|derece{_CELSIUS}|grad{_CELSIUS}|degrés{_CELSIUS}"
    rf"|grados{_CELSIUS}|درج(?:ة|ات)[ ]مئوية",
    "°": rf"degr(?:ee|é)s?{_END}|derece|grad{_END}|grados?{_END}|度|درج(?:ة|ات)|درجه"
    r"|градус",
    "rad": rf"radian|rad{_END}|radyan|ラジアン|радиан",
    "ms": r"milli?se[ck]|milisaniye|milisegundo|ミリ秒|миллисекунд|مللي?[ ]?ثانية|میلی‌?ثانیه",
    "µs": r"mi[ck]rose[ck]|mikrosaniye|マイクロ秒|микросекунд",
    "ns": r"nanose[ck]|nanosaniye|ナノ秒|наносекунд",
    "second": rf"s{_END}{_NOT_ELIDED}|sec(?:ond)?s?{_END}|secondes?|saniye|sn{_END}|sekunde"
    r"|segundo|秒|ثاني?[ةه]|ثوان|секунд|ثانیه",
    "minute": rf"min(?:ute)?s?{_END}|dakika|dk{_END}|minuten?{_END}|minuto"
    r"|分(?!の|割|け|岐|散|類|之)|دقيقة|دقائق|минут|мин(?!\w)|دقیقه",
    "hour": rf"h(?:rs?)?{_END}|hours?{_END}|saat|stunden?{_END}|heures?{_END}|horas?{_END}"
    r"|時間(?!帯)|小时|ساع(?:ة|ات|ت)|час(?!т)",
    "day": rf"days?{_END}|gün(?!ey|ah|eş|lük|ce|dem|düz)|tage?n?{_END}|jours?{_END}"
    rf"|días?{_END}|日(?!本(?!剤|品)|付|曜|常(?![温规規]))|天(?!然(?!后|後))"
    r"|يوم|أيام|ايام|дн(?:я|ей|и)(?!\w)|день(?!\w)|روز(?!\w)",
    "week": rf"weeks?{_END}|wks?{_END}|hafta|wochen?{_END}|semaines?{_END}|semanas?{_END}|週間"
    r"|周(?!围(?!手|术)|圍|囲|辺|边|邊|年|波|期(?!间|間))|أسبوع|أسابيع|недел|هفته",
    "month": rf"months?{_END}|ay(?:lık|da|dan|a|ı|ın|lar\w*)?{_END}|monate?n?{_END}|mois{_END}"
    rf"|mes(?:es)?{_END}|[かヶカケ个]月|شهر|أشهر|شهور|месяц|ماه(?!\w)",
    "year": rf"years?{_END}|yrs?{_END}|yıl(?!dız|dırım|an|baş)|jahre?n?{_END}|ans{_END}|années?{_END}"
    rf"|años?{_END}|年間|سن(?:ة|وات)|أعوام|عام(?!ل|ة|ي(?!ن))|лет(?!\w)|года?(?!\w)|سال(?!\w)",
    "bit": rf"bit{_BIT_ENDS}{_END}|-bits?{_END}|ビット|位(?!置)|比特|بت(?!\w)"
    r"|бит(?!\w|ы\w)|бита?(?!\w)|بیت(?!\w)",
    "byte": r"bytes?(?!\w)|bayt|octets?(?!\w)|バイト|字节|بايت|байт|بایت",
    "V": rf"volt{_VOLT_ENDS}{_END}|voltios?|ボルト|вольт|فولت|ولت",
    "A": rf"amp(?:ere|ère|erio)?s?{_END}|amper|アンペア|ампер|أمبير|آمپر",
    "W": rf"watts?{_END}|vat{_END}|vatios?|ワット|ватт",
    "Hz": r"hertz|ヘルツ|герц",
    "in": rf"inch(?:es)?{_END}|inç|zoll{_END}|pouces?{_END}|pulgadas?{_END}"
    r"|インチ|дюйм|بوصة|اینچ",
    "ft": rf"feet{_END}|foot{_END}|fuß{_END}|pieds?{_END}|pies?{_END}|フィート|فوت|фут",
    "lb": rf"pounds?{_END}|pfund(?:e[ns]?|s)?{_END}|livres?{_END}|libras?{_END}|ポンド|фунт",
    "mm": r"mil+imet|milimet|ミリメートル|миллиметр",
    "cm": r"[cs]entim[eè]t|santimet|zentimet|センチ|сантиметр",
    "km": r"kilom[eè]t|kilómetr|キロメートル|километр|كيلومتر|کیلومتر",
    "m": rf"met(?:er|re)s?{_END}|metre(?:kare|küp)?|mètres?{_END}|metros?{_END}"
    r"|メートル|метр|متر(?!\w)",
    "KB": r"kilob[yi]te?s?|kilobayt|kilo-?octets?|キロバイト|килобайт|كيلوبايت",
    "MB": r"megab[yi]tes?|megabayt|méga-?octets?|メガバイト|мегабайт|ميجابايت",
    "GB": r"gigab[yi]tes?|gigabayt|giga-?octets?|ギガバイト|гигабайт|جيجابايت",
    "px": r"pixels?(?!\w)|piksel|píxele?s?|ピクセル|пиксел|بكسل",
    "rpm": r"rotations?[ ]per[ ]min|revolutions?[ ]per[ ]min",
}


TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})

_SPECIAL: Final = r"(?![A-Za-z\u00c0-\u024f\u0370-\u04ff])"
_BY_SYMBOL: Final = tuple(SYMBOLS)
_BY_WORD: Final = tuple(WORDS)


_PART: Final = regex(r"\\.|\[[^\]]*\]|.", re.DOTALL)
_LETTER: Final = regex(r"(?:\\.|\[[^\]]*\]|[^\\\[(.])(?![?*+{])", re.DOTALL)
"""What an alternative begins with, where that is one certain letter, or one of some."""

LONGEST: Final = 4
"""Characters by which it is told that a text is no unit."""

_LITERAL: Final = regex(r"(?:(?:[^\W_]| )(?![?*+{])){1,4}")
"""The letters that an alternative begins with, so many at most."""


# Some hundred alternatives are in the tables, and few of them begin with the character
# that is behind a number: patterns are compiled of those alone, when they are needed.
@lru_cache(maxsize=256)
def _symbol(first: str) -> re.Pattern[str]:
    found = _joined(_beginning(first, words=False), "u")
    return re.compile(f"(?:{found}){_SPECIAL}")


@lru_cache(maxsize=256)
def _word(first: str) -> re.Pattern[str]:
    return re.compile(_joined(_beginning(first, words=True), "w"), re.IGNORECASE)


def _joined(found: Iterable[tuple[int, str]], prefix: str) -> str:
    units: dict[int, list[str]] = {}
    for index, each in found:
        units.setdefault(index, []).append(each)
    return "|".join(f"(?P<{prefix}{n}>{'|'.join(each)})" for n, each in units.items())


@lru_cache(maxsize=256)
def _starts(first: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    With what, in capitals, a symbol and a word begin that begin with a character.

    Most words behind a number are no unit, and for them no pattern is compiled.
    """
    symbols, words = (_beginning(first, words=each) for each in (False, True))
    return beginnings(each for _, each in symbols), beginnings(
        each for _, each in words
    )


def beginnings(patterns: Iterable[str]) -> tuple[str, ...]:
    """The letters that each alternative of patterns begins with, in capitals."""
    found = (_LITERAL.match(each) for one in patterns for each in _alternatives(one))
    return tuple({match[0].upper() if match else "" for match in found})


def _beginning(first: str, *, words: bool) -> list[tuple[int, str]]:
    """Index and pattern of the units that may begin with a character."""
    table = _by_capital(words=words)
    # What differs in case alone has the same capital.
    found = {*table.get(capitals(first), ()), *table.get("", ())}
    return [(index, each) for index, _, each in sorted(found)]


@cache
def _by_capital(*, words: bool) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    """
    The alternatives of all units, by the capital of what they begin with.

    Those that may begin with anything are under an empty text.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    for index, pattern in enumerate((WORDS if words else SYMBOLS).values()):
        for place, each in enumerate(_alternatives(pattern)):
            match = _LETTER.match(each)
            letters = match[0].strip("[]\\") if match else ""
            for letter in letters or [""]:
                found.setdefault(letter.upper(), []).append((index, place, each))
    return found


def _alternatives(pattern: str) -> list[str]:
    """A pattern cut where a `|` stands in no bracket."""
    found = [""]
    depth = 0
    for part in _PART.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            found.append("")
        else:
            found[-1] += part
    return found


@cache
def _anywhere() -> re.Pattern[str]:
    words = "|".join(
        f"(?P<w{index}>{pattern})" for index, pattern in enumerate(WORDS.values())
    )
    return re.compile(rf"(?<![^\W\d_])(?:{words})", re.IGNORECASE)


def may_begin_unit(ahead: str) -> bool:
    """Whether a unit may begin with these characters, or these may be some of it."""
    symbols, words = _starts(ahead[:1])
    return capitals(ahead[:LONGEST]).startswith((*symbols, *words))


@lru_cache(maxsize=256)
def _starts_of_several(first: str) -> tuple[str, ...]:
    units = (*_beginning(first, words=False), *_beginning(first, words=True))
    several = [each.replace("[ ]?", " ") for _, each in units if "[ ]" in each]
    return beginnings(each.replace("[ ]", " ") for each in several)


def may_have_more_words(word: str) -> bool:
    """Whether a unit of several words may begin with this one and what is behind it."""
    said = capitals(word[:LONGEST])
    starts = _starts_of_several(word[:1])
    # A short word, such as the `mm` of `mm Hg`, is only some of what they begin with.
    return said.startswith(starts) or any(each.startswith(said) for each in starts)


def capitals(text: str) -> str:
    """The text in capitals, each `i` as one letter: to a pattern the Turkish is one."""
    return text.upper().replace("İ", "I")


def unit_at(text: str, position: int) -> tuple[str, int]:
    """The unit that begins here, and where it ends; an empty one where there is none."""
    first = text[position : position + 1]
    start = capitals(text[position : position + LONGEST])
    symbols, words = _starts(first)
    if start.startswith(symbols):
        match = _symbol(first).match(text, position)
        if match and match.lastgroup:
            return _BY_SYMBOL[int(match.lastgroup[1:])], match.end()
    if start.startswith(words):
        match = _word(first).match(text, position)
        if match and match.lastgroup:
            return _BY_WORD[int(match.lastgroup[1:])], match.end()
    return "", position


@lru_cache(maxsize=2048)
def units_in(text: str) -> frozenset[str]:
    """The units whose words stand anywhere in a text, with a number or without."""
    return frozenset(
        _BY_WORD[int(match.lastgroup[1:])]
        for match in _anywhere().finditer(text)
        if match.lastgroup
    )
