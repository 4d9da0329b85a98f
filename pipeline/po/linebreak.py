"""
Where a line may be broken, as Unicode's UAX #14 has it and gettext applies it.

gettext takes its break opportunities from GNU libunistring, which decides by pairs of
classes. It differs from UAX #14 in a few places (no rule LB25 for whole numbers, none
for `IS × AL`, so `example.com` may be broken after its point), and so does this module:
a catalog must come out of it as it comes out of `msgcat`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.late import regex

LINE_ENDS: Final = "\u0085\u2028\u2029"
"""What ends a line by itself and has no escape in a PO file."""

# One letter for each class, so that a text's classes are a string again.
_LETTERS: Final = {
    "AI": "A",
    "AK": "A",
    "AL": "A",
    "AP": "A",
    "AS": "A",
    "B2": "t",
    "BA": "b",
    "BB": "B",
    "BK": "K",
    "CB": "D",
    "CJ": "n",
    "CL": "L",
    "CM": "c",
    "CP": "P",
    "CR": "K",
    "EB": "E",
    "EM": "e",
    "EX": "X",
    "GL": "G",
    "H2": "2",
    "H3": "3",
    "HL": "H",
    "HY": "Y",
    "ID": "D",
    "IN": "i",
    "IS": "I",
    "JL": "l",
    "JT": "T",
    "JV": "v",
    "LF": "K",
    "NL": "K",
    "NS": "n",
    "NU": "N",
    "OP": "O",
    "PO": "%",
    "PR": "R",
    "QU": "Q",
    "RI": "r",
    "SA": "A",
    "SG": "A",
    "SP": "S",
    "SY": "s",
    "VF": "c",
    "VI": "c",
    "WJ": "W",
    "XX": "A",
    "ZW": "Z",
    "ZWJ": "j",
}
# Brackets of East Asian width bind less, and unassigned emoji bind to a skin tone.
_WIDE_CLOSE, _WIDE_OPEN, _FUTURE_EMOJI = "p", "o", "d"

_BOUND: Final = "AtbBLPpXG23HYDdEeiIlTvnNOo%RQrsW"
"""The classes that the pair rules are about."""

_NEVER_BEFORE: Final = "WLPpXIs"  # LB11, LB13: not even after spaces
_HARD: Final = {"O": _BOUND, "o": _BOUND, "Q": "Oo", "L": "n", "t": "t"}  # LB14-17
_TIGHT_BEFORE: Final = "bYniQ"  # LB19, LB21, LB22
_TIGHT: Final = {
    # LB11, LB12, LB19, LB21: nothing is broken off after these
    **dict.fromkeys("WGBQ", _BOUND),
    # LB23-LB30b: what else stays together while no space is between
    "Y": "N",
    "L": "%R",
    "P": "N%RAH",
    "p": "%R",
    "I": "N",
    "N": "ON%RAH",
    "%": "OoNAH",
    "R": "OoNAH23DdlvTEe",
    "s": "NH",
    "A": "ON%RAH",
    "H": "ON%RAH",
    "2": "%vT",
    "3": "%T",
    "D": "%",
    "d": "%e",
    "E": "%e",
    "e": "%",
    "l": "%23lv",
    "v": "%vT",
    "T": "%T",
}

_ASCII: Final = dict.fromkeys(range(128), "A") | {
    **dict.fromkeys(b"0123456789", "N"),
    **dict.fromkeys(b"\0\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", "c"),
    **dict.fromkeys(range(16, 32), "c"),
    **dict.fromkeys(b"\n\x0b\x0c\r", "K"),
    **dict.fromkeys(b"([{", "O"),
    **dict.fromkeys(b"\"'", "Q"),
    **dict.fromkeys(b")]", "P"),
    **dict.fromkeys(b"!?", "X"),
    **dict.fromkeys(b",.:;", "I"),
    **dict.fromkeys(b"$+\\", "R"),
    **dict.fromkeys(b"\t|", "b"),
    ord(" "): "S",
    ord("%"): "%",
    ord("-"): "Y",
    ord("/"): "s",
    ord("}"): "L",
    127: "c",
}

# What Latin and Arabic texts hold besides letters: for these alone, no import.
_FREQUENT: Final = {
    ord(character): letter
    for letter, characters in {
        "A": "µ·×÷§©®²³¹½•→≈≤≥",
        "G": "\u00a0\u202f",
        "I": "،",
        "N": "٠١٢٣٤٥٦٧٨٩",
        "Q": "“”‘’«»‹›",
        "R": "€£±−",
        "X": "؟؛",
        "b": "–",
        "c": "\u200e\u200f\u2066\u2067\u2068\u2069\u064b\u064c\u064d\u064e\u064f"
        "\u0650\u0651\u0652",
        "i": "…",
        "t": "—",
        "%": "°′″٪",
    }.items()
    for character in characters
}


class _Classes(dict[int, str]):
    """The letter of every character's class, looked up when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _class_letter(chr(code))
        return letter


def _class_letter(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Lu", "Ll", "Lo"} and (
        "\u00c0" <= character < "\u0590" or "\u0600" <= character < "\u0700"
    ):
        return "A"  # the most frequent ones, without a further import
    from uniseg.linebreak import line_break

    letter = _LETTERS[line_break(character).value]
    if letter in "PO" and unicodedata.east_asian_width(character) in "FWH":
        return _WIDE_CLOSE if letter == "P" else _WIDE_OPEN
    if category == "Cn" and letter in "DA" and _is_emoji_block(character):
        return _FUTURE_EMOJI
    if letter == "G" and character >= "\u1dcd" and category == "Mn":
        return "c"
    return "A" if letter == "N" and category == "Cf" else letter


def _is_emoji_block(character: str) -> bool:
    """Whether an unassigned character is kept for an emoji (Extended_Pictographic)."""
    from uniseg.emoji import extended_pictographic

    return bool(extended_pictographic(character))


_CLASSES: Final = _Classes(_ASCII | _FREQUENT)


def _hard(letter: str) -> set[str]:
    """What is not broken off after this class though spaces are between."""
    return {*_NEVER_BEFORE, *_HARD.get(letter, "")}


def _tight(letter: str) -> set[str]:
    """What is not broken off after this class where nothing is between."""
    glue = "" if letter in "bY" else "G"  # LB12a
    return _hard(letter) | {*_TIGHT_BEFORE, *glue, *_TIGHT.get(letter, "")}


def _one_of(letters: set[str]) -> str:
    return f"[{''.join(sorted(letters))}]" if letters else "(?!)"


def _unit(head: str, spaced: set[str], direct: set[str], marks: str = "*") -> str:
    """
    One character with its marks and spaces; the empty group tells a break after it.

    LB9: marks belong to what they stand on; LB10: after a space, they stand alone.
    """
    marked = f"[cj]{marks}+"
    after_spaces = f"[cj]*+S++(?:(?={_one_of(spaced | {'c', 'j'})})()|)"
    after_nothing = f"{marked}(?<!j)(?={_one_of(direct)})()"  # LB8a
    return f"{head}(?:{after_spaces}|{after_nothing}|[cj]*+)"


@cache
def _units() -> re.Pattern[str]:
    """The rules as one pattern; made at the first long line, for it takes a while."""
    bound = {*_BOUND}
    # Words first, each in one piece: numbers follow the same rules as letters.
    units = [_unit("[AN]++", bound - _hard("A"), bound - _tight("A")), r"\AS++"]
    for letter in _BOUND.replace("A", "").replace("N", ""):
        spaced, direct = bound - _hard(letter), bound - _tight(letter)
        if letter == "H":  # LB21a
            for hyphen in "Yb":
                after = bound - _hard(hyphen)
                units.append(
                    _unit(f"H{hyphen}", after, bound - _tight(hyphen), marks="+")
                )
        if letter == "r":  # LB30a: flags are pairs
            units.append(_unit("rr", spaced, direct))
        units.append(_unit(letter, spaced, direct))
    alone = bound - _hard("A"), bound - _tight("A")
    units.append(_unit("[cj]", *alone))  # LB10
    anything = bound | {"c", "j"}
    units.append(f"ZS*+(?:(?={_one_of(anything)})()|)")  # LB8
    return re.compile("|".join(units))


_PLAIN: Final = "AtbBLPpXG23YDdEeIilTvnNOo%RQsW"
"""The classes whose breaks depend on the two characters beside them alone."""

_NOT_PLAIN: Final = regex(f"[^{_PLAIN}S]")


@cache
def _breaks() -> str:
    """A pattern of what is before and behind a place where a plain text may break."""
    spaced: dict[str, str] = {}
    direct: dict[str, str] = {}
    for letter in _PLAIN:
        for before, bound in ((spaced, _hard(letter)), (direct, _tight(letter))):
            after = _one_of({*_PLAIN} - bound)
            before[after] = before.get(after, "") + letter
    places = [f"(?<=[{before}]S)(?={after})" for after, before in spaced.items()]
    places += [f"(?<=[{before}])(?={after})" for after, before in direct.items()]
    return "|".join(places)


@cache
def _line(room: int) -> re.Pattern[str]:
    return re.compile(f".{{1,{room}}}(?:{_breaks()})")


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(_breaks())


def plain_lines(text: str, column: int, room: int) -> list[int] | None:
    """
    Where the lines of a text end; none if it stays beside its keyword.

    `column` is how far that keyword reaches, and `room` what a line of its own has.
    None where it takes more than two characters to tell a break, or where a line is
    longer than its room. Nearly all texts of Latin and Arabic script are plain, and
    cutting them into units as `opportunities` does takes five times as long.
    """
    narrow = is_narrow(text)
    if narrow and column + len(text) <= room:
        return []
    classes = text.translate(_CLASSES)
    if not narrow or _NOT_PLAIN.search(classes):
        return None
    if "SS" in classes or classes.startswith("S"):
        return None
    ends: list[int] = []
    end, match_line = 0, _line(room).match
    while len(text) - end > room:
        match = match_line(classes, end)
        if match is None:
            return None
        end = match.end()
        ends.append(end)
    if not ends and _anywhere().search(classes) is None:
        return []
    return [*ends, len(text)]


_PARAGRAPH: Final = regex(f"[^{LINE_ENDS}]*+[{LINE_ENDS}]?+")


def opportunities(text: str) -> list[int]:
    """The places, ascending, where a line of this text may end; without both ends."""
    units = _units().finditer(text.translate(_CLASSES))
    return [unit.end() for unit in units if unit.lastindex]


def paragraphs(text: str) -> Iterator[str]:
    """The text cut after each of LINE_ENDS."""
    return (match[0] for match in _PARAGRAPH.finditer(text) if match[0])


class _Columns(dict[str, int]):
    """How many columns each character takes on a terminal."""

    def __missing__(self, character: str) -> int:
        columns = self[character] = _character_columns(character)
        return columns


def _character_columns(character: str) -> int:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return int(character in "\u0cbf\u0cc6")  # vowel signs that stand on their own
    if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7fb":
        return 0  # vowels and finals of a Hangul syllable
    width = unicodedata.east_asian_width(character)
    return 2 if width == "W" or (width == "F" and category != "Cn") else 1


_COLUMNS: Final = _Columns()


def columns(text: str) -> int:
    """How many columns a text takes; control characters take none."""
    return len(text) if is_narrow(text) else sum(map(_COLUMNS.__getitem__, text))


def is_narrow(text: str) -> bool:
    """Whether each of its characters takes one column."""
    if text.isascii():
        return text.isprintable()
    return all(_COLUMNS[character] == 1 for character in {*text})
