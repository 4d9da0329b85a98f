"""
Doses, telephone numbers and merge fields, kept in their order.

In a text that runs from right to left, the Unicode bidirectional algorithm shows
"+90 555 000" as "000 555 90+" and "5 mg" as "mg 5". HTML's `bdi` sets such a run apart.
What a merge field will be filled with is not known, so it is set apart in every
language.
"""

import re
from typing import Final
from unicodedata import bidirectional

from pipeline.cldr import direction
from pipeline.late import regex

_TAG_OR_TEXT: Final = regex(r"(<[^>]*>)|([^<]+)")
_FIELD: Final = r"\{\{(?:\{[^{}<>]{1,200}\}|[^{}<>]{1,200})\}\}"
_SPACE: Final = r"[ \u00a0\u202f]"
_RUN: Final = regex(
    rf"""(?=[0-9+±~(\{{]) (?:
    (?P<field>{_FIELD})
    | (?<![A-Za-z0-9#])\+?\(?[0-9]{{1,4}}\)?
        (?:(?:{_SPACE}|[-.])?\(?[0-9]{{2,4}}\)?){{3,6}}(?![0-9])
    | (?<![A-Za-z0-9#])[+±~]?[0-9]++(?:[.,:/–-][0-9]++)*+{_SPACE}?
        (?:[A-Za-zµ°][A-Za-zµ°²³/]{{0,7}}|%)(?![A-Za-z0-9])
    )""",
    re.VERBOSE,
)
_ADDRESS_OR_RUN: Final = regex(
    rf"""(?=[A-Za-z0-9+±~(\{{]) (?:
    (?P<address>(?<![^\s(])(?:[A-Za-z][A-Za-z0-9+.-]{{1,30}}:|[^\s<>@]++@)[^\s<>]++)
    | {_RUN.pattern})""",
    re.VERBOSE,
)
_TAG_OR_BEFORE: Final = regex(r"(<[^>]*>)")
_MAY_RUN: Final = regex(r"[0-9]|\{\{")
_MAY_RUN_AFTER: Final = regex(r">([^<0-9{]*+[0-9{][^<]*+)")
"""The text behind a tag, if there is a digit or a brace in it."""

_QUOTED: Final = regex(r"[ >]*")
_NOT_LED: Final = regex(r"\[[0-9]+\] |[a-z]+://\S+$")
_CODE: Final = regex(r"<(pre|code|kbd|samp)>((?:(?!</\1>).)*)", re.DOTALL)
_ONLY_FIELDS: Final = regex(rf"(?P<field>{_FIELD})")


def isolate(html: str, *, locale: str) -> str:
    """Admitted HTML with such runs in `bdi`; only the text between tags is touched."""
    pattern = _RUN if direction(locale) == "rtl" else _ONLY_FIELDS
    if pattern is _ONLY_FIELDS and "{{" not in html:
        return html
    if pattern is _RUN and html.startswith("<"):
        return _MAY_RUN_AFTER.sub(
            lambda match: f">{_RUN.sub(_set_apart, match[1])}", html
        )
    if pattern is _RUN:
        pieces = _TAG_OR_BEFORE.split(html)
        # The texts; most of them have no digit and no field.
        for place in range(0, len(pieces), 2):
            if _MAY_RUN.search(pieces[place]):
                pieces[place] = _RUN.sub(_set_apart, pieces[place])
        return "".join(pieces)
    return _TAG_OR_TEXT.sub(
        lambda match: match[1] or pattern.sub(_set_apart, match[2]),
        html,
    )


def isolate_code(html: str, *, locale: str) -> str:
    """Admitted HTML whose code says that it runs from left to right, where it does."""
    if direction(locale) != "rtl":
        return html
    return _CODE.sub(_from_left, html)


def _from_left(code: re.Match[str]) -> str:
    is_plain = not _runs_back(code[2])
    return f'<{code[1]} dir="ltr">{code[2]}' if is_plain else code[0]


def marked(text: str, *, locale: str) -> str:
    """
    Plain text with such runs between marks of the direction, which nobody sees.

    Merge fields and addresses stay as they are: other programs read them.
    """
    if direction(locale) != "rtl" or not _MAY_RUN.search(text):
        return text
    return _ADDRESS_OR_RUN.sub(_between_marks, text)


def as_written(line: str, *, locale: str) -> str:
    """
    A line of preformatted plain text, whose words keep the order they were written in.

    Code and opening hours in Latin letters would be turned around by a text that runs
    from right to left.
    """
    if direction(locale) != "rtl" or not line.strip() or _runs_back(line):
        return line
    return f"\N{LEFT-TO-RIGHT MARK}{line}\N{LEFT-TO-RIGHT MARK}"


def _runs_back(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(bidirectional(character) in {"R", "AL"} for character in text)


def led(line: str, *, locale: str) -> str:
    """
    A line of plain text that is seen to run the way of its locale.

    Where a line from right to left begins with a Latin word, many programs would turn
    the whole of it around; a mark that nobody sees says that it is not meant. A line
    that is an address, or names one by its number, is left alone.
    """
    if direction(locale) != "rtl" or _NOT_LED.match(line):
        return line
    for character in line:
        strong = bidirectional(character)
        if strong in {"R", "AL"}:
            return line
        if strong == "L":
            start = _QUOTED.match(line)
            place = start.end() if start else 0
            return f"{line[:place]}\N{RIGHT-TO-LEFT MARK}{line[place:]}"
    return line


def _between_marks(match: re.Match[str]) -> str:
    if match["address"] or match["field"]:
        return match[0]
    return f"\N{LEFT-TO-RIGHT MARK}{match[0]}\N{LEFT-TO-RIGHT MARK}"


def _set_apart(match: re.Match[str]) -> str:
    if match["field"]:
        return f"<bdi>{match[0]}</bdi>"
    return f'<bdi dir="ltr">{match[0]}</bdi>'
