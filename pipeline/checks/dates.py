"""Dates: the day and the month of the source, as the language writes them."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from itertools import islice
from typing import Final

from pipeline import cldr
from pipeline.characters import DIGIT, KEPT, has_digit
from pipeline.checks import ENOUGH, CheckContext, Example, Remark, compare_pairs
from pipeline.late import dataclass, regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank


@dataclass(frozen=True, slots=True)
class _Date:
    raw: str
    month: int
    day: int
    """0 where there is none."""

    year: int
    is_sure: bool
    """Whether it can be read in one way only; 3/4/2026 can be read in two."""


_MONTHS: Final = (
    "January February March April May June July August September October November "
    "December"
).split()
_NAME: Final = (
    "(?P<month>" + "|".join(rf"{each[:3]}(?:{each[3:]})?" for each in _MONTHS) + ")"
)
_HINT: Final = regex(
    r"\d[./-]\d\d?[./-]\d|\d-\d\d-\d"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d"
    r"|\d(?:st|nd|rd|th)? (?:of )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_MAYBE: Final = regex(r"\d[./-]\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
"""What any of these has, and is found without looking at every place."""

_ENGLISH: Final = (
    regex(rf"\b{_NAME}\.? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}})\b)?"),
    regex(
        rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)? (?:of )?{_NAME}\b\.?"
        r"(?:,? (?P<year>\d{4})\b)?"
    ),
    regex(rf"\b{_NAME}\.?,? (?P<day>)(?P<year>\d{{4}})\b"),
)
_ISO: Final = regex(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
_FIGURES: Final = regex(
    r"(?<![\d./-])(?P<first>\d{1,4})(?P<sign>[./-])\s?(?P<second>\d\d?)(?P=sign)\s?"
    r"(?P<third>\d{4}|\d\d?)(?![\d/]|[.-]\d)"
)
_MONTH_COUNT: Final = 12
_DAY_COUNT: Final = 31
_CENTURY: Final = 100
_INFLECTED: Final = frozenset("az bg cs et fi hr hu lt lv pl ru sk sl sr tr uk".split())
_LONG: Final = 5
_MARKS: Final = regex("[\u200e\u200f\u061c]")


class Dates:
    """Finds days and months that changed places, and months of another name."""

    name = "dates"
    severity = Severity.ERROR
    signs = frozenset({DIGIT})
    only_of_unlike = True
    explanation = (
        "A date says another day: 3/4/2026 is the 4th of March in American English and "
        "the 3rd of April elsewhere. Write the day of the source as your language does."
    )
    good = (
        Example("tr", "Until March 4, 2026.", "4 Mart 2026'ya kadar."),
        Example("de", "Until 3/25/2026.", "Bis zum 25.3.2026."),
        Example("ja", "Until March 4, 2026.", "2026年3月4日まで。"),
        Example("ar", "Until 2026-03-04.", "حتى ٤/٣/٢٠٢٦."),
    )
    bad = (
        Example("tr", "Until March 4, 2026.", "4 Nisan 2026'ya kadar."),
        Example("tr", "Until March 4, 2026.", "03.04.2026'ya kadar."),
        Example("de", "Until 3/4/2026.", "Bis zum 3.4.2026."),
        Example("de", "Until 3/25/2026.", "Bis zum 3/25/2026."),
        Example("ru", "Until March 4, 2026.", "До 4 апреля 2026 года."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if not _has_date(message.msgid):
            return iter(())
        if context.source_locale.partition("-")[0] != "en":
            return iter(())
        return compare_pairs(message, partial(_compare, context=context))


@lru_cache(maxsize=KEPT)
def _has_date(source: str) -> bool:
    return (
        has_digit(source)
        and _MAYBE.search(source) is not None
        and _HINT.search(source) is not None
    )


def _compare(source: str, msgstr: str, context: CheckContext) -> Iterator[Remark]:
    if source == msgstr or not cldr.is_known(context.locale):
        return
    dates = [*islice(_dates(blank(source), context.source_locale), ENOUGH)]
    if not dates:
        return
    here = _MARKS.sub("", _ascii(blank(msgstr)))
    order = cldr.date_order(context.locale)
    figures = [*islice(_figures(here, order), 5 * ENOUGH)]
    for date in dates:
        remark = _in_figures(date, figures, order) or _in_words(
            date, here.lower(), figures, context.locale
        )
        if remark:
            # What was only copied is read well enough by most.
            is_error = date.is_sure and date.raw not in msgstr
            yield Remark(remark, None if is_error else Severity.WARNING)


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(int(each)) if each.isdecimal() else each for each in text)


def _dates(text: str, locale: str) -> Iterator[_Date]:
    for pattern in _ENGLISH:
        for match in pattern.finditer(text):
            month = [each[:3] for each in _MONTHS].index(match["month"][:3]) + 1
            day, year = int(match["day"] or 0), int(match["year"] or 0)
            if day <= _DAY_COUNT:
                yield _Date(match[0], month, day, year, is_sure=True)
    for match in _ISO.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if 0 < month <= _MONTH_COUNT and 0 < day <= _DAY_COUNT:
            yield _Date(match[0], month, day, int(match["year"]), is_sure=True)
    order = cldr.date_order(locale)
    for match in _FIGURES.finditer(text):
        # A version or a number with points (1.2.3) is none; English writes slashes.
        if match["sign"] == "/" and order != "ymd":
            yield from _read(match, order)


def _read(match: re.Match[str], order: str) -> Iterator[_Date]:
    """The date that these figures are in this order, if they are one."""
    figures = [match["first"], match["second"], match["third"]]
    if len(figures[0]) > 2:  # noqa: PLR2004 - a day or a month has two figures at most
        order = "ymd"
    values = {part: int(figure) for part, figure in zip(order, figures, strict=True)}
    month, day = values["m"], values["d"]
    if 0 < month <= _MONTH_COUNT and 0 < day <= _DAY_COUNT:
        yield _Date(match[0], month, day, values["y"], is_sure=day > _MONTH_COUNT)


def _figures(text: str, order: str) -> Iterator[tuple[str, int, int, int]]:
    """Text, month, day and year of what is written as a date, possible or not."""
    for match in _FIGURES.finditer(text):
        first, third = match["first"], match["third"]
        if len(first) > 2:  # noqa: PLR2004 - as above
            yield match[0], int(match["second"]), int(third), int(first)
        elif order == "dmy":
            yield match[0], int(match["second"]), int(first), int(third)
        elif order == "mdy":
            yield match[0], int(first), int(match["second"]), int(third)


def _in_figures(
    date: _Date, figures: list[tuple[str, int, int, int]], order: str
) -> str:
    """What is wrong with the date in figures; nothing where it is not there."""
    if not date.day or date.day == date.month:
        return ""
    year = date.year % _CENTURY
    same = [each for each in figures if not year or each[3] % _CENTURY == year]
    if any(each[1:3] == (date.month, date.day) for each in same):
        return ""
    for raw, month, day, _ in same:
        if (month, day) == (date.day, date.month):
            sign = next(each for each in raw if not each.isdigit())
            parts = (date.day, date.month) if order == "dmy" else (date.month, date.day)
            return (
                f"{date.raw} of the source is {raw} here, where day and month are the "
                f"other way round; write {parts[0]}{sign}{parts[1]}{sign}"
            )
    return ""


def _in_words(
    date: _Date, text: str, figures: list[tuple[str, int, int, int]], locale: str
) -> str:
    """What is wrong with the month's name; nothing where it has none here."""
    if any(each[1] == date.month for each in figures):
        return ""
    names, patterns = _months(locale)
    if names[date.month - 1].search(text):
        return ""
    for month, pattern in enumerate(patterns, start=1):
        match = pattern.search(text) if month != date.month else None
        if match:
            return f"{date.raw} of the source is in another month here: “{match[0]}”"
    return ""


@cache
def _months(
    locale: str,
) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """What may well stand for each month, and what is surely a date in it."""
    ending = r"\w{0,3}" if locale.partition("-")[0] in _INFLECTED else ""
    present, sure = [], []
    for names in cldr.month_names(locale):
        stems = "|".join(re.escape(_stem(name)) for name in names)
        present.append(re.compile(rf"(?<!\d)(?:{stems})"))
        whole = "|".join(
            re.escape(_stem(name) if ending else name) for name in names[:2]
        )
        if names[0][0].isdecimal():
            sure.append(re.compile(rf"(?<!\d)(?:{whole})\s?\d{{1,2}}(?!\d)"))
            continue
        sure.append(
            re.compile(
                rf"(?<!\w)(?:\d{{1,4}}\.?(?: de| di)? ?(?:{whole}){ending}(?!\w)"
                rf"|(?:{whole}){ending}(?: de)? ?\d{{1,4}}(?!\d))"
            )
        )
    return tuple(present), tuple(sure)


def _stem(name: str) -> str:
    """The name without the letter that changes with the case."""
    return name[:-1] if len(name) >= _LONG else name
