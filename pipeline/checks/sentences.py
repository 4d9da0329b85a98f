"""Sentences: none is missing, and nothing stands after the last one of the source."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from pipeline.characters import letter_count
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

# Letters for one letter of English: the median of public catalogs.
_USUAL: Final = {
    "ar": 0.85,
    "de": 1.21,
    "es": 1.16,
    "fa": 0.97,
    "fr": 1.19,
    "it": 1.17,
    "ja": 0.6,
    "ko": 0.55,
    "nl": 1.15,
    "pt": 1.12,
    "ru": 1.13,
    "tr": 1.1,
    "uk": 1.1,
    "zh": 0.33,
}
_LEAST: Final = 0.78
_MOST: Final = 1.35
"""Beyond these shares of the usual length a sentence more or less is no style."""

_ENOUGH: Final = 45
"""Shorter texts vary too much."""

_CLOSERS: Final = r"[\"'”’»)\]*_」』）]*"
# What is surely the end of a sentence, and what may be one.
_SURE: Final = regex(
    rf"(?:[^\W\d_]{{2}}|\ufffc)[.!?؟۔։]+{_CLOSERS}(?=\s+\W*[^\Wa-z\d_]|\s*\Z)"
    r"|[。！？]"
)
_INNER: Final = regex(rf"[.!?؟۔։]{_CLOSERS}\s|[。！？]")
_MAYBE: Final = regex(rf"[.!?؟۔։:;؛；：]+{_CLOSERS}(?=\s|\ufffc|\Z)|[。！？]|\n|[–—]")


class Sentences:
    """Counts sentences where the length of the translation is odd as well."""

    name = "sentences"
    severity = Severity.WARNING
    explanation = (
        "The translation has fewer sentences than the source and is short, or has more "
        "and is long. Read both to the end: is one missing, or one too many?"
    )
    good = (
        Example(
            "tr",
            "Wash your hair gently in the morning. Do not scratch the area.",
            "Saçınızı sabahları nazikçe yıkayın, bölgeyi de sakın kaşımayın.",
        ),
        Example(
            "de",
            "Wash your hair gently in the morning and do not scratch the area.",
            "Waschen Sie Ihr Haar morgens sanft. Kratzen Sie die Stelle nicht.",
        ),
    )
    bad = (
        Example(
            "tr",
            "Wash your hair gently in the morning. Do not scratch the area.",
            "Saçınızı sabahları nazikçe yıkayın.",
        ),
        Example(
            "de",
            "Wash your hair gently in the morning. Do not scratch the area.",
            "Waschen Sie Ihr Haar morgens sanft. Kratzen Sie die Stelle nicht. "
            "Buchen Sie gleich heute Ihren nächsten Termin bei uns.",
        ),
        Example(
            "ja",
            "Wash your hair gently in the morning. Do not scratch the area.",
            "朝は髪をやさしく洗ってください。",
        ),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        usual = _USUAL.get(context.locale.partition("-")[0])
        if usual is None or len(message.msgid) < _ENOUGH:
            return iter(())
        return compare_pairs(message, partial(_compare, usual=usual))


def _compare(source: str, msgstr: str, usual: float) -> Iterator[Remark]:
    share = len(msgstr) / (usual * (len(source) or 1))
    if 0.9 * _MOST > share > 1.1 * _LEAST:
        return
    # One sentence can neither lose one nor be followed by none.
    if not _INNER.search(source if share < 1 else msgstr):
        return
    there, here = blank(source), blank(msgstr)
    length = letter_count(there)
    if length < _ENOUGH or source == msgstr:
        return
    share = letter_count(here) / (usual * length)
    if share < _LEAST:
        count, other = _count(_SURE, there), _count(_MAYBE, here)
        if other < count > 1:
            yield Remark(
                f"the source has {count} sentences, and this is short and has "
                f"{max(other, 1)}; is one missing?"
            )
    elif share > _MOST:
        count, other = _count(_MAYBE, there), _count(_SURE, here)
        if other > count > 0:
            yield Remark(
                f"the source ends after {count} of these {other} sentences; take out "
                "what it does not say"
            )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))
