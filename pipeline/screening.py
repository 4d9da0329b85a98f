"""
What can be seen of a whole catalog at once: which translations are like their source.

A text is plain where it has words and the marks of prose, whole numbers between blanks,
and whole links. Two texts are alike where both are plain, and have the same numbers in
whatever order, and the same links and brackets in one order. A number that has a unit
of time in the source may have none here, as the tables of units have not the words of
every language. Most of what checks look for cannot be in such a pair, and a check that
says so (`only_of_unlike`) is not asked about it. Whatever else there is in a text makes
it unlike, even if it is the same in both: then it is looked at more closely, pair by
pair.

All texts of a catalog are joined and read by one expression, because that takes a
tenth of the time that as many questions take.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.characters import FIRST_WIDE, PLAIN, WIDE
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.numbers import measure
from pipeline.units import TIMES, may_have_more_words

_START: Final = "\0"
_END: Final = "\x03"
"""What stands before and behind each text, and in none."""

_SOME: Final = 600
"""Characters by which the script of all texts is told."""

_MOST: Final = 1 << 14
"""Matches that are remembered: many numbers, each with many words behind it."""

_LONGEST: Final = 200
"""Characters of such a match, at most."""

_QUIET: Final = r'\n\u00a0*_"\u201c\u201d\u201e\u00ab\u00bb\u2013\u2014\u2026'
_QUIET_WIDE: Final = r"\u300c-\u300f\uff01\uff0c\uff1a\uff1b\uff1f"
"""Marks of prose that are signs to some check, but to none that is not asked."""

_BLANK: Final = (
    r" \n\u00a0\u064b-\u0652\u0670\u093a\u093c\u0941-\u0948\u094d\u0951-\u0957\u0962"
    r"\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a"
)
"""Blanks and accents among these and letters: all that a text may be without a word."""

_BEHIND: Final = f".,;!?\u060c\u061b*_\n{_END}"
"""What may stand at a number."""

_TARGET: Final = r"(?:https?://[a-z0-9.-]++/|[A-Za-z0-9#./])[A-Za-z0-9._/#?=-]*+"
"""Ends in no letter of its host: what is behind the bracket is then no part of it."""


def _unplain(letters: str) -> str:
    return rf"[^{letters}{_QUIET}{_END}]"


def _pattern(letters: str) -> str:
    """
    What is read of a text, as all else may stand anywhere in a plain one.

    A longer match may be a plain one, and a single character is none, but for brackets
    and colons: a colon that another character is behind may be one of an address. The
    pattern begins with one set of characters, as `re` finds these fast; it has no other
    of so many, as each takes long to compile.
    """
    return (
        rf"{_unplain(letters)}(?:"
        rf"(?<={_START})[{_BLANK}]?"
        rf"|(?<=[ {_START}\n*_\"\u201c][0-9])(?<!üzde [0-9])"
        rf"(?:(?<=0)(?![0-9])|(?<!0)[0-9]*+)"
        rf"(?:[{_BEHIND}](?![0-9])"
        rf"| (?:[^0-9{_START}{_END}]{{1,16}}+{_END}|[^\W\d_]{{1,24}}+"
        rf"(?:[ ,;\u060c\u061b*_](?!/)|[.!?][ \n{_END}])))"
        rf"|(?<=\[)[^\[\]{_START}{_END}]*+\]\({_TARGET}\)"
        rf"|(?<=:)(?:(?<!tel:)(?<!mailto:)[*_]++[ \n{_END}]|[^ \n{_END}])"
        r"|(?<=/)[ A-Za-z\u00c0-\u024f]"
        r"|(?<=<)/?[A-Za-z][A-Za-z0-9]*+(?: ?/)?>"
        r"|(?<=\{)(?:(?:[A-Za-z_]\w*+|[0-9]*+)\}|\{ ?[\w.]++ ?\}\})"
        r"|(?<=%)(?<![0-9%]%)(?:\([A-Za-z_]\w*+\))?[sd](?![A-Za-z0-9_])"
        r"|(?<=&)[ ]"
        r"|)"
    )


_TOKEN: Final = regex(_pattern(PLAIN))
_TOKEN_AMONG_WIDE: Final = regex(_pattern(f"{PLAIN}{WIDE}{_QUIET_WIDE}"))
_UNPLAIN: Final = regex(_unplain(PLAIN))

_ADDRESS: Final = regex(r"[wW](?<!https://w)(?<!http://w)[wW][wW]\.")
"""An address that is no link."""

_HINTS: Final = ("w.", "W.")
"""What such a one has, and is found faster."""

_DATE: Final = regex(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:(?<=[0-9] ...)|(?<=[0-9] of ...)|[a-z]*\.? [0-9])"
)
"""A day of a month, as in English."""


def alike(messages: Sequence[Message]) -> list[bool]:
    """Which of the messages have a translation that is plainly like its source."""
    there = _sources(tuple([each.msgid for each in messages]))
    here = _marks([each.msgstrs[0] for each in messages], _HERE)
    return [
        (source == text or _are_equal(source, text))
        and each.msgid_plural is None
        and len(each.msgstrs) == 1
        for each, source, text in zip(messages, there, here, strict=True)
    ]


def _are_equal(there: str, here: str) -> bool:
    """Brackets matter beside links alone, whose own they may be taken for."""
    rest, other = (_NUMBER.sub("", each) for each in (there, here))
    if rest != other and (
        "]" in rest
        or rest.translate(_WITHOUT_BRACKETS) != other.translate(_WITHOUT_BRACKETS)
    ):
        return False
    numbers, others = (sorted(_NUMBER.findall(each)) for each in (there, here))
    return numbers == others or sorted(map(_timeless, numbers)) == others


def _timeless(number: str) -> str:
    return _TIME.sub(";", number)


@lru_cache(maxsize=4)
def _sources(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The same for every locale of an article."""
    marks = _marks(texts, _SOURCE)
    for index, mark in enumerate(marks):
        # Where there is no mark there is no figure.
        if mark and _DATE.search(texts[index]):
            marks[index] = _SOURCE.unlike
    return tuple(marks)


def _marks(texts: Sequence[str], meanings: "_Meanings") -> list[str]:
    """What each text has besides words."""
    count = len(texts)
    joined = f"{_START}{f'{_END}{_START}'.join(texts)}{_END}"
    pattern = _pattern_for(joined)
    if pattern is None or {*map(joined.count, (_START, _END))} != {count}:
        return [meanings.unlike] * count
    tokens = pattern.findall(joined)
    marks = "".join(map(meanings.__getitem__, tokens)).split(_START)[1:]
    if any(each in joined for each in _HINTS):
        for match in _ADDRESS.finditer(joined):
            marks[joined.count(_START, 0, match.start()) - 1] = meanings.unlike
    return marks


def _pattern_for(joined: str) -> re.Pattern[str] | None:
    """None in a script that is not known: each letter would be looked at."""
    if joined.isascii():
        return _TOKEN
    pattern = _TOKEN
    some = pattern.findall(joined, 0, _SOME)
    if max(some) >= FIRST_WIDE:
        pattern = _TOKEN_AMONG_WIDE
        some = pattern.findall(joined, 0, _SOME)
    is_known = len(some) - some.count(_START) <= _SOME // 3
    return pattern if is_known else None


class _Meanings(dict[str, str]):
    """What matters of a match; as there are few that differ, it is remembered."""

    def __init__(self, unlike: str) -> None:
        super().__init__()
        self.unlike = unlike

    def __missing__(self, token: str) -> str:
        found = self._of(token)
        if len(token) <= _LONGEST:
            if len(self) > _MOST:
                self.clear()
            self[token] = found
        return found

    def _of(self, token: str) -> str:
        first, rest = token[0], token[1:]
        if first == _START:
            return f"{_START}{self.unlike}" if rest else _START
        if token in {"(", ")"}:
            return token
        if first == ":":
            return "" if not rest or rest[-1] in _BEHIND_COLON else self.unlike
        if not rest:
            return self.unlike
        if first in _CARRIED:
            return token
        if first == "[":
            words, bracket, target = token[1:].partition("]")
            return self.unlike if _UNPLAIN.search(words) else f"{bracket}{target}"
        if first.isdecimal():
            return self._of_number(token)
        return ""

    def _of_number(self, token: str) -> str:
        digits, blank, words = token.partition(" ")
        if not blank:
            return f"{_NUMBER_SIGN}{digits.rstrip(_BEHIND)};"
        unit = _unit_in(words)
        return self.unlike if unit is None else f"{_NUMBER_SIGN}{digits}{unit};"


@lru_cache(maxsize=_MOST)
def _unit_in(words: str) -> str | None:
    """The unit that these begin with behind a number; None where it is not plain."""
    is_all = words.endswith(_END)
    if _UNPLAIN.search(words) or (not is_all and may_have_more_words(words)):
        return None
    scale, unit, _ = measure(f" {words.rstrip(_END)}")
    # Some look like a unit, and are taken for one where that of the source is gone.
    return None if scale or (not unit and _SHORT.match(words)) else unit


_NUMBER_SIGN: Final = "\x04"
_NUMBER: Final = regex(f"{_NUMBER_SIGN}[^;]*;")
_TIME: Final = regex(rf"(?<=[0-9])(?:{'|'.join(sorted(TIMES))});")
_SHORT: Final = regex(r"(?:r?em|pt|in)(?![\w-])")

_CARRIED: Final = "<{%"
"""Begins what a translation carries over as it is: tags and fields."""

_WITHOUT_BRACKETS: Final = str.maketrans("", "", "()")
_BEHIND_COLON: Final = f" \n{_END}"

# What is not plain is never equal to what is not plain in the other text.
_SOURCE: Final = _Meanings("\x01")
_HERE: Final = _Meanings("\x02")
