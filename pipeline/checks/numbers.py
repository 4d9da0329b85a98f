"""Numbers and units: what is 5 mg in the source is 5 mg in every language."""

import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.number_words import knows_number_words, number_words, spelled_out
from pipeline.numbers import Number, numbers
from pipeline.placeholders import blank, find
from pipeline.units import units_in

_DIGIT: Final = re.compile(r"\d")
_HALF_OF_DAY: Final = re.compile(r"\s?([ap])\.?\s?m\b", re.IGNORECASE)
_MINUS: Final = re.compile(
    r"(?:eksi|minus|ناقص|سالب|منفی|マイナス|-|−|–)\s?$",
    re.IGNORECASE,
)
_NO_UNIT: Final = re.compile(r"\s*(?:$|[.,;:!?)])")
_DOSES: Final = frozenset({"mg", "µg", "g", "kg", "ml", "l", "IU", "%", "°C"})
"""Units that are known both as symbols and as words."""

_TIMES: Final = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
_WITHOUT_ONE: Final = frozenset({"ar", "he"})
"""Languages that say `a day` and `1 day` alike, by the noun alone."""

_WITH_ARTICLES: Final = frozenset({"ca", "de", "es", "fr", "it", "nl", "pt", "tr"})
"""Languages whose word for 1 is the article, too, or often stands for it."""

_COUNTED: Final = re.compile(r"[ -][a-z]{3,}|/")

_COUNTER: Final = re.compile(r"\s?(?:つ|人|種類|回|度|個|種|개|가지|명|번|个|種|种|次)")
_COUNTING: Final = frozenset({"ja", "ko", "zh"})
"""Languages that count where English has no number: 1 つは for `one`."""

_HOURS: Final = 12
_CLOCK_DIGITS: Final = 2
_MANY: Final = 40
_SMALL: Final = frozenset(str(value) for value in range(13))


class Numbers:
    """Compares the numbers of source and translation, and their units."""

    name = "numbers"
    severity = Severity.ERROR
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
    if not _DIGIT.search(source) and not _DIGIT.search(msgstr):
        return
    source_code, code = _code(source), _code(msgstr)
    # Entities such as &#160; are characters, not numbers.
    source, msgstr = unescape(blank(source)), unescape(blank(msgstr))
    expected = list(numbers(source, context.source_locale))
    found = list(numbers(msgstr, context.locale))
    yield from _unit_remarks(expected, found, source, msgstr)
    # One of them is enough to hold the text; a flood of them need not be paired.
    expected, found = expected[:_MANY], found[:_MANY]
    _take_alike(expected, found, source, msgstr)
    if expected:
        expected = list(_unsaid(expected, source, msgstr, code - source_code, context))
    if found:
        words = number_words(source, context.source_locale) | source_code
        found = [number for number in found if number.value not in words]
    yield from _missing_remarks(expected, found, context.locale)
    yield from _added_remarks(found, source, msgstr, context.locale)


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
        spelled_out(source, context.source_locale, articles=language in _WITH_ARTICLES)
    )
    for number in expected:
        if number.value in code:
            continue
        # `Step 1.` and `a value of 1,` are written in figures everywhere.
        is_one = number.value == "1"
        is_counted = bool(number.unit) or _COUNTED.match(source, number.end)
        if words[number.value] > 0 and (is_counted or not is_one):
            words[number.value] -= 1
            continue
        if is_one and is_counted and language in _WITHOUT_ONE:
            continue
        yield number


def _code(text: str) -> frozenset[str]:
    """The values inside code, which a translator may take out of it."""
    return frozenset(
        number.value
        for placeholder in find(text)
        if placeholder.kind == "code"
        for number in numbers(placeholder.raw, "en")
    )


def _unit_remarks(
    expected: list[Number],
    found: list[Number],
    source: str,
    msgstr: str,
) -> Iterator[Remark]:
    """Take the numbers that are equal, and say where their units are not."""
    units, other_units = _doses(expected), _doses(found)
    for number, other in _take_equal(expected, found):
        unit, other_unit = _part(number.unit), _part(other.unit)
        if unit and other_unit:
            is_wrong = not _is_unit(number.unit, other.unit)
        else:
            # One unit may stand for several numbers: 5-10 mg.
            is_lost = unit in _DOSES - other_units and _NO_UNIT.match(msgstr, other.end)
            is_wrong = bool(is_lost) or other_unit in _DOSES - units
            if other_unit in _TIMES and not unit:
                times = units_in(source) & _TIMES
                is_wrong = bool(times) and other_unit not in times
        if is_wrong:
            yield Remark(
                f"number {number.raw} in the source is {other.raw} here; "
                "correct the unit",
            )


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
        for number in expected[:]:
            others = left.get((number.value, number.unit if is_strict else ""))
            if others:
                other = others.pop()
                expected.remove(number)
                found.remove(other)
                taken.append((number, other))
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
    locale: str,
) -> Iterator[Remark]:
    for number in missing:
        other = next((each for each in added if each.unit == number.unit), None)
        other = other or next(iter(added), None)
        if other:
            added.remove(other)
            yield Remark(
                f"number {number.raw} in the source is {other.raw} here; correct it",
            )
            continue
        # In a language whose number words are not known, it may be spelled out.
        is_certain = (
            (bool(number.unit) and number.unit not in _TIMES)
            or number.value not in _SMALL
            or knows_number_words(locale)
        )
        yield Remark(
            f"number {number.raw} of the source is missing here; add it",
            None if is_certain else Severity.WARNING,
        )


def _added_remarks(
    added: list[Number],
    source: str,
    msgstr: str,
    locale: str,
) -> Iterator[Remark]:
    has_none = not _DIGIT.search(source)
    for number in added:
        is_counter = number.value in _SMALL and _COUNTER.match(msgstr, number.end)
        if is_counter and locale.partition("-")[0] in _COUNTING:
            continue
        is_small = number.value in _SMALL and not number.unit and has_none
        is_converted = bool(number.unit) and _is_bracketed(msgstr, number)
        yield Remark(
            f"number {number.raw} is not in the source; take it out",
            Severity.WARNING if is_small or is_converted else None,
        )


def _is_bracketed(text: str, number: Number) -> bool:
    """Whether it stands in brackets of its own: 5 inches (13 cm)."""
    before = text[: number.start].rstrip("~ ≈")
    return before.endswith(("(", "（")) and text[number.end :][:1] in {")", "）"}
