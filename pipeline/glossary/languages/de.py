"""German: cases and plurals, adjectives, regular verbs, and compounds in one word."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, any_of

_NOUN: Final = "e[nrs]?|ern|s|n|nen|innen|in"
_UMLAUT: Final = {"a": "ä", "o": "ö", "u": "ü"}
_ADJECTIVE: Final = any_of("e[nmrs]?")
_VERB: Final = "en|e|st|t|est|et|te[nt]?|test|n|end(?:e[nmrs]?)?"
_PREFIXES: Final = (
    "ab an auf aus bei ein fest herunter hinzu hoch los mit nach vor weg zu zurück"
).split()
# What makes another word, and no compound (Blut, Blutung).
_DERIVED: Final = (
    "ung|lich|ig|isch|los|haft|heit|keit|schaft|chen|lein|bar|sam|er|en|ier|ell|ieren"
)
_REST: Final = rf"(?:e?s|e?n|er)?-?(?!(?:{_DERIVED})(?:e[nmrs]?|s)?$)[^\W\d_]{{3,}}"
_LONG_ENOUGH: Final = 4
"""Letters of a word that is looked for in compounds: `Arm` is not in `Armut`."""

_LONGEST: Final = 80
_TAIL: Final = 3
"""Letters that the part before it has at least."""


def stems(word: Word) -> Iterator[Stem]:
    """A noun with its endings and compounds, an adjective or a verb."""
    text = word.text
    if not text.isalpha():
        yield Stem(text)
        return
    if not word.is_last or not (word.is_capitalized or word.is_verb):
        yield Stem(text, _ADJECTIVE)
        if text.endswith("e"):
            yield Stem(text[:-1], _ADJECTIVE)
        if text[-2:] in {"er", "es", "en"}:
            yield Stem(text[:-2], _ADJECTIVE)
    if word.is_last and (word.is_verb or not word.is_capitalized):
        yield from _verb(text, word)
    if word.is_last and not word.is_verb:
        yield from _noun(text, word)


def _noun(text: str, word: Word) -> Iterator[Stem]:
    endings = _NOUN
    is_long = word.is_capitalized and len(text) >= _LONG_ENOUGH
    if is_long:
        endings = f"{_NOUN}|{_REST}"
    yield Stem(text, re.compile(f"(?:{endings})?"), may_follow=is_long)
    changed = _with_umlaut(text)
    if word.is_capitalized and changed:
        yield Stem(changed, any_of("e[rn]?", "ern", "n"), may_follow=is_long)
    if is_long and text.endswith("e"):
        # Stammzelle, Stammzellspende, Stammzell-Spende
        yield Stem(text[:-1], re.compile(f"(?:{_REST})?"))
    if text.endswith(("um", "us", "a", "o")):
        root = text[: -1 if text[-1] in "ao" else -2]
        yield Stem(root, re.compile("en"), may_follow=is_long)


def _with_umlaut(text: str) -> str:
    place = max(text.rfind(vowel) for vowel in _UMLAUT)
    if place < 0 or text.endswith("ung"):
        return ""
    if text[place - 1 : place + 1] == "au":
        place -= 1
    return text[:place] + _UMLAUT[text[place]] + text[place + 1 :]


def _verb(text: str, word: Word) -> Iterator[Stem]:
    if not text.endswith("n") or (not word.is_verb and word.is_capitalized):
        return
    root = text[:-2] if text.endswith("en") else text[:-1]
    yield Stem(root, re.compile(_VERB))
    for prefix in ("", *_PREFIXES):
        if root.startswith(prefix) and len(root) > len(prefix) + 1:
            rest = root[len(prefix) :]
            yield Stem(
                f"{prefix}ge{rest}", any_of("e?t(?:e[nmrs]?)?", "en(?:e[nmrs]?)?")
            )
            if prefix:
                yield Stem(f"{prefix}zu{rest}", re.compile("e?n"))


def starts(token: str, raw: str) -> Iterable[int]:
    """Its beginning, and in a noun every letter after the third."""
    if len(token) > _LONGEST or not raw[:1].isupper():
        return (0,)
    return (0, *range(_TAIL, len(token) - _LONG_ENOUGH + 1))


LANGUAGE: Final = Language(stems, starts=starts)
