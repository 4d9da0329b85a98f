"""Translations carried over to texts that differ in numbers and placeholders alone."""

from collections import Counter
from typing import Final

from pipeline.late import regex
from pipeline.masking.numbers import carry_numbers
from pipeline.placeholders import Placeholder, find

_HOLE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
_NUMBER: Final = regex(r"\d+(?:\S\d+)*")
_MAYBE: Final = regex(r"[\d{}%<`\[@*]|://|www\.")
"""What every text has that has a number or a placeholder."""


def skeleton(text: str) -> str | None:
    """The text without its numbers and placeholders; None where it has none."""
    if not _MAYBE.search(text):
        return None
    bare = _NUMBER.sub("0", _filled(text, find(text), [_HOLE] * len(find(text))))
    return None if bare == text else bare


def carry_over(source: str, translation: str, other: str) -> str | None:
    """
    The translation of `source`, made into one of `other` by what is not language.

    None unless the two sources differ in placeholders and whole numbers alone, and
    what changes stands once in the source and once in the translation.
    """
    before, after = find(source), find(other)
    if source == other or [p.kind for p in before] != [p.kind for p in after]:
        return None
    changes = {
        old.raw: new.raw
        for old, new in zip(before, after, strict=True)
        if old.raw != new.raw
    }
    there = find(translation)
    ours, theirs = Counter(p.raw for p in before), Counter(p.raw for p in there)
    if any(ours[raw] != 1 or theirs[raw] != 1 for raw in changes):
        return None
    swapped = _filled(source, before, [p.raw for p in after])
    carried = _filled(translation, there, [changes.get(p.raw, p.raw) for p in there])
    if swapped == other:
        return carried
    return carry_numbers(swapped, carried, other)


def _filled(text: str, found: tuple[Placeholder, ...], raws: list[str]) -> str:
    """The text with other placeholders in the place of its own."""
    parts = []
    end = 0
    for placeholder, raw in zip(found, raws, strict=True):
        parts += [text[end : placeholder.start], raw]
        end = placeholder.end
    return "".join([*parts, text[end:]])
