"""Letters of another alphabet: a word that only looks right, or a text in another script."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.confusables import CYRILLIC, GREEK, LATIN, latin_looks, looks_latin
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_MIXED: Final = regex(
    rf"(?<![{LATIN}{CYRILLIC}{GREEK}])[{LATIN}{CYRILLIC}{GREEK}]*(?:[{LATIN}][{CYRILLIC}{GREEK}]|[{CYRILLIC}{GREEK}][{LATIN}]"
    rf"|[{CYRILLIC}][{GREEK}]|[{GREEK}][{CYRILLIC}])[{LATIN}{CYRILLIC}{GREEK}]*"
)
_LATIN: Final = regex(f"[{LATIN}]")
_OTHER: Final = regex(f"[{CYRILLIC}{GREEK}]")
_FOREIGN: Final = regex(rf"(?<!\w)[{CYRILLIC}{GREEK}]{{2,}}(?!\w)")
_WIDE: Final = regex("[\uff21-\uff3a\uff41-\uff5a]{2,}|[\U0001d400-\U0001d7ff]+")
_FIRST_WIDE: Final = "\uff21"
_SUSPECT: Final = regex(
    f"[{CYRILLIC}{GREEK}\u0218-\u021b\u0643\u064a\u06a9\u06cc\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
"""One of these is in every text that a look at letters is worth."""

_CYRILLIC_TOO: Final = frozenset(
    "ab az ba be bg bs ce cu cv el kk kv ky mk mn os pnt ru rue sah sr tg tk tt tyv udm "
    "uk uz".split()
)
"""Languages that are written, also, in one of the alphabets that look like Latin."""

# Letters of a neighbour's alphabet that look the same, and the language's own.
_NEIGHBOURS: Final = {
    "ar": {"ی": "ي", "ک": "ك"},
    "fa": {"ي": "ی", "ك": "ک"},
    "tr": {"ș": "ş", "Ș": "Ş", "ț": "t"},
}
_SCRIPTS: Final = {
    language: regex(f"[{letters}]")
    for language, letters in {
        "ar": "\u0600-\u06ff",
        "bg": CYRILLIC,
        "el": "\u0370-\u03ff",
        "fa": "\u0600-\u06ff",
        "he": "\u0590-\u05ff",
        "hi": "\u0900-\u097f",
        "ja": "\u3040-\u30ff\u3400-\u9fff",
        "ko": "\uac00-\ud7af",
        "ru": CYRILLIC,
        "th": "\u0e00-\u0e7f",
        "uk": CYRILLIC,
        "zh": "\u3400-\u9fff",
    }.items()
}
_COMMON: Final = regex(r"(?<![\w.])[a-z]{3,}(?![\w.(])")
_WORDS: Final = 5


_LATIN_LOOKALIKES: Final = frozenset("aeopcyxijsABEKMHOPCTYX")
_GREEK_LOOKALIKES: Final = frozenset("aeikvoptuxABEZHIKMNOPTYX")
_UNITS: Final = frozenset({"g", "m", "l", "s", "A", "V", "W", "F", "H", "T"})
_WIDE_LANGUAGES: Final = frozenset({"ja", "ko", "zh", "yue"})


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
        Example("de", "Wash your hands.", "Waschen Sie Ihre Ηände."),
        Example("fa", "Book", "كتاب"),
        Example(
            "ar",
            "Wash your hands with soap before every meal.",
            "Please wash both hands with soap before each meal.",
        ),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources
        return context.locale.partition("-")[0] in _SCRIPTS or _is_suspect(texts)

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language not in _SCRIPTS and not any(
            not text.isascii() and _is_suspect(text) for text in message.msgstrs
        ):
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    if not msgstr.isascii() and _is_suspect(msgstr):
        yield from _lookalikes(source, msgstr, language)
    letters = _SCRIPTS.get(language)
    if letters is None or source.strip() == msgstr.strip():
        return
    if letters.search(msgstr) or len(_COMMON.findall(blank(msgstr))) < _WORDS:
        return
    yield Remark("the text has no letter of its language; is it the right one?")


def _is_suspect(text: str) -> bool:
    return _SUSPECT.search(text) is not None


def _lookalikes(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    here = blank(msgstr)
    for match in _MIXED.finditer(here) if _OTHER.search(here) else ():
        word = match[0]
        if word not in source and _is_disguised(word):
            yield Remark(
                f"“{word}” has letters of two alphabets that look alike; type it again"
            )
            return
    if language not in _CYRILLIC_TOO and _is_latin(here):
        for match in _FOREIGN.finditer(here):
            if looks_latin(match[0]) and match[0] not in source:
                yield Remark(
                    f"“{match[0]}” is written in another alphabet that looks like "
                    f"{latin_looks(match[0])}; type it again"
                )
                return
    wide = _WIDE.search(here) if here and max(here) >= _FIRST_WIDE else None
    if wide and language not in _WIDE_LANGUAGES and wide[0] not in source:
        yield Remark(f"“{wide[0]}” has letters that no search finds; type it again")
    for letter, right in _NEIGHBOURS.get(language, {}).items():
        if letter in here and letter not in source:
            yield Remark(
                f"{letter} (U+{ord(letter):04X}) is a letter of another language; "
                f"write {right} (U+{ord(right):04X})",
                Severity.INFO,
            )
            return


def _is_latin(text: str) -> bool:
    """Whether the text is written in Latin letters, whatever else is in it."""
    return len(_LATIN.findall(text)) > len(_OTHER.findall(text))


def _is_disguised(word: str) -> bool:
    """Whether the letters of one of its alphabets all look like Latin ones."""
    cyrillic = "".join(each for each in word if "\u0400" <= each <= "\u052f")
    greek = "".join(each for each in word if "\u0370" <= each <= "\u03ff")
    latin = "".join(each for each in word if each not in cyrillic + greek)
    if cyrillic and greek:
        return True
    foreign = cyrillic or greek
    if looks_latin(foreign) and (len(foreign) > 1 or latin not in _UNITS):
        return bool(cyrillic) or len(latin) > 1
    if greek:
        return len(greek) > 1 and set(latin) <= _GREEK_LOOKALIKES
    return set(latin) <= _LATIN_LOOKALIKES
