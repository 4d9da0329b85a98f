"""Numbers and units: what is 5 mg in the source is 5 mg in every language."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from html import unescape
from typing import Final

from pipeline.characters import DIGIT, KEPT, has_digit, signs
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.number_words import knows_number_words, number_words, spelled_out
from pipeline.numbers import Number, numbers
from pipeline.placeholders import SIGNS, blank, find
from pipeline.units import TIMES, units_in

_HALF_OF_DAY: Final = regex(r"\s?([ap])\.?\s?m\b", re.IGNORECASE)
_MINUS: Final = regex(
    r"(?:eksi|minus|ناقص|سالب|منفی|マイナス|-|−|–)\s?$",
    re.IGNORECASE,
)
_NO_UNIT: Final = regex(r"\s*(?:$|[.,;:!?)])")
_DOSES: Final = frozenset({"mg", "µg", "g", "kg", "ml", "l", "IU", "%", "‰", "°C"})
"""Units that are known both as symbols and as words."""

_WITHOUT_ONE: Final = frozenset({"ar", "he"})
"""Languages that say `a day` and `1 day` alike, by the noun alone."""

_WITH_ARTICLES: Final = frozenset({"ca", "de", "es", "fr", "it", "nl", "pt", "tr"})
"""Languages whose word for 1 is the article, too, or often stands for it."""

_COUNTED: Final = regex(r"\+?[ -](?:[a-z]{3,}|[A-Z]{2,}s?\b)|/")
_BEFORE_ONE: Final = regex(r"\b(?:first|another) (?=\d)")
_FIRST: Final = {
    "ar": regex(r"أول|اول"),
    "de": regex(r"\berste", re.IGNORECASE),
    "es": regex(r"\bprimer", re.IGNORECASE),
    "fa": regex(r"اول|نخست"),
    "fr": regex(r"\bpremi[eè]r", re.IGNORECASE),
    "it": regex(r"\bprim[aeio]\b", re.IGNORECASE),
    "ja": regex(r"第一|一[つ人日回]"),
    "pt": regex(r"\bprimeir", re.IGNORECASE),
    "ru": regex(r"\bперв", re.IGNORECASE),
    "tr": regex(r"\b(?:birinci|ilk)", re.IGNORECASE),
}
"""What says `Day 1` by an ordinal, which no article can be taken for."""

_VULGAR: Final = str.maketrans(
    {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3", "⅛": " 1/8"}
)
_VULGAR_SIGN: Final = regex("[½¼¾⅓⅔⅛]")
_NOT_PLAIN: Final = SIGNS | frozenset("&½¼¾⅓⅔⅛")
_FRACTION: Final = regex(r"(?<![\d.,/])(?:(\d+)[ -]+)?([1-9])/([2-9]|16)(?![\d.,/]*\d)")
_HALF: Final = regex(
    r"\b(?:half|halves|yarım|buçuk|halb\w*|demie?|medi[oa]|половин\w*|пол)\b"
    r"|نصف|نیم|半",
    re.IGNORECASE,
)
_NEAR: Final = 0.006
_DIMENSIONS: Final = (
    frozenset({"mg", "µg", "ng", "g", "kg", "lb"}),
    frozenset({"ml", "dl", "cl", "l"}),
    frozenset({"mm", "cm", "m", "km", "in", "ft", "px", "em"}),
    frozenset({"mV", "kV", "V", "mA", "A", "mAh", "Ah", "mW", "kW", "MW", "W", "kWh"}),
    frozenset({"Hz", "kHz", "MHz", "GHz"}),
    frozenset({"bit", "byte", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB"}),
    frozenset({"°C", "°F"}),
)
_GLUED: Final = regex(r"[A-Za-z]{1,4}(?![\w-])|[ \u00a0](?:r?em|pt|in)(?![\w-])")
"""A unit that is not known, at a number that had one that is."""

_DAILY: Final = regex(
    r"\b(?:(?P<unit>hour|week|month|year)ly|daily|nightly"
    r"|(?:every|each) (?:morning|evening|night))\b",
    re.IGNORECASE,
)
"""What says a unit of time in English without its word, as `day` is none of `daily`."""

_YEAR: Final = regex(r"(?:1[89]|20)[0-9]{2}[ \u00a0\u202f]?г")
"""In Russian and Bulgarian, a year is written with the sign of a gram."""

_COUNTER: Final = regex(r"\s?(?:つ|人|種類|回|度|個|種|개|가지|명|번|个|種|种|次)")
_COUNTING: Final = frozenset({"ja", "ko", "zh"})
"""Languages that count where English has no number: 1 つは for `one`."""

_NONE: Final[frozenset[str]] = frozenset()
_HOURS: Final = 12
_CLOCK_DIGITS: Final = 2
_MANY: Final = 40
_SMALL: Final = frozenset(str(value) for value in range(13))


class Numbers:
    """Compares the numbers of source and translation, and their units."""

    name = "numbers"
    severity = Severity.ERROR
    signs = frozenset({DIGIT})
    only_of_unlike = True
    explanation = (
        "A number or a unit differs: 5 mg must not become 50 mg or 5 ml. Write the "
        "numbers of the source, in the digits and separators of your language."
    )
    good = (
        Example("tr", "Take 5 mg in the evening.", "Akşamları 5 mg alın."),
        Example("tr", "About 50% of two groups.", "İki grubun yaklaşık %50'si."),
        Example("de", "Take 2.5 ml.", "Nehmen Sie 2,5 ml."),
        Example("ar", "Wait 12 hours.", "انتظر ١٢ ساعة."),
        Example("fr", "1,500 hairs", "1 500 cheveux"),
    )
    bad = (
        Example("tr", "Take 5 mg in the evening.", "Akşamları 50 mg alın."),
        Example("de", "Take 2.5 ml.", "Nehmen Sie 25 ml."),
        Example("ar", "Take 5 mg in the evening.", "تناول 5 مل في المساء."),
        Example("fr", "Wait 12 hours.", "Attendez quelques heures."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, context=context))


def _compare(source: str, msgstr: str, context: CheckContext) -> Iterator[Remark]:
    if _said(source, context.source_locale) == _said(msgstr, context.locale):
        return
    if not has_digit(msgstr) and not has_digit(source):
        return
    source_code, code = _code(source), _code(msgstr)
    # Entities such as &#160; are characters, not numbers.
    source, msgstr = _plain(source), _plain(msgstr)
    expected = list(numbers(source, context.source_locale))
    found = list(numbers(msgstr, context.locale))
    yield from _unit_remarks(expected, found, source, msgstr)
    # One of them is enough to hold the text; a flood of them need not be paired.
    expected, found = expected[:_MANY], found[:_MANY]
    _take_fractions(expected, found, source, msgstr)
    _take_fractions(found, expected, msgstr, source)
    _take_alike(expected, found, source, msgstr)
    if expected:
        expected = list(_unsaid(expected, source, msgstr, code - source_code, context))
    if found:
        words = number_words(source, context.source_locale) | source_code
        found = [number for number in found if number.value not in words]
    yield from _missing_remarks(expected, found, source, msgstr, context.locale)
    known = frozenset(each.value for each in numbers(source, context.source_locale))
    yield from _added_remarks(found, known, msgstr, context.locale)


@lru_cache(maxsize=KEPT)
def _said(text: str, locale: str) -> tuple[tuple[str, str], ...]:
    """Values and units, in whatever order; where they are equal, all is well."""
    found = [(number.value, number.unit) for number in numbers(_plain(text), locale)]
    if len(found) > 1:
        found.sort()
    return tuple(found)


def _plain(text: str) -> str:
    """The text without placeholders, with every fraction in digits."""
    if _NOT_PLAIN.isdisjoint(signs(text)):
        return text
    text = unescape(blank(text))
    return text.translate(_VULGAR) if _VULGAR_SIGN.search(text) else text


def _unsaid(
    expected: list[Number],
    source: str,
    msgstr: str,
    code: frozenset[str],
    context: CheckContext,
) -> Iterator[Number]:
    """The numbers that the translation does not spell out either."""
    language = context.locale.partition("-")[0]
    words = spelled_out(msgstr, context.locale)
    # A word that stands for a word of the source stands for no figure as well.
    words.subtract(
        spelled_out(
            _BEFORE_ONE.sub("", source),
            context.source_locale,
            articles=language in _WITH_ARTICLES,
        )
    )
    for number in expected:
        if number.value in code:
            continue
        # `Step 1.` and `a value of 1,` are written in figures everywhere.
        is_one = number.value == "1"
        is_counted = bool(number.unit) or _COUNTED.match(source, number.end)
        is_ordinal = is_one and language in _FIRST and _FIRST[language].search(msgstr)
        if words[number.value] > 0 and (is_counted or is_ordinal or not is_one):
            words[number.value] -= 1
            continue
        if is_one and is_counted and language in _WITHOUT_ONE:
            continue
        # `Another 1 litre` is one by its first word already.
        if is_one and source[: number.start].lower().endswith("another "):
            continue
        yield number


def _code(text: str) -> frozenset[str]:
    """The values inside code, which a translator may take out of it."""
    if "`" not in signs(text):
        return _NONE
    return frozenset(
        number.value
        for placeholder in find(text)
        if placeholder.kind == "code"
        for number in numbers(placeholder.raw, "en")
    )


def _take_fractions(
    some: list[Number],
    others: list[Number],
    text: str,
    other_text: str,
) -> None:
    """Take 2 1/2 where the other text has 2.5, or 1/2 where it says half."""
    if "/" not in text:
        return
    for match in _FRACTION.finditer(text):
        parts = [each for each in some if match.start() <= each.start < match.end()]
        if len(parts) != 2 + (match[1] is not None):
            continue
        value = int(match[1] or 0) + int(match[2]) / int(match[3])
        other = next(
            (
                each
                for each in others
                if _is_near(each.value, value) and parts[-1].unit in {each.unit, ""}
            ),
            None,
        )
        if other:
            others.remove(other)
        elif match[2] != "1" or match[3] != "2" or not _HALF.search(other_text):
            continue
        else:
            parts = parts[-2:]
        for part in parts:
            some.remove(part)


def _is_near(value: str, other: float) -> bool:
    return "." in value and abs(float(value) - other) < _NEAR


def _unit_remarks(
    expected: list[Number],
    found: list[Number],
    source: str,
    msgstr: str,
) -> Iterator[Remark]:
    """Take the numbers that are equal, and say where their units are not."""
    units, other_units = _doses(expected), _doses(found)
    lost, gained = units - other_units, other_units - units
    for number, other in _take_equal(expected, found):
        unit, other_unit = _part(number.unit), _part(other.unit)
        if not unit and _YEAR.fullmatch(other.raw):
            continue
        if unit and other_unit:
            is_wrong = not _is_unit(number.unit, other.unit)
        else:
            # One unit may stand for several numbers: 5-10 mg.
            is_lost = unit in _DOSES & lost and _NO_UNIT.match(msgstr, other.end)
            is_other = unit in lost and _GLUED.match(msgstr, other.end)
            is_wrong = bool(is_lost or is_other) or other_unit in _DOSES & gained
            # The unit of several numbers stands at the last: 15 x 10 mm.
            is_wrong = is_wrong or any(
                {unit, other_unit} & each and lost & each and gained & each
                for each in _DIMENSIONS
            )
            if other_unit in TIMES and not unit:
                times = _times(source)
                is_wrong = bool(times) and other_unit not in times
        if is_wrong:
            yield Remark(
                f"number {number.raw} in the source is {other.raw} here; "
                "correct the unit",
            )


def _times(source: str) -> frozenset[str]:
    """The units of time that a source names, with a number or without."""
    adverbs = {(each["unit"] or "day").lower() for each in _DAILY.finditer(source)}
    return units_in(source) & TIMES | adverbs


def _doses(found: list[Number]) -> frozenset[str]:
    return frozenset(_part(number.unit) for number in found)


def _part(unit: str) -> str:
    """`mg` of `mg/kg`."""
    return unit.partition("/")[0]


def _take_equal(
    expected: list[Number],
    found: list[Number],
) -> list[tuple[Number, Number]]:
    """Take the numbers of one value from both lists, those of one unit first."""
    taken = []
    for is_strict in True, False:
        left: dict[tuple[str, str], list[Number]] = {}
        for other in reversed(found):
            left.setdefault((other.value, other.unit if is_strict else ""), []).append(
                other,
            )
        rest, gone = [], set()
        for number in expected:
            others = left.get((number.value, number.unit if is_strict else ""))
            if others:
                other = others.pop()
                gone.add(other.start)
                taken.append((number, other))
            else:
                rest.append(number)
        expected[:] = rest
        found[:] = [other for other in found if other.start not in gone]
    return taken


def _is_unit(unit: str, other: str) -> bool:
    """Whether two units may be one; where one has no `/kg`, a word may say it."""
    per, other_per = unit.partition("/")[2], other.partition("/")[2]
    return _part(unit) == _part(other) and (
        not per or not other_per or per == other_per
    )


def _take_alike(
    expected: list[Number],
    found: list[Number],
    source: str,
    msgstr: str,
) -> None:
    """Take what says the same in another way: `8 pm` and `20:00`, `10 million`."""
    for number in expected[:]:
        readings = _readings(number, source)
        for other in found:
            alone = not (number.unscaled and other.unscaled)
            if (
                other.value in readings
                or (alone and _bare(number) == _bare(other))
                or _is_negative(number, other, msgstr)
            ):
                expected.remove(number)
                found.remove(other)
                break
        else:
            _take_parts(number, expected, found)


def _bare(number: Number) -> str:
    return number.unscaled or number.value


def _is_negative(number: Number, other: Number, msgstr: str) -> bool:
    """Whether the minus is a word, or stands behind as in right-to-left text."""
    return number.value == f"-{other.value}" and bool(
        _MINUS.search(msgstr[max(0, other.start - 8) : other.start])
        or msgstr[other.end : other.end + 1] in {"-", "−"},
    )


def _readings(number: Number, source: str) -> set[str]:
    """The values that a time of day may have in figures."""
    hour, colon, minute = number.value.partition(":")
    if not hour.isdigit() or len(hour) > _CLOCK_DIGITS:
        return set()
    minute = minute or "00"
    hours = {int(hour)}
    half = _HALF_OF_DAY.match(source, number.end)
    if half:
        hours.add(int(hour) % _HOURS + (_HOURS if half[1] in "pP" else 0))
    elif not colon:
        return {f"{hour}:00"}
    readings = set()
    for each in hours:
        readings |= {f"{each}:{minute}", f"{each}.{minute}".rstrip("0").rstrip(".")}
    return readings


def _take_parts(number: Number, expected: list[Number], found: list[Number]) -> None:
    """Take a time whose hour and minute stand apart: 10時30分."""
    hour, colon, minute = number.value.partition(":")
    if not colon:
        return
    parts = [hour, *([str(int(minute))] if int(minute) else [])]
    others = [
        next((other for other in found if other.value == part), None) for part in parts
    ]
    if None not in others:
        expected.remove(number)
        for other in others:
            if other in found:
                found.remove(other)


def _missing_remarks(
    missing: list[Number],
    added: list[Number],
    source: str,
    msgstr: str,
    locale: str,
) -> Iterator[Remark]:
    said = {each.value for each in numbers(msgstr, locale)}
    for number in missing:
        other = next((each for each in added if each.unit == number.unit), None)
        other = other or next(iter(added), None)
        if other:
            added.remove(other)
            yield _changed(number, other)
            continue
        # In a language whose number words are not known, it may be spelled out.
        is_name = (
            source[number.start - 1 : number.start].isalpha()
            and source[number.end : number.end + 1].isalpha()
        )
        # `3 hours in the morning and 3 hours in the evening` may be `3 hours each`.
        is_once = number.value in said and number.unit in TIMES
        is_certain = (
            not is_name
            and not is_once
            and (
                (bool(number.unit) and number.unit not in TIMES)
                or number.value not in _SMALL
                or knows_number_words(locale)
            )
        )
        yield Remark(
            f"number {number.raw} of the source is missing here; add it",
            None if is_certain else Severity.WARNING,
        )


def _changed(number: Number, other: Number) -> Remark:
    if number.raw != other.raw:
        return Remark(
            f"number {number.raw} in the source is {other.raw} here; correct it"
        )
    return Remark(
        f"number {number.raw} in the source is {other.raw} here, which is another in "
        "this language; write its separators",
        None if number.unit else Severity.WARNING,
    )


def _added_remarks(
    added: list[Number],
    known: frozenset[str],
    msgstr: str,
    locale: str,
) -> Iterator[Remark]:
    for number in added:
        is_counter = number.value in _SMALL and _COUNTER.match(msgstr, number.end)
        if is_counter and locale.partition("-")[0] in _COUNTING:
            continue
        is_small = number.value in _SMALL and not number.unit and not known
        is_converted = bool(number.unit) and _is_bracketed(msgstr, number)
        is_name = msgstr[number.start - 1 : number.start].isalpha()
        is_again = number.value in known and number.unit not in _DOSES
        yield Remark(
            f"number {number.raw} is not in the source; take it out",
            Severity.WARNING
            if is_small or is_converted or is_name or is_again
            else None,
        )


def _is_bracketed(text: str, number: Number) -> bool:
    """Whether it stands in brackets of its own: 5 inches (13 cm)."""
    before = text[: number.start].rstrip("~ ≈")
    return before.endswith(("(", "（")) and text[number.end :][:1] in {")", "）"}
