"""Tokens that an engine damaged, put right where only one reading is possible."""

import re
from typing import Final

from pipeline.masking.tokens import TOKEN, Masked

_OPENING: Final = r"[\[({［【⟦]"
_CLOSING: Final = r"[\])}］】⟧]"
_X: Final = r"[XxХхΧχ]"
_BEFORE: Final = rf"(?<![\w\[({{［【⟦])(?:{_OPENING}\s?)?"
_AFTER: Final = rf"(?:\s?{_CLOSING})?"


def repaired(answer: str, masked: Masked) -> str:
    """
    The answer with every token mended that is not there but for one damaged form.

    An ending inside the brackets (`[X1Xs]`) is dropped. A bracket or an X that was lost
    or changed (`X1X`, `(X1X)`, `[X1]`) is put back.
    """
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


def _forms(number: int) -> tuple[re.Pattern[str], ...]:
    core = rf"{_X}\s?{number}\s?{_X}"
    return (
        # With an ending, inside brackets.
        re.compile(rf"{_OPENING}\s?{core}['’-]?[^\W\d_]{{0,4}}\s?{_CLOSING}"),
        # One X is gone, the brackets are there.
        re.compile(
            rf"{_OPENING}\s?(?:{_X}\s?{number}|{number}\s?{_X})\s?{_CLOSING}",
        ),
        # The brackets are gone, or one of them.
        re.compile(rf"{_BEFORE}{core}(?![^\W_]){_AFTER}"),
    )
