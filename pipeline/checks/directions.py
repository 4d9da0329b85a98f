"""Left and right, daily and weekly: small words on which a treatment depends."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Final

from pipeline.characters import KEPT
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

# By language: what says the one thing, and what says the other.
_SIDES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"left": r"left(?:[- ]hand(?:ed)?)?", "right": r"right(?:[- ]hand(?:ed)?)"},
    "tr": {
        "left": r"sol(?:da|dan|a|un|u|daki|undaki|unda)?",
        "right": r"sağ(?:da|dan|a|ın|ı|daki|ındaki|ında)?",
    },
    "de": {
        "left": r"link\w*|linksseitig\w*",
        "right": r"recht(?:e[nmrs]?|s)|rechts\w*",
    },
    "fr": {"left": r"gauche", "right": r"droite?s?"},
    "es": {"left": r"izquierd[oa]s?", "right": r"derech[oa]s?"},
    "ar": {"left": r"(?:يسار|أيسر|يسرى)", "right": r"(?:يمين|أيمن|يمنى)"},
    "ja": {"left": r"左", "right": r"右"},
    "ru": {
        "left": r"(?:с)?лев\w+|налево",
        "right": r"(?:с)?прав(?:ый|ая|ое|ой|ого|ому|ую|ые|ых|ым|а)|направо",
    },
    "fa": {"left": r"چپ", "right": r"راست"},
}
_TIMES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "day": r"daily|(?:a|per|each|every) day|nightly",
        "week": r"weekly|(?:a|per|each|every) week",
        "month": r"monthly|(?:a|per|each|every) month",
        "hour": r"hourly|(?:an|per|each|every) hour",
    },
    "tr": {
        "day": r"gün\w*|akşam\w*|gece\w*|sabah\w*",
        "week": r"hafta\w*",
        "month": r"ay(?:da|lık|ı|ın|dır)?",
        "hour": r"saat\w*",
    },
    "de": {
        "day": r"\w*täglich\w*|tags?\w*|tage\w*|abends?|nachts?",
        "week": r"\w*wöchentlich\w*|woche\w*",
        "month": r"\w*monatlich\w*|monat\w*",
        "hour": r"\w*stündlich\w*|stunde\w*",
    },
    "fr": {
        "day": r"jours?|quotidien\w*|journali\w+|journée",
        "week": r"semaines?|hebdo\w*",
        "month": r"mois|mensuel\w*",
        "hour": r"heures?|horaire\w*",
    },
    "es": {
        "day": r"días?|diari\w+|diariamente",
        "week": r"semanas?|semanal\w*",
        "month": r"mes(?:es)?|mensual\w*",
        "hour": r"horas?|horari\w+",
    },
    "ar": {
        "day": r"(?:يوم|أيام|ليل)",
        "week": r"(?:أسبوع|أسابيع|اسبوع)",
        "month": r"(?:شهر|أشهر|شهور)",
        "hour": r"ساع",
    },
    "ja": {
        "day": r"日|毎晩|毎夜",
        "week": r"週",
        "month": r"月",
        "hour": r"時間|毎時|1時",
    },
    "ru": {
        "day": r"\w*дн[еёяюи]\w*|день|сут\w+|кажд\w+ ночь",
        "week": r"\w*недел\w*",
        "month": r"\w*месяч\w*|месяц\w*",
        "hour": r"\w*час\w*",
    },
    "fa": {
        "day": r"روز\w*|شب\w*",
        "week": r"هفت[هگ]\w*",
        "month": r"ماه\w*",
        "hour": r"ساعت\w*",
    },
}


class Directions:
    """Finds a side or a frequency that has become another."""

    name = "directions"
    severity = Severity.WARNING
    explanation = (
        "The source says left, daily or the like, and the translation says the other "
        "side, or another time, and not this one. Write what the source says."
    )
    good = (
        Example("tr", "Lie on your left side.", "Sol yanınıza yatın."),
        Example("de", "Take it twice a day.", "Nehmen Sie es zweimal täglich ein."),
        Example("ar", "Wash it weekly.", "اغسله أسبوعيا."),
    )
    bad = (
        Example("tr", "Lie on your left side.", "Sağ yanınıza yatın."),
        Example("de", "Take it twice a day.", "Nehmen Sie es zweimal pro Woche ein."),
        Example("ar", "Wash it weekly.", "اغسله يوميا."),
        Example("ja", "Lie on your left side.", "右側を下にして寝てください。"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language not in _SIDES or context.source_locale != "en":
            return iter(())
        if not _mentions(message.msgid):
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    said = _said(blank(source))
    if not any(said):
        return
    msgstr = blank(msgstr)
    for ours, theirs in zip(said, _patterns(language), strict=True):
        if ours is None:
            continue
        name, words = ours
        if theirs[name].search(msgstr):
            continue
        others = [each for each, pattern in theirs.items() if pattern.search(msgstr)]
        if others and not _is_elsewhere(blank(source), others):
            yield Remark(
                f"“{words}” of the source seems to be another here; "
                "is it the same side and the same time?"
            )


# An article is checked in several locales: what is said of its source is kept.
@lru_cache(maxsize=KEPT)
def _mentions(source: str) -> bool:
    return bool(_HINT.search(source) and _ENGLISH.search(source))


@lru_cache(maxsize=KEPT)
def _said(source: str) -> tuple[tuple[str, str] | None, ...]:
    """Of sides and of times, the one that a plain source has, and its words."""
    places = [match.start() for match in _ENGLISH.finditer(source)]
    return tuple(_only(source, places, table) for table in _patterns("en"))


def _only(
    source: str, places: list[int], table: dict[str, re.Pattern[str]]
) -> tuple[str, str] | None:
    found: dict[str, str] = {}
    for place in places:
        for name, pattern in table.items():
            if match := pattern.match(source, place):
                found.setdefault(name, match[0])
    return next(iter(found.items())) if len(found) == 1 else None


def _is_elsewhere(source: str, names: list[str]) -> bool:
    """Whether the source has one of these words in another part of it."""
    return any(re.search(rf"\b{name}", source, re.IGNORECASE) for name in names)


_WITHIN_WORDS: Final = frozenset({"ar", "ja"})
"""Languages whose words for it may have any beginning and end, or no bounds."""


def _compiled(table: Mapping[str, str], language: str) -> dict[str, re.Pattern[str]]:
    start, end = (r"(?<!\w)", r"(?!\w)")
    if language in _WITHIN_WORDS:
        start, end = "", ""
    return {
        name: re.compile(f"{start}(?:{words}){end}", re.IGNORECASE)
        for name, words in table.items()
    }


@cache
def _patterns(language: str) -> tuple[dict[str, re.Pattern[str]], ...]:
    """Of sides and of times, what says each of them."""
    return tuple(_compiled(table[language], language) for table in (_SIDES, _TIMES))


_HINT: Final = regex(r"(?:eft|ight|ly|ay|eek|onth|our)\b")
_ENGLISH: Final = regex(
    r"\b(?:left|right|daily|nightly|weekly|monthly|hourly"
    r"|(?:an?|per|each|every) (?:hour|day|week|month))\b",
    re.IGNORECASE,
)
