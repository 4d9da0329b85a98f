"""Quotation marks: in pairs, and those of the language (CLDR, "delimiters")."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_DOUBLE: Final = regex('["“”„‟«»]')
_CURLY: Final = regex("[“”„‟«»「」『』]")
_ANY: Final = frozenset('"“”„‟«»「」『』')
_CORNERS: Final = (("「", "」"), ("『", "』"))
# 5" is a length, and 40° 26' 46" a place; Hebrew writes its abbreviations with one.
_INCH: Final = regex(r"(?<=\d)\s?[\"”]|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea])")
_WORD: Final = regex(r"[^\W\d_]{2}")
_PHRASE: Final = regex(r'["“][^"“”]{2,}["”]')
_OTHER_WAYS: Final = regex(r"[\"'‘’‚‹›*_`<“”„‟«»「」『』《》【】\ufffc]")

# The usual pair of a language, and every mark that is right in it; " always is.
_MARKS: Final = {
    "ar": ("”…“", "“”«»„"),
    "bg": ("„…“", "„“”«»"),
    "cs": ("„…“", "„“»«"),
    "da": ("“…”", "“”„»«"),
    "de": ("„…“", "„“»«"),
    "el": ("«…»", "«»“”"),
    "en": ("“…”", "“”"),
    "es": ("«…»", "«»“”"),
    "fa": ("«…»", "«»“”"),
    "fi": ("”…”", "”»"),
    "fr": ("« … »", "«»“”"),
    "hu": ("„…”", "„”»«"),
    "it": ("«…»", "«»“”"),
    "ja": ("「…」", "「」『』“”"),
    "ko": ("“…”", "“”「」『』«»"),
    "nl": ("“…”", "“”„"),
    "pl": ("„…”", "„”«»"),
    "pt": ("“…”", "“”«»"),
    "ro": ("„…”", "„”«»"),
    "ru": ("«…»", "«»„“"),
    "sv": ("”…”", "”»«"),
    "tr": ("“…”", "“”«»"),
    "uk": ("«…»", "«»„“”"),
    "zh": ("“…”", "“”「」『』"),
}
_SWISS: Final = frozenset({"de-CH", "de-LI"})


class Quotes:
    """Compares quotation marks, and holds them against those of the language."""

    name = "quotes"
    severity = Severity.WARNING
    signs = _ANY
    explanation = (
        "A quotation mark has no partner, the quoted words of the source are in no "
        "marks here, or the marks are those of another language. Write them in pairs."
    )
    good = (
        Example("tr", "Say “stop”.", "“Dur” deyin."),
        Example("de", "Say “stop”.", "Sagen Sie „Stopp“."),
        Example("ja", "Say “stop”.", "「止めて」と言ってください。"),
        Example("fr", "Say “stop”.", "Dites « stop »."),
    )
    bad = (
        Example("tr", "Say “stop”.", "“Dur deyin."),
        Example("tr", "Say “stop now”.", "Hemen dur deyin."),
        Example("de", "Say “stop”.", "Sagen Sie “Stopp”."),
        Example("ja", "Say “stop”.", "「止めてと言ってください。"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, locale=context.locale))


def _compare(source: str, msgstr: str, locale: str) -> Iterator[Remark]:
    if source == msgstr:
        return
    there, here = blank(source), blank(msgstr)
    if _is_odd(here) and not _is_odd(there) and _WORD.search(there):
        yield Remark("a quotation mark has no partner here; open and close it")
        return
    # Quoting marks of English may be apostrophes and ASCII; a phrase in them is sure.
    if _PHRASE.search(there) and not _OTHER_WAYS.search(here):
        yield Remark(
            "what the source quotes stands in no quotation marks here; add them",
            Severity.INFO,
        )
        return
    language = locale.partition("-")[0]
    if language in _MARKS and _CURLY.search(here):
        yield from _foreign(there, here, language, locale)


def _foreign(source: str, msgstr: str, language: str, locale: str) -> Iterator[Remark]:
    usual, known = _MARKS[language]
    if locale in _SWISS:
        usual, known = "«…»", "«»„“"
    mark = next((m for m in _CURLY.findall(msgstr) if m not in known), None)
    # Where the source quotes in a foreign manner, it has a reason.
    if mark and (mark in "“”" or mark not in source):
        yield Remark(
            f"{mark} is no mark of this language; write {usual}", Severity.INFO
        )


def _is_odd(text: str) -> bool:
    """Whether a double quotation mark is open at the end."""
    if len(_DOUBLE.findall(text)) % 2 and len(_DOUBLE.findall(_INCH.sub("", text))) % 2:
        return True
    return any(text.count(opening) != text.count(end) for opening, end in _CORNERS)
