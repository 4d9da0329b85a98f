"""Tokens that an engine damaged, put right where only one reading is possible."""

import re
from functools import partial
from html import unescape
from typing import Final

from pipeline.late import regex
from pipeline.masking.tokens import TOKEN, Masked

_OPENING: Final = r"[\[({［【⟦]"
_CLOSING: Final = r"[\])}］】⟧]"
_X: Final = r"[XxХхΧχ]"
_BEFORE: Final = rf"(?<![\w\[({{［【⟦])(?:{_OPENING}\s?)?"
_AFTER: Final = rf"(?:\s?{_CLOSING})?"
_SPLIT: Final = r"[\s\u00a0\u200b-\u200f\u2060\ufeff_.:#-]{0,2}"
"""Blanks, characters that nobody sees, and marks within a token."""
_ENTITY: Final = regex(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[Xx][\dA-Fa-f]{1,6});")
"""All entities of a source are masked: those in an answer are the service's own."""
_AROUND: Final = regex(r"\\?\[\s?(\[X(\d{1,6})X\])\s?\\?\]|\\\[(X(\d{1,6})X)\\?\]")


def repaired(answer: str, masked: Masked) -> str:
    """
    The answer with every token mended that is not there but for one damaged form.

    An ending inside the brackets (`[X1Xs]`) is dropped, and so is what split the token
    (`[X-1-X]`) or was put around it (`[[X1X]]`). A bracket or an X that was lost or
    changed (`X1X`, `(X1X)`, `[X1]`) is put back, an escaped character is the plain one.
    """
    answer = _ENTITY.sub(lambda match: unescape(match[0]), answer)
    answer = _AROUND.sub(partial(_bare, masked), answer)
    there = {int(match[1]) for match in TOKEN.finditer(answer)}
    for number in range(1, len(masked.tokens) + 1):
        if number in there:
            continue
        for form in _forms(number):
            found = list(form.finditer(answer))
            if len(found) == 1 and not form.search(masked.words):
                start, end = found[0].span()
                answer = f"{answer[:start]}[X{number}X]{answer[end:]}"
            if found:
                # Two candidates: no guess is better than the other.
                break
    return answer


def _bare(masked: Masked, match: re.Match[str]) -> str:
    """A token without what was put around it, if its source has nothing there."""
    number = int(match[2] or match[4])
    if not 0 < number <= len(masked.tokens) or masked.tokens[number - 1].before == "[":
        return match[0]
    return f"[X{number}X]"


def _forms(number: int) -> tuple[re.Pattern[str], ...]:
    core = rf"{_X}\s?{number}\s?{_X}"
    split = rf"{_X}{_SPLIT}{number}{_SPLIT}{_X}"
    return (
        # With an ending, inside brackets.
        re.compile(rf"{_OPENING}\s?{core}['’-]?[^\W\d_]{{0,4}}\s?{_CLOSING}"),
        # Something within.
        re.compile(rf"{_OPENING}{_SPLIT}{split}{_SPLIT}{_CLOSING}"),
        # One X is gone, the brackets are there.
        re.compile(
            rf"{_OPENING}\s?(?:{_X}\s?{number}|{number}\s?{_X})\s?{_CLOSING}",
        ),
        # The brackets are gone, or one of them.
        re.compile(rf"{_BEFORE}{core}(?![^\W_]){_AFTER}"),
    )
