"""What an engine gave back: made whole again, or refused with the reason."""

import re
from typing import Final

from pipeline.errors import EngineRefused, TokensBroken
from pipeline.masking.loops import is_loop
from pipeline.masking.numbers import have_equal_numbers, with_target_separators
from pipeline.masking.repair import repaired
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
    "quota has been exceeded",
    "monthly limit",
    "invalid api key",
    "service unavailable",
)
# How language models refuse or talk instead of translating. Lower case.
_TALK: Final = (
    "i cannot help",
    "i can't help",
    "i can’t help",
    "i cannot assist",
    "i can't assist",
    "i can’t assist",
    "i cannot provide",
    "i can't provide",
    "i cannot translate",
    "i can't translate",
    "i'm unable to",
    "i am unable to",
    "i’m unable to",
    "i'm sorry, but",
    "i’m sorry, but",
    "i am sorry, but",
    "as an ai",
    "as a language model",
    "here is the translation",
    "here's the translation",
    "here’s the translation",
    "the translation is",
    "sure, here",
    "sure! here",
    "translation:",
)
_HELPLESS: Final = (
    "no puedo ayudar",
    "no puedo proporcionar",
    "yardımcı olamam",
    "yardımcı olamıyorum",
    "ne peux pas vous aider",
    "kann ihnen nicht helfen",
    "kann dabei nicht helfen",
    "لا أستطيع المساعدة",
    "لا يمكنني المساعدة",
)
"""The same in other languages; it may translate a source that says so itself."""
_HELP: Final = ("help", "assist", "provide", "support")
# Words that every English text has, and hardly one in another language.
_ENGLISH: Final = frozenset("the and of with this that your you for are is to".split())
_MOST_ENGLISH: Final = 0.25
"""How much of a translation may be such words; names and titles are English too."""
_MOST_CAPITALS: Final = 0.6
_LETTERS: Final = 12
"""Letters from which on capitals are shouting and no abbreviation."""
_WORDS: Final = 5
"""Words from which on a text is more than a name."""
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

    Raises TokensBroken: a token was lost, doubled or torn from its pair, or a number
    changed. Raises EngineRefused: markup was added; or the answer is empty, the source
    itself, in capitals, in the source's language, of an impossible length, a service's
    warning, or talk.
    """
    _require_text(answer, masked)
    answer = repaired(answer, masked)
    locales = {"source": source, "target": target}
    if not have_equal_numbers(masked.words, TOKEN.sub(" ", answer), **locales):
        answer = with_target_separators(masked.words, answer, **locales)
    whole = unmask(answer, masked)
    words = TOKEN.sub(" ", answer)
    _require_translation(words, masked.words)
    _require_no_talk(words.lower(), masked.words.lower())
    _require_target(words, masked.words, source, target)
    _require_nothing_added(words, masked.words)
    if not have_equal_numbers(masked.words, words, **locales):
        raise TokensBroken("the answer has other numbers than the text")
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
    is_name = len(_WORD.findall(source)) < 2  # noqa: PLR2004 - one word may stay
    if not is_name and words.casefold().split() == source.casefold().split():
        raise EngineRefused("the answer is the text itself")
    if _WORD.search(source) and not _WORD.search(words):
        raise EngineRefused("the answer has no words")
    if len(words) > _LONGEST * len(source) + _SPARE:
        raise EngineRefused("the answer is far longer than the text")
    if len(source) > _SPARE and len(words) * _SHORTEST < len(source):
        raise EngineRefused("the answer is far shorter than the text")
    if is_loop(words, source):
        raise EngineRefused("the answer says the same over and over")


def _require_no_talk(words: str, source: str) -> None:
    for sign in _TALK:
        if sign in words and sign not in source:
            raise EngineRefused(f"the answer is no translation: it says {sign!r}")
    for sign in _HELPLESS:
        if sign in words and not any(word in source for word in _HELP):
            raise EngineRefused(f"the answer is no translation: it says {sign!r}")


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
