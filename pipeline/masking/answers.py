"""What an engine gave back: made whole again, or refused with the reason."""

import re
from typing import Final

from pipeline.errors import EngineRefused
from pipeline.masking.numbers import have_equal_numbers
from pipeline.masking.tokens import TOKEN, Masked, unmask
from pipeline.placeholders import find

# What services send with status 200 in the place of a translation. Lower case.
_NOT_TRANSLATIONS: Final = (
    "mymemory warning",
    "you used all available free translations",
    "query length limit",
    "invalid language pair",
    "is an invalid target language",
    "is an invalid source language",
    "please select two distinct languages",
    "no query specified",
    "invalid email provided",
    "quota exceeded",
    "too many requests",
    "rate limit exceeded",
    "<!doctype",
    "<html",
    "error 500 (server error)",
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Characters that hide or turn text around: "12 mg" is shown as "gm 21".
_HIDDEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST: Final = 3
"""How many times as long as its source a translation may be, and a little."""
_SHORTEST: Final = 8
"""How many times as short; Chinese is a third of English."""
_SPARE: Final = 40
"""Characters to which neither applies: short texts vary more."""


def restore(
    answer: str,
    masked: Masked,
    *,
    source: str = "en",
    target: str = "en",
) -> str:
    """
    The translation with everything that was masked in its place, if it can be one.

    The locales (BCP 47) say how each side writes its numbers.

    Raises EngineRefused: a token was lost, doubled or torn from its pair; a number
    changed; markup was added; or the answer is empty, the source itself, of an
    impossible length, or a service's warning.
    """
    _require_text(answer, masked)
    whole = unmask(answer, masked)
    words = TOKEN.sub(" ", answer)
    _require_translation(words, masked.words)
    _require_nothing_added(words, masked.words)
    if not have_equal_numbers(masked.words, words, source=source, target=target):
        raise EngineRefused("the answer has other numbers than the text")
    return whole


def _require_text(answer: str, masked: Masked) -> None:
    if not answer.strip():
        raise EngineRefused("the answer is empty")
    lower, source = answer.lower(), masked.text.lower()
    for sign in _NOT_TRANSLATIONS:
        if sign in lower and sign not in source:
            raise EngineRefused(f"the answer is no translation: it says {sign!r}")
    if _HIDDEN.search(answer) and not _HIDDEN.search(masked.text):
        raise EngineRefused("the answer has control characters")


def _require_translation(words: str, source: str) -> None:
    if len(_WORD.findall(source)) > 1 and words.split() == source.split():
        raise EngineRefused("the answer is the text itself")
    if _WORD.search(source) and not _WORD.search(words):
        raise EngineRefused("the answer has no words")
    if len(words) > _LONGEST * len(source) + _SPARE:
        raise EngineRefused("the answer is far longer than the text")
    if len(source) > _SPARE and len(words) * _SHORTEST < len(source):
        raise EngineRefused("the answer is far shorter than the text")


def _require_nothing_added(words: str, source: str) -> None:
    """All that is not language was masked, so none can be beside the tokens."""
    there = {placeholder.raw for placeholder in find(source)}
    for placeholder in find(words):
        if placeholder.kind != "phone" and placeholder.raw not in there:
            raise EngineRefused(f"the answer adds {placeholder.raw[:60]}")
