"""Marks of the language's own writing: ؟ in Arabic, ¿ in Spanish, 。in Japanese."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_ARABIC: Final = "\u0621-\u064a\u066e-\u06d3"
_CJK: Final = "\u3040-\u30ff\u3400-\u9fff"
# By language: what stands where another mark should, and that one.
_WRONG: Final = {
    "ar": (
        (rf"(?<=[{_ARABIC}])\s?\?", "؟"),
        (rf"(?<=[{_ARABIC}])\s?,(?=\s)", "،"),
        (rf"(?<=[{_ARABIC}])\s?;(?=\s|$)", "؛"),
    ),
    "ja": (
        (rf"(?<=[{_CJK}])\.(?=\s|$)", "。"),
        (rf"(?<=[{_CJK}]),(?=\s?[{_CJK}])", "、"),
    ),
    "zh": (
        (rf"(?<=[{_CJK}])\.(?=\s|$)", "。"),
        (rf"(?<=[{_CJK}]),(?=\s?[{_CJK}])", "，"),
    ),
    "el": ((r"(?<=[\u0370-\u03ff\u1f00-\u1fff])\?", ";"),),
    "hy": ((r"(?<=[\u0561-\u0587])[:.](?=\s|$)", "։"),),
}
_BORROWED: Final = {"fa": "ar", "ur": "ar", "ckb": "ar", "ps": "ar", "yue": "zh"}
_FOR: Final = {"؟": "?", "،": ",", "؛": ";", "。": ".", "、": ",", "，": ","}
"""What has to be there for the mark to be missed."""

_INVERTED: Final = (
    ("?", "¿", regex(r"(?<=[a-záéíóúüñ)])\?(?=\W|$)")),
    ("!", "¡", regex(r"(?<=[a-záéíóúüñ)])!(?=\W|$)")),
)
_LANGUAGES: Final = frozenset({*_WRONG, *_BORROWED, "es"})


class Marks:
    """Finds Latin marks in languages that have their own."""

    name = "marks"
    severity = Severity.INFO
    explanation = (
        "The language has its own mark for this: ؟ and ، in Arabic and Persian, 。in "
        "Japanese, ; for a Greek question, ¿ before a Spanish one. Write that one."
    )
    good = (
        Example("ar", "Does it hurt?", "هل يؤلم؟"),
        Example("es", "Does it hurt?", "¿Duele?"),
        Example("ja", "It is safe.", "安全です。"),
        Example("el", "Does it hurt?", "Πονάει;"),
    )
    bad = (
        Example("ar", "Does it hurt?", "هل يؤلم?"),
        Example("es", "Does it hurt?", "Duele?"),
        Example("ja", "It is safe.", "安全です."),
        Example("el", "Does it hurt?", "Πονάει?"),
        Example("fa", "Soap, water", "صابون, آب"),
        Example("hy", "It is safe.", "Անվտանգ է:"),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources
        language = context.locale.partition("-")[0]
        if language == "es":
            return any(closing in texts for closing, _, _ in _INVERTED)
        language = _BORROWED.get(language, language)
        return language in _WRONG and any(
            pattern.search(texts) for pattern, _ in _patterns(language)
        )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language not in _LANGUAGES:
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    if language == "es":
        yield from _inverted(msgstr)
        return
    for pattern, right in _patterns(_BORROWED.get(language, language)):
        if right in _FOR and _FOR[right] not in msgstr:
            continue
        if not pattern.search(msgstr):
            continue
        match = pattern.search(blank(msgstr))
        # The Armenian full stop looks like a colon, and the source may have a colon.
        if match and (language != "hy" or source.rstrip()[-1:] == "."):
            yield Remark(
                f"“{match[0].strip()}” is {right} in this language; write that"
            )
            return


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(wrong), right) for wrong, right in _WRONG[language])


def _inverted(msgstr: str) -> Iterator[Remark]:
    for closing, opening, pattern in _INVERTED:
        if closing not in msgstr or opening in msgstr:
            continue
        if pattern.search(blank(msgstr)):
            yield Remark(f"“{closing}” is opened by {opening} in Spanish; add it")
