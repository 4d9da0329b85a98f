"""Apostrophes: before the suffixes of Turkish numbers and names, and of one kind."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from pipeline.characters import has_digit, signs
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

# Suffixes as they follow a number: 5'i, 10'da (Türk Dil Kurumu, "Kesme işareti").
_NUMBER: Final = regex(
    r"(?<![\w.,:/%#&;-])(%?\d+(?:[.,]\d+)?)"
    r"((?:[sy])?[ıiuü]|[ns]?[ıiuü]n|[yn]?[dt][ae]n?|y[ae]|[ıiuü]nc[ıiuü]|n?c[ıiuü]|s?[ıiuü]n?[dt][ae]n?|l[ıiuü]k?|l[ae]r\w*|[dt][ıiuü]r)(?!\w)"
)
_AT_NUMBER: Final = regex(r"\d[a-zıü]")
_KNOWN: Final = (
    *("Türkiye", "İstanbul", "Ankara", "İzmir"),
    *("Avrupa", "Almanya", "Fransa", "Atatürk"),
)
_NAMES: Final = regex(
    rf"(?<!\w)({'|'.join(_KNOWN)})"
    r"(n?[ıiuü]n|[yn]?[ae]|[dt][ae]n?|y?l[ae])(?!\w)"
)
_FIELD: Final = regex(
    r"(?P<field>\}\}?|%\(\w+\)s)(?P<suffix>n?[ıiuü]n|[dt][ae]n?|y[ae])(?!\w)"
)
_FIELD_ENDS: Final = frozenset("})")
_STRAIGHT: Final = regex(r"(?<=\w)'(?=\w)")
_CURLY: Final = regex(r"(?<=\w)’(?=\w)")


class Apostrophes:
    """Finds suffixes without an apostrophe, and apostrophes of two kinds."""

    name = "apostrophes"
    severity = Severity.INFO
    explanation = (
        "In Turkish an apostrophe parts a suffix from a number, a name or a merge "
        "field: 5'i, Türkiye'nin, {ad}'ın. Use one kind of apostrophe, ' or ’."
    )
    good = (
        Example("tr", "5 of 10", "10'da 5'i"),
        Example("tr", "{name}'s visit", "{name}'in randevusu"),
        Example("fr", "water and oil", "de l’eau et de l’huile"),
    )
    bad = (
        Example("tr", "In 2026", "2026da"),
        Example("tr", "{name}'s visit", "{name}in randevusu"),
        Example("tr", "From Turkey", "Türkiyeden"),
        Example("fr", "water and oil", "de l’eau et de l'huile"),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources
        if "’" in texts and "'" in texts:
            return True
        return context.locale.partition("-")[0] == "tr" and (
            _AT_NUMBER.search(texts) is not None
            or _FIELD.search(texts) is not None
            or any(map(texts.__contains__, _KNOWN))
        )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language != "tr" and not any("’" in text for text in message.msgstrs):
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    if language == "tr":
        yield from _suffixes(source, msgstr)
    if "’" in msgstr and "'" in msgstr and not ("’" in source and "'" in source):
        here = blank(msgstr)
        if _STRAIGHT.search(here) and _CURLY.search(here):
            yield Remark("the text has both ' and ’ as apostrophes; write one of them")


def _suffixes(source: str, msgstr: str) -> Iterator[Remark]:
    has_field = not _FIELD_ENDS.isdisjoint(signs(msgstr))
    match = _FIELD.search(msgstr) if has_field else None
    if match and match[0] not in source:
        field, suffix = match["field"], match["suffix"]
        yield Remark(f"“…{match[0]}”: write an apostrophe before it, {field}'{suffix}")
        return
    for pattern in (_NUMBER, _NAMES):
        if pattern is _NUMBER and not has_digit(msgstr):
            continue
        if pattern.search(msgstr):
            match = pattern.search(blank(msgstr))
            if match and match[0] not in source:
                right = f"{match[1]}'{match[2]}"
                yield Remark(f"“{match[0]}”: write an apostrophe before it, {right}")
                return
