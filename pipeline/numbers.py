"""
The numbers of a text, whatever its digits and separators, with their units.

Separators follow CLDR's number symbols; where a locale's own reading is impossible
(`1.5` in Turkish, where the point groups thousands) the other one is taken.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from pipeline.characters import KEPT
from pipeline.late import dataclass, made_open, regex
from pipeline.units import LONGEST, beginnings, capitals, may_begin_unit, unit_at


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands in a text."""

    value: str
    """In ASCII digits, scaled, without needless zeros: `1500`, `0.5`, `-5`, `10:30`."""

    raw: str
    """The number with the unit that is written at it."""

    start: int
    end: int
    unit: str = ""
    """`mg`, `%`, `mg/kg`, `hour`...; empty where none was recognized."""

    unscaled: str = ""
    """The value without its `million`, where it has one."""


_new_number: Final = made_open(Number)

# Languages whose decimal separator is a comma; a territory may differ.
_COMMA: Final = frozenset(
    "af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv "
    "mk mn nb nl nn no pl pt ro ru sk sl sq sr sv tk tr uk uz vi".split(),
)
_POINT_TERRITORIES: Final = frozenset(
    "de-CH de-LI it-CH es-419 es-MX es-US es-PR es-GT es-HN es-NI es-PA es-PE es-SV "
    "es-DO".split(),
)
_DECIMAL_MARK: Final = "\u066b"
_ALWAYS_GROUPS: Final = "\u066c\u00a0\u202f\u2009'’"
_SCALES: Final = {
    2: r"hundred",
    3: r"thousand|bin(?!\w)|tausend|千|ألف|آلاف|тысяч|mil(?:a|le)?(?!\w)|тис",
    4: r"万|萬|만",
    6: r"mil+i?[oó]n|milh[ãõ]|milyon|mio\.?(?!\w)|مليون|ملايين|миллион|mln(?!\w)",
    8: r"億|亿|억",
    9: r"milyar|mil+iard|mrd\.?(?!\w)|مليار|миллиард|bn(?!\w)",
}
_SPACE: Final = r"[ \u00a0\u202f\u2009]"


def _group(prefix: str, table: dict[int, str] | dict[str, str]) -> str:
    return "|".join(
        f"(?P<{prefix}{index}>{pattern})"
        for index, pattern in enumerate(table.values())
    )


_DIGITS: Final = regex(
    rf"""
    (?:(?<!\d)(?P<percent>[%٪％]|(?<!\w)[Yy]üzde{_SPACE})(?=\d))?
    (?P<minus>(?<![0-9A-Za-z\u00c0-\u06ff\u30a0-\u30ff\u4e00-\u9fff)\]%.–-])[-−](?=\d))?
    (?: (?P<time>(?<![\d:])\d{{1,2}}:\d\d(?![\d:]))
      | (?P<spaced>(?<![A-Za-z#№\d.,])[1-9]\d{{0,2}}(?:[ ]\d\d\d)+
          (?:[.,]\d+)?(?![\d.,]*\d))
      | (?P<bare>(?<![^\s(~=<>])\.\d+(?![\d.,:]))
      | (?P<digits>\d+(?:[.,'’\u066b\u066c\u00a0\u202f\u2009]\d+)*) )
    """,
    re.VERBOSE,
)
_SCALE: Final = regex(
    rf"{_SPACE}?(?:{_group('s', _SCALES)})\w*",
    re.IGNORECASE,
)
_GAP: Final = regex(rf"(?:{_SPACE}|-)?(?=[^\s\d.,;:!?)])")
_PER: Final = regex(rf"{_SPACE}?/{_SPACE}?")
_SCALE_POWERS: Final = tuple(_SCALES)
_SIGNS: Final = 8
"""Characters that may stand before the first digit of a number: `yüzde -.5`."""

_PER_CENT: Final = "üzde "
"""The one sign that ends in a blank."""

# `re` looks for a set of characters twice as fast as for all that Unicode calls digits.
# Where there is none are the letters of most languages, and punctuation.
_HAS_DIGIT: Final = regex(
    "[0-9\u0660-\u0669\u06f0-\u06f9\u07c0-\u1c59\ua620-\uabff\ufb00-\U0010ffff]"
    r"(?<=\d)"
)
_TAIL: Final = 16
"""Characters behind a number that are few enough to be remembered."""

_WHOLE: Final = regex(r"[0-9]++(?=\Z| (?!\d))")
"""A whole number between blanks that is plainly nothing more."""


@lru_cache(maxsize=KEPT)
def numbers(text: str, locale: str) -> tuple[Number, ...]:
    """
    The numbers of a text in a locale (BCP 47), in their order.

    What cannot be one number (`1.2.3`, `12/05/2024`) gives one for each of its parts.
    Blank the placeholders first: digits in addresses and tags are not numbers.
    """
    return tuple(_scan(text, has_decimal_comma(locale)))


def has_decimal_comma(locale: str) -> bool:
    """Whether one half is written `0,5`."""
    return locale.partition("-")[0] in _COMMA and locale not in _POINT_TERRITORIES


def _scan(text: str, comma: bool) -> Iterator[Number]:  # noqa: FBT001 - private, one caller
    position = 0
    while digit := _HAS_DIGIT.search(text, position):
        first = digit.start()
        whole = _whole_at(text, first, position)
        if whole is not None:
            position = whole.end
            yield whole
            continue
        match = _number_at(text, first, position)
        if match is None:
            return
        position = match.end()
        # The last group is the number, whatever stands before it.
        kind = match.lastgroup or ""
        raw = match[kind]
        start = match.end() - len(raw)
        values = [_time(raw)] if kind == "time" else list(_values(raw, comma=comma))
        for value, offset, length in values[:-1]:
            first = start + offset
            yield Number(value, text[first : first + length], first, first + length)
        value, offset, _ = values[-1]
        if len(values) == 1:
            offset = match.start() - start
            value = f"-{value}" if match["minus"] and value != "0" else value
        scale, end = _scale_at(text, position)
        unit, end = _unit_at(text, end)
        if match["percent"] and not unit:
            unit = "%"
        position = end
        scaled = _shift(value, scale)
        unscaled = value if scale else ""
        first = start + offset
        yield Number(scaled, text[first:end], first, end, unit, unscaled)


def _whole_at(text: str, digit: int, position: int) -> Number | None:
    """The number of this first digit if it is a whole one between blanks, as most."""
    if digit and not _stands_alone(text, digit, position):
        return None
    match = _WHOLE.match(text, digit)
    if match is None:
        return None
    raw, end = match[0], match.end()
    value = raw.lstrip("0") or "0"
    if len(text) - end <= _TAIL:
        scale, unit, behind = measure(text[end:])
        end += behind
    elif _says_nothing(text[end : end + 1 + LONGEST]):
        return _new_number(value, raw, digit, end, "", "")
    else:
        scale, end = _scale_at(text, end)
        unit, end = _unit_at(text, end)
    raw = text[digit:end]
    if scale:
        return _new_number(_shift(value, scale), raw, digit, end, unit, value)
    return _new_number(value, raw, digit, end, unit, "")


@lru_cache(maxsize=KEPT)
def measure(tail: str) -> tuple[int, str, int]:
    """
    Power of ten and unit of a number that all of this stands behind, and where it ends.

    In the cells of tables these are the same time and again.
    """
    scale, end = _scale_at(tail, 0)
    unit, end = _unit_at(tail, end)
    return scale, unit, end


@lru_cache(maxsize=KEPT)
def _says_nothing(ahead: str) -> bool:
    """
    Whether there is neither a scale nor a unit in what is behind a number.

    It is told by the first characters, which are the same behind many numbers.
    """
    if ahead[:1] != " ":
        return not ahead
    word = ahead[1:]
    return not (may_begin_unit(word) or capitals(word).startswith(_scale_beginnings()))


@cache
def _scale_beginnings() -> tuple[str, ...]:
    return beginnings(_SCALES.values())


def _number_at(text: str, digit: int, position: int) -> re.Match[str] | None:
    """The number of this first digit, with the signs before it, from a position on."""
    if _stands_alone(text, digit, position):
        return _DIGITS.match(text, digit)
    return _DIGITS.search(text, max(position, digit - _SIGNS))


def _stands_alone(text: str, digit: int, position: int) -> bool:
    """Whether nothing before this first digit can belong to its number."""
    return (
        digit > position
        and text[digit - 1] == " "
        and not text.endswith(_PER_CENT, position, digit)
    )


def _ascii(digits: str) -> str:
    if digits.isascii():
        return digits
    return "".join(
        str(int(character)) if character.isdecimal() else character
        for character in digits
    )


def _time(raw: str) -> tuple[str, int, int]:
    hour, _, minute = _ascii(raw).partition(":")
    return f"{int(hour)}:{minute}", 0, len(raw)


def _values(raw: str, *, comma: bool) -> Iterator[tuple[str, int, int]]:
    """Value, offset and length: one number, or one for each part."""
    digits = _ascii(raw)
    if digits.startswith("."):
        yield _trim("", digits[1:]), 0, len(raw)
        return
    if digits.isdigit():
        yield _trim(digits, ""), 0, len(raw)
        return
    for group in _ALWAYS_GROUPS:
        digits = digits.replace(group, "\x00")
    digits = digits.replace(" ", "\x00")
    whole, fraction = _split(digits, comma=comma)
    if whole is not None:
        yield _trim(whole, fraction), 0, len(raw)
        return
    for part in re.finditer(r"\d+", raw):
        yield _trim(_ascii(part[0]), ""), part.start(), len(part[0])


_GROUPED: Final = regex(r"[1-9]\d?\d?(?:(?P<mark>[.,\x00])\d\d\d)(?:(?P=mark)\d\d\d)*")
_INDIAN: Final = regex(r"[1-9]\d?(?:,\d\d)+,\d\d\d")


def _split(digits: str, *, comma: bool) -> tuple[str | None, str]:
    """The whole part and the fraction, or None if it is more than one number."""
    own, other = (",", ".") if comma else (".", ",")
    whole, mark, fraction = digits.rpartition(_DECIMAL_MARK)
    if not mark:
        single = sum(digits.count(each) for each in ".,\x00") == 1
        grouped = _GROUPED.fullmatch(digits)
        if grouped and (grouped["mark"] != own or not single):
            return _only_digits(digits), ""
        if _INDIAN.fullmatch(digits):
            return _only_digits(digits), ""
        if single and "\x00" in digits:
            return None, ""
        last = own if digits.rfind(own) > digits.rfind(other) else other
        whole, mark, fraction = digits.rpartition(last)
    if whole.isdigit():
        return whole, fraction
    if _GROUPED.fullmatch(whole) or _INDIAN.fullmatch(whole):
        return _only_digits(whole), fraction
    return None, ""


def _only_digits(digits: str) -> str:
    return "".join(character for character in digits if character.isdigit())


def _trim(whole: str, fraction: str) -> str:
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _shift(value: str, power: int) -> str:
    """The value times ten to the power."""
    if not power or ":" in value:
        return value
    sign = "-" if value.startswith("-") else ""
    whole, _, fraction = value.removeprefix("-").partition(".")
    padded = fraction.ljust(power, "0")
    return sign + _trim(whole + padded[:power], padded[power:])


def _scale_at(text: str, position: int) -> tuple[int, int]:
    """The power of ten of a `million` here, and where it ends."""
    match = _SCALE.match(text, position)
    if match is None or match.lastgroup is None:
        return 0, position
    return _SCALE_POWERS[int(match.lastgroup[1:])], match.end()


def _unit_at(text: str, position: int) -> tuple[str, int]:
    """The unit that is written here, and where it ends."""
    gap = _GAP.match(text, position)
    if gap is None:
        return "", position
    unit, end = unit_at(text, gap.end())
    if not unit:
        return "", position
    per = _PER.match(text, end)
    if per:
        divisor, divisor_end = unit_at(text, per.end())
        if divisor:
            return f"{unit}/{divisor}", divisor_end
    return unit, end
