"""
Where a text that runs from right to left has Latin words and amounts, and how they run.

The Unicode bidirectional algorithm (UAX #9) knows no amounts: between Arabic words it
shows "-20 °C" as "C° 20-" and "3×1" as "1×3", and it joins "2 mg، 5 mg" to one run that
begins on the wrong side. So each phrase is found whole, to be set apart (W3C, "Inline
markup and bidirectional text in HTML": every phrase of the other direction, tightly).

What is found runs from left to right, with these sources:

- a sign stands left of Latin and Persian digits: CLDR writes U+200E before the minus
  and the plus of `ar` with Latin digits, `fa`, `he`, `ps` and `ur`;
- an amount with a Latin unit, a product (3×1), a schedule of three parts (1-0-1) and a
  date with hyphens are notations that are written in Latin, whatever is around them.

A range of mere numbers (2–5, 14:30–15:00) is read from the right in Arabic, from the
left in Hebrew and Persian (W3C alreq, issues 133 and 288; i18n-drafts, issue 368).
UAX #9 shows it so in Arabic with a dash, and with a hyphen after an Arabic letter only
(W2, W4); elsewhere U+061C, as CLDR writes it, stands for the letter.

Arabic-Indic digits (U+0660) are what UAX #9 made the class AN for: their signs stand on
the right (CLDR: U+061C before the minus), and ranges run back. They are found only with
a Latin unit.
"""

from collections.abc import Iterator
from typing import Final
from unicodedata import bidirectional

from pipeline.cldr import semicolon
from pipeline.late import dataclass, made_open, regex
from pipeline.render.notation import DASH, DIGITS, SPACE, tokens

_BARE: Final = regex(rf"[{DIGITS}]++(?:[.,:/٫٬][{DIGITS}]++)*+")
_RANGE: Final = regex(
    rf"[{DIGITS}]++(?:[.,:/٫٬][{DIGITS}]++)*+{SPACE}?{DASH}{SPACE}?[{DIGITS}]++(?:[.,:/٫٬][{DIGITS}]++)*+"
)
_BACK: Final = regex(
    "[א-ײ\u0620-\u064a\u066e-\u06d3\u06fa-\u08c7\ufb1d-\ufdfb\ufe70-\ufefc"
    "\U00010800-\U00010fff]"
)
_ONE_SPACE: Final = regex(f"{SPACE}?")
_ARABIC: Final = frozenset("ar arb arz ary arq aeb apc ajp acm afb ars apd shu".split())
"""Where a range of mere numbers is read from the right."""

_BETWEEN_WORDS: Final = frozenset(
    {" & ", " &amp; ", " + ", " - ", " – ", ". ", ": ", "! ", "? "}
)
_COMMAS: Final = frozenset({", ", "; "})
"""Between words that are Latin too, where the script has commas of its own."""

_WIDEST: Final = max(map(len, _BETWEEN_WORDS))

_TURNED: Final = "\N{RIGHT-TO-LEFT OVERRIDE}"


class Kind:
    """How a run is written; the members of a phrase are words and amounts."""

    AMOUNT: Final = "amount"
    """From left to right, and on one line."""

    PHRASE: Final = "phrase"
    """From left to right; its first letter says so."""

    BACK: Final = "back"
    """From right to left."""

    RANGE: Final = "range"
    """From right to left with a mark, and with no other change."""

    FIELD: Final = "field"
    ADDRESS: Final = "address"
    BARE: Final = "bare"
    """A number that has one order only; no run."""


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a text that has its own direction."""

    kind: str
    start: int
    end: int
    amounts: tuple[tuple[int, int], ...] = ()
    """Of a phrase: the amounts within."""


_new_run: Final = made_open(Run)


def find(text: str, locale: str) -> Iterator[Run]:
    """The runs of a text in a locale from right to left, in their order."""
    if _TURNED in text:
        return  # A pseudo-translation: each of its words is turned round as it is.
    groups = _grouped(text, _tokens(text, locale), locale)
    for place, group in enumerate(groups):
        if len(group) == 1 and group[0].kind != Kind.PHRASE:
            if group[0].kind != Kind.BARE:
                yield group[0]
            continue
        before = groups[place - 1][-1].end if place else None
        after = groups[place + 1][0].start if place + 1 < len(groups) else None
        run = _joined(group)
        if not _is_alone(text, run, before, after):
            yield run


def is_joined(text: str, start: int, end: int) -> bool:
    """Whether no letter from right to left parts what is around this part of a text."""
    return _BACK.search(text, start, end) is None


def is_written_back(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(bidirectional(character) in {"R", "AL"} for character in text)


def _tokens(text: str, locale: str) -> Iterator[Run]:
    is_read_back = locale.partition("-")[0] in _ARABIC
    for name, start, end in tokens(text):
        kind = _KINDS.get(name)
        if kind is None:
            raw = text[start:end]
            if name == "eastern":
                is_back = not _TURNING.isdisjoint(raw.lstrip("-−"))
                kind = Kind.BACK if is_back else Kind.AMOUNT
            elif raw.isdecimal():
                kind = Kind.BARE
            else:
                kind = _kind(raw, text, is_read_back=is_read_back)
        yield _new_run(kind, start, end, ())


_TURNING: Final = frozenset("-–×")
"""What parts eastern digits that are read from the right."""

_KINDS: Final = {
    "field": Kind.FIELD,
    "measured": Kind.AMOUNT,
    "amount": Kind.AMOUNT,
    "bare": Kind.BARE,
    "address": Kind.ADDRESS,
    "word": Kind.PHRASE,
}


def _kind(raw: str, text: str, *, is_read_back: bool) -> str:
    if _BARE.fullmatch(raw):
        return Kind.BARE
    if not is_read_back or not _RANGE.fullmatch(raw):
        return Kind.AMOUNT
    # Only with a hyphen does it hang on what is before; and a text without Arabic
    # letters may be a passage in another language, whose ranges run from the left.
    is_foreign = _BACK.search(text) is None and any(map(str.isalpha, text))
    return Kind.RANGE if "-" in raw and not is_foreign else Kind.BARE


def _grouped(text: str, tokens: Iterator[Run], locale: str) -> list[list[Run]]:
    """The tokens in phrases; a number at the end of one counts what follows."""
    commas = _COMMAS if semicolon(locale) != ";" else frozenset()
    groups: list[list[Run]] = []
    group: list[Run] = []
    for token in tokens:
        if (
            group
            and token.start - group[-1].end <= _WIDEST
            and _go_together(text, group[-1], token, commas)
        ):
            group.append(token)
        else:
            group = [token]
            groups.append(group)
    if all(len(group) == 1 for group in groups):
        return groups
    return [part for group in groups for part in _parted(group)]


def _parted(group: list[Run]) -> list[list[Run]]:
    end = len(group)
    while end > 1 and group[end - 1].kind in {Kind.BARE, Kind.RANGE}:
        end -= 1
    return [group[:end], *([token] for token in group[end:])]


_SINGLE: Final = frozenset({Kind.FIELD, Kind.ADDRESS, Kind.BACK})


def _go_together(text: str, left: Run, right: Run, commas: frozenset[str]) -> bool:
    if left.kind in _SINGLE or right.kind in _SINGLE:
        return False
    words = (left.kind == Kind.PHRASE) + (right.kind == Kind.PHRASE)
    gap = text[left.end : right.start]
    if words and _ONE_SPACE.fullmatch(gap):
        return True
    return words == len((left, right)) and (gap in _BETWEEN_WORDS or gap in commas)


def _joined(group: list[Run]) -> Run:
    first, last = group[0], group[-1]
    if first is last:
        return first
    amounts = tuple((run.start, run.end) for run in group if run.kind == Kind.AMOUNT)
    return Run(Kind.PHRASE, first.start, last.end, amounts)


def _is_alone(text: str, run: Run, before: int | None, after: int | None) -> bool:
    """Whether it is of letters, and other letters are on both sides."""
    if run.kind != Kind.PHRASE or run.amounts or not text[run.end - 1].isalnum():
        return False
    return (before is None or _BACK.search(text, before, run.start) is not None) and (
        after is None or _BACK.search(text, run.end, after) is not None
    )
