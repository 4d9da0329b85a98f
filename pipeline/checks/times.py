"""Times of day: 2 pm is 14:00, or 2:00 with a word for the afternoon."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import Final

from pipeline.characters import DIGIT, KEPT, has_digit
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_TIME: Final = regex(
    r"(?<![\d.:])(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:\s?[-–]\s?\d{1,2}(?:[:.]\d\d)?)?\s?(?P<half>[ap])\.?\s?m\b",
    re.IGNORECASE,
)
_FIGURE: Final = regex(r"(?<!\d)\d\d?(?!\d)")
_NOON: Final = 12

# By language: the words of the second half of the day, and those of the first.
_HALVES: Final = {
    "ar": (r"(?<!\w)م(?!\w)|مساء|ظهر|عصر|ليل|نهار", r"(?<!\w)ص(?!\w)|صباح|فجر|ليل"),
    "de": (r"nachmittag|abend|mittag|nacht", r"morgen|früh|vormittag|nacht"),
    "es": (r"tarde|noche|mediodía", r"mañana|madrugada|medianoche"),
    "fa": (r"بعد ?از ?ظهر|عصر|شب|ظهر|ب\.ظ", r"صبح|بامداد|قبل ?از ?ظهر|ق\.ظ|شب"),
    "fr": (r"après-midi|soir|nuit|midi", r"matin|minuit"),
    "it": (r"pomeriggio|sera|notte|mezzogiorno", r"mattin|mezzanotte|notte"),
    "ja": (r"午後|夕|夜|晩|正午", r"午前|朝|深夜|夜中|零時"),
    "nl": (r"middag|avond|nacht", r"ochtend|morgen|nacht"),
    "pt": (r"tarde|noite|meio-dia", r"manhã|madrugada|meia-noite"),
    "ru": (r"\bдня\b|вечер|ноч|полдень|полудн", r"утр|ноч|полноч"),
    "tr": (
        r"öğle|akşam|gece|ikindi|\bö\.?\s?s\b",
        r"sabah|gece|öğleden önce|\bö\.?\s?ö\b",
    ),
}
_LATIN: Final = (r"\bp\.?\s?m\b", r"\ba\.?\s?m\b")
_USUAL: Final = {"de": "{} Uhr", "fr": "{} h", "ja": "{}時"}


class Times:
    """Finds hours of the afternoon that became hours of the night."""

    name = "times"
    severity = Severity.WARNING
    signs = frozenset({DIGIT})
    explanation = (
        "A time of day is twelve hours off: 2 pm is 14:00. Write it by the clock of 24 "
        "hours, or say with a word which half of the day it is."
    )
    good = (
        Example("tr", "Come at 2 pm.", "Saat 14.00'te gelin."),
        Example("tr", "Come at 2 pm.", "Öğleden sonra 2'de gelin."),
        Example("de", "Come at 8 am.", "Kommen Sie um 8 Uhr."),
        Example("ar", "Come at 2 pm.", "تعال الساعة ٢ مساء."),
    )
    bad = (
        Example("tr", "Come at 2 pm.", "Saat 02.00'de gelin."),
        Example("de", "Come at 2 pm.", "Kommen Sie um 2 Uhr."),
        Example("ar", "Come at 2 pm.", "تعال الساعة ٢ صباحا."),
        Example("es", "Take it at 12 am.", "Tómelo a las 12."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language not in _HALVES or not _has_time(message.msgid):
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


@lru_cache(maxsize=KEPT)
def _has_time(source: str) -> bool:
    return has_digit(source) and _TIME.search(source) is not None


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """What says the second half of the day, and what the first."""
    return tuple(
        re.compile(f"{words}|{latin}", re.IGNORECASE)
        for words, latin in zip(_HALVES[language], _LATIN, strict=True)
    )


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    if not _TIME.search(source) or source == msgstr:
        return
    here = blank(msgstr)
    figures = {int(each) for each in _FIGURE.findall(here)}
    # Turkish has a capital İ, whose small letter is two.
    after, before = (bool(each.search(here)) for each in _patterns(language))
    for match in _TIME.finditer(blank(source)):
        hour, is_after = int(match["hour"]), match["half"] in "pP"
        right = hour % _NOON + (_NOON if is_after else 0)
        if right in figures or hour not in figures:
            # It is right, or written out, or a number is wrong.
            is_said = not (before and not after) or hour == right
            if is_said or right != hour + _NOON or right in figures:
                continue
        if after if is_after else before:
            continue
        minute = match["minute"] or "00"
        time = _USUAL.get(language, "{}:" + minute).format(right)
        yield Remark(f"{match[0]} is {time}; here it is {hour} without a word for it")
