"""
What is one piece between letters from right to left: a word, a number with its unit, a
merge field, an address.

There is an expression for each, compiled when a text has what it may begin with: one of
all takes longer to compile than a page takes to make. Plain words and plain numbers,
which are most, are found by a small one.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from pipeline.late import regex

# A set beyond Latin 1 of three ranges or more takes ten times as long to compile.
_L: Final = "A-Za-zªµºÀ-ÖØ-öø-ʸͰ-ԯḀ-ῼΩ℃℉"
DIGITS: Final = "0-9۰-۹"
_R: Final = "⁰¹²³⁴-⁹⁺⁻₀-₉₊₋"
SPACE: Final = r"(?:[ \u00a0]|[\u2009\u202f]|&nbsp;)"
DASH: Final = "[-–—−‐‑]"

MAY_BEGIN: Final = f"{_L}{DIGITS}٠-٩{{"
MAY_RUN: Final = regex(f"[{MAY_BEGIN}]")
"""What is in any text with a run, in few cases without one."""

_BEGINNING: Final = regex(
    r"[A-Za-z0-9+±∓~({\[*%$&<>≤≥≈‹−–‑€£¥₺₪ªµºÀ-ʸͰ-ԯḀ-ῼΩ℃℉۰-۹٠-٩-]"
)
"""What a token begins with: to look for it alone takes a small part of the time."""

_APART: Final = r"\u05d0-\u065f\u066e-\u06ef"
"""Most letters from right to left, and signs among them: no token has one of them."""

_STOP: Final = r"[.,:!](?: |\Z)|[،-؟](?: |\Z)"
_PLAIN: Final = regex(
    r"(?<![^ ])(?:[0-9]{1,4}+(?:[.,:/][0-9]{1,2}+)?+"
    r"( ?(?:%|°[CFK]|[A-Za-z]{1,8}+(?:/[A-Za-z]{1,8}+)*+))?"
    rf"(?= [{_APART}]|\Z|{_STOP})|([A-Za-z]++)(?= |\Z|{_STOP}))"
)
"""A number, an amount or a word that is nothing else, whatever is around it."""

_PLAIN_NAMES: Final = {None: "bare", 1: "amount", 2: "word"}

MERE_NUMBER: Final = rf"(?<=[.\u05d0-\u06ef] )[0-9]++(?= [{_APART}]|[.،](?: |\Z))"
"""A number that is no run where nothing else in a text may be one."""

_FIELD: Final = regex(r"\{\{(?:\{[^{}<>]{1,200}\}|[^{}<>]{1,200})\}\}")
_KEPT: Final = regex(
    r"\{%[^{}<>]{0,200}%\}|\$?\{[^{}<>]{0,99}\}|\*\|[^|*<>]{1,99}\|\*"
    r"|%%\w{1,60}%%|%[A-Z][A-Z0-9_]{1,60}%|\[\[[^\[\]<>]{1,99}\]\]"
    r"|&lt;%.{1,99}?%&gt;"
)
"""Merge fields of other systems, which find them as they are."""

_IN_ADDRESS: Final = r"[^\s<>\"'،؛&]"
_AMPERSAND: Final = r"(?:&amp;|&(?![A-Za-z0-9#]+;))"
"""One that is no other entity: a text of HTML goes on behind it."""

_ADDRESS: Final = regex(
    r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.|mailto:|tel:)"
    rf"{_IN_ADDRESS}*(?:{_AMPERSAND}{_IN_ADDRESS}*)*"
    r"[^\s<>\"'،؛&.,:;!?)]"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+"
)
_UNIT: Final = regex(
    rf"(?:{SPACE}?+(?:°{SPACE}?[CFK]|[°′″%‰€₺₪]"
    rf"|(?:/|(?![xX]{SPACE}?[{DIGITS}]))[{_L}]{{1,8}})"
    rf"(?:[/·.][{_L}][{_L}{_R}{DIGITS}]{{0,7}})*+[{_R}]*+(?!://)"
    rf"|[-‑][{_L}]{{1,12}})(?![{_L}{DIGITS}@])"
)
_NUMBER: Final = regex(
    rf"(?:[1-9][0-9]{{0,2}}(?:{SPACE}[0-9]{{3}})++(?![0-9])(?:[.,][0-9]++)?+"
    rf"|[{DIGITS}]++(?:[.,:/٫٬][{DIGITS}]++)*+)[{_R}]*+"
)
_FIRST: Final = regex(
    # A telephone number, or what stands before a number.
    rf"(?<![{_L}{DIGITS}#])(?:((?!\+?[0-9]++{SPACE}?[°%{_L}])\+?\(?"
    r"(?![0-9]{1,4}[- ][0-9]{1,4}(?![0-9]|[- ]\(?[0-9]))"
    rf"[0-9]{{1,4}}\)?(?:(?:{SPACE}|[-.])?\(?[0-9]{{2,4}}\)?){{3,6}}(?![0-9]))"
    rf"|(?:(?:&[lg]t;|[<>≤≥≈~]|‹(?![^›]{{0,60}}›))=?{SPACE}?)?"
    rf"(?:(?:(?<![\w)\].,%°–—−-])|(?<=[^\w]و))[-−–‑](?=[{DIGITS}])|[±∓]|(?<!\w)\+)?"
    rf"(?:[$€£¥₺₪]{SPACE}?|(?<![\w%])%)?(?=[{DIGITS}]))"
)
_FURTHER: Final = regex(
    rf"(?:{SPACE}?[×✕·^÷*±]{SPACE}?|{SPACE}?[xX]{SPACE}?|{DASH}|[+/]"
    rf"|(?<=:[{DIGITS}]{{2}}){SPACE}[-–—]{SPACE}(?=[{DIGITS}]{{1,2}}:[{DIGITS}]{{2}}))"
    rf"[-−+±]?(?=[{DIGITS}])"
)
"""What joins one number to the next."""

_MORE: Final = regex(r"\+(?!\w)")
_EASTERN: Final = regex(
    r"(?<![٠-٩])(?<![٠-٩][.,:/٫٬–×-])(?:(?<!\w)[-−+±])?[٠-٩]++(?:[.,:/٫٬–×-][٠-٩]++)*+"
)
_WORD: Final = regex(
    rf"(?<![{_L}{DIGITS}_{{|%*$@#\\])[{_L}][{_L}{DIGITS}{_R}\u0300-\u036f'’]*+"
    rf"(?:(?:{_AMPERSAND}|[-‐‑–./_:+·]{{1,2}})"
    rf"(?=[{_L}{DIGITS}])[{_L}{DIGITS}{_R}\u0300-\u036f'’]++)*+[+#®™℠©]{{0,3}}+"
)
_ENTITY: Final = regex(r"&(?:[A-Za-z]+[0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);")


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """
    The tokens of a text with their names: where each begins and ends.

    A `number` may be with units and signs, an `eastern` one is with its unit; of those
    that are plain, it is said whether each is `bare` or an `amount`.
    """
    begin, plain = _BEGINNING.search, _PLAIN.match
    start = begin(text)
    while start is not None:
        at, end = start.span()
        match = plain(text, at)
        if match is not None:
            end = match.end()
            yield _PLAIN_NAMES[match.lastindex], at, end
        else:
            for name, find_end in _may_be(text[at]):
                if found := find_end(text, at):
                    end = found
                    if name:
                        yield name, at, end
                    break
        start = begin(text, end)


_Ending = Callable[[str, int], int]
"""Where what begins at a place ends; 0 where it is none."""


def _may_be(sign: str) -> tuple[tuple[str, _Ending], ...]:
    """What may begin with a sign, in the order in which it is tried."""
    if sign.isalpha():
        return _OF_LETTERS
    if sign.isdecimal():
        return _OF_EASTERN if "\u0660" <= sign <= "\u0669" else _OF_DIGITS
    return _OF_BRACES if sign == "{" else _OF_SIGNS


def _ending(pattern: re.Pattern[str]) -> _Ending:
    def end(text: str, at: int) -> int:
        match = pattern.match(text, at)
        return match.end() if match else 0

    return end


_field, _unit = _ending(_FIELD), _ending(_UNIT)
_figures, _eastern_figures = _ending(_NUMBER), _ending(_EASTERN)
_further, _more = _ending(_FURTHER), _ending(_MORE)


def _measured(text: str, at: int) -> int:
    end = _field(text, at)
    return end and _unit(text, end)


def _eastern(text: str, at: int) -> int:
    end = _eastern_figures(text, at)
    return end and _unit(text, end)


def _number(text: str, at: int) -> int:
    first = _FIRST.match(text, at)
    if first is None or first.lastindex:
        return first.end() if first else 0
    end = _amount(text, first.end())
    while further := _further(text, end):
        end = _amount(text, further)
    return _more(text, end) or end


def _amount(text: str, at: int) -> int:
    end = _figures(text, at)
    return _unit(text, end) or end


_OF_ADDRESS: Final = ("address", _ending(_ADDRESS))
_OF_NUMBER: Final = ("number", _number)
_OF_WORD: Final = ("word", _ending(_WORD))
_OF_KEPT: Final = ("", _ending(_KEPT))
_OF_LETTERS: Final = (_OF_ADDRESS, _OF_WORD)
_OF_DIGITS: Final = (_OF_ADDRESS, _OF_NUMBER)
_OF_EASTERN: Final = (("eastern", _eastern),)
_OF_BRACES: Final = (("measured", _measured), ("field", _field), _OF_KEPT)
_OF_SIGNS: Final = (
    _OF_KEPT,
    _OF_ADDRESS,
    _OF_NUMBER,
    *_OF_EASTERN,
    _OF_WORD,
    ("", _ending(_ENTITY)),
)
