"""What an engine gave back: made whole again, or refused with the reason."""

from typing import Final

from pipeline.errors import EngineRefused, TokensBroken
from pipeline.late import regex
from pipeline.masking.loops import is_loop
from pipeline.masking.numbers import have_equal_numbers, with_target_separators
from pipeline.masking.repair import repaired
from pipeline.masking.structure import (
    require_no_joints,
    require_no_remains,
    require_same_places,
    require_same_structure,
)
from pipeline.masking.talk import talk_in, warning_in
from pipeline.masking.tokens import TOKEN, Masked, unmask
from pipeline.placeholders import find

# Words that every English text has, and hardly one in another language.
_ENGLISH: Final = frozenset("the and of with this that your you for are is to".split())
_MOST_ENGLISH: Final = 0.25
"""How much of a translation may be such words; names and titles are English too."""
_MOST_CAPITALS: Final = 0.6
_LETTERS: Final = 12
"""Letters from which on capitals are shouting and no abbreviation."""
_WORDS: Final = 5
"""Words from which on a text is more than a name."""
_QUOTES: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "`": "`"}
_WORD: Final = regex(r"[^\W\d_]+")
# Characters that hide or turn text around: "12 mg" is shown as "gm 21".
_HIDDEN: Final = regex(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
# What decoding leaves of characters that were cut or in another encoding.
_BROKEN: Final = regex(r"[\ud800-\udfff\ufffd-\uffff]|Ã[¡-º¼-¿]|Ä[°±Ÿž]|Å[žŸ]")
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

    Raises TokensBroken: a token was lost, doubled, torn from its pair or moved into
    another, or a number changed. Raises EngineRefused: markup was added; or the answer
    is empty, the source itself, in capitals, in the source's language, of an impossible
    length, a service's warning, or talk.
    """
    _require_text(answer, masked)
    answer = _unquoted(repaired(answer, masked), masked.text)
    locales = {"source": source, "target": target}
    if not have_equal_numbers(masked.words, TOKEN.sub(" ", answer), **locales):
        answer = with_target_separators(masked.words, answer, **locales)
    whole = unmask(answer, masked)
    words = TOKEN.sub(" ", answer)
    _require_translation(words, masked.words)
    if sign := talk_in(words, masked.words):
        raise EngineRefused(f"the answer is no translation: it says {sign!r}")
    _require_target(words, masked.words, source, target)
    _require_nothing_added(words, masked.words)
    if not have_equal_numbers(masked.words, words, **locales):
        raise TokensBroken("the answer has other numbers than the text")
    require_no_remains(words, masked.words)
    require_no_joints(answer, masked)
    require_same_places(answer, masked)
    require_same_structure(whole, masked)
    return whole


def _unquoted(answer: str, source: str) -> str:
    """The answer without the quotes that a model put around all of it."""
    inner = answer.strip()
    first, last = inner[:1], inner[-1:]
    is_quoted = _QUOTES.get(first) == last and not source.startswith(tuple(_QUOTES))
    if is_quoted and not any(mark in inner[1:-1] for mark in first + last):
        return inner[1:-1]
    return answer


def _require_text(answer: str, masked: Masked) -> None:
    if not answer.strip():
        raise EngineRefused("the answer is empty")
    if sign := warning_in(answer, masked.text):
        raise EngineRefused(f"the answer is no translation: it says {sign!r}")
    if _HIDDEN.search(answer) and not _HIDDEN.search(masked.text):
        raise EngineRefused("the answer has control characters")
    if _BROKEN.search(answer) and not _BROKEN.search(masked.text):
        raise EngineRefused("the answer has characters that are broken")


def _require_translation(words: str, source: str) -> None:
    is_name = len(_WORD.findall(source)) < 2  # noqa: PLR2004 - one word may stay
    if not is_name and _folded(words) == _folded(source):
        raise EngineRefused("the answer is the text itself")
    if _WORD.search(source) and not _WORD.search(words):
        raise EngineRefused("the answer has no words")
    if len(words) > _LONGEST * len(source) + _SPARE:
        raise EngineRefused("the answer is far longer than the text")
    if len(source) > _SPARE and len(words) * _SHORTEST < len(source):
        raise EngineRefused("the answer is far shorter than the text")
    if is_loop(words, source):
        raise EngineRefused("the answer says the same over and over")


def _folded(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _require_target(words: str, source: str, ours: str, theirs: str) -> None:
    """It is not in capitals, and not in English, unless that is what it should be."""
    if _capitals(words) > _MOST_CAPITALS >= _capitals(source):
        raise EngineRefused("the answer is in capitals")
    is_foreign = ours.partition("-")[0] == "en" != theirs.partition("-")[0]
    found = _WORD.findall(words.lower())
    if is_foreign and len(found) >= _WORDS:
        english = sum(word in _ENGLISH for word in found)
        if english > _MOST_ENGLISH * len(found):
            raise EngineRefused("the answer is in English")


def _capitals(text: str) -> float:
    """How much of the letters that have capitals is in capitals; 0 in a short text."""
    cased = [char for char in text if char.isupper() or char.islower()]
    if len(cased) < _LETTERS:
        return 0.0
    return sum(char.isupper() for char in cased) / len(cased)


def _require_nothing_added(words: str, source: str) -> None:
    """All that is not language was masked, so none can be beside the tokens."""
    there = {placeholder.raw for placeholder in find(source)}
    for placeholder in find(words):
        if placeholder.kind != "phone" and placeholder.raw not in there:
            raise EngineRefused(f"the answer adds {placeholder.raw[:60]}")
