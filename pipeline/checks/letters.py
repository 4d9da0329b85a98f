"""Letters of another alphabet: a word that only looks right, or a text in another script."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_LATIN: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_CYRILLIC: Final = "\u0400-\u052f"
_MIXED: Final = re.compile(
    rf"(?=\w*[{_LATIN}])(?=\w*[{_CYRILLIC}])[{_LATIN}{_CYRILLIC}]+"
)
_HAS_CYRILLIC: Final = re.compile(f"[{_CYRILLIC}]")
_HAS_LATIN: Final = re.compile(f"[{_LATIN}]")
# Letters of one alphabet that nobody tells from those of another (Unicode TR 39).
_LOOKALIKES: Final = frozenset("аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅ")
_LATIN_LOOKALIKES: Final = frozenset("aeopcyxijsABEKMHOPCTYX")
_SCRIPTS: Final = {
    "ar": "\u0600-\u06ff",
    "bg": _CYRILLIC,
    "el": "\u0370-\u03ff",
    "fa": "\u0600-\u06ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "ja": "\u3040-\u30ff\u3400-\u9fff",
    "ko": "\uac00-\ud7af",
    "ru": _CYRILLIC,
    "th": "\u0e00-\u0e7f",
    "uk": _CYRILLIC,
    "zh": "\u3400-\u9fff",
}
_COMMON: Final = re.compile(r"(?<![\w.])[a-z]{3,}(?![\w.(])")
_WORDS: Final = 5


class Letters:
    """Finds words of mixed alphabets, and texts in the alphabet of the source."""

    name = "letters"
    severity = Severity.WARNING
    explanation = (
        "A word has letters of two alphabets that look alike, so that no search finds "
        "it, or the whole text is in another script than its language. Type it again."
    )
    good = (
        Example("ru", "Wash your hands.", "Мойте руки."),
        Example("tr", "Wash your hands.", "Ellerinizi yıkayın."),
        Example("ar", "Use HTML.", "استخدم HTML."),
    )
    bad = (
        Example("tr", "Wash your hands.", "Ellerinizi yıkаyın."),
        Example("ru", "Wash your hands.", "Мойте pуки."),
        Example(
            "ar",
            "Wash your hands with soap before every meal.",
            "Please wash both hands with soap before each meal.",
        ),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if all(text.isascii() for text in message.msgstrs) and language not in _SCRIPTS:
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    has_both = _HAS_CYRILLIC.search(msgstr) and _HAS_LATIN.search(msgstr)
    for match in _MIXED.finditer(msgstr) if has_both else ():
        word = match[0]
        cyrillic = {letter for letter in word if "\u0400" <= letter <= "\u052f"}
        latin = set(word) - cyrillic
        if (
            cyrillic <= _LOOKALIKES or latin <= _LATIN_LOOKALIKES
        ) and word not in source:
            yield Remark(
                f"“{word}” has Latin and Cyrillic letters that look alike; type it again"
            )
            return
    letters = _SCRIPTS.get(language)
    if letters is None or source.strip() == msgstr.strip():
        return
    if (
        re.search(f"[{letters}]", msgstr)
        or len(_COMMON.findall(blank(msgstr))) < _WORDS
    ):
        return
    yield Remark("the text has no letter of its language; is it the right one?")
