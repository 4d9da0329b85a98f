"""Phone numbers as they are dialled inside a country: every figure in its place."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.characters import DIGIT, KEPT
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

# An area code with 0, in brackets or after 1-, then groups; links know those with +.
_PHONE: Final = regex(
    r"(?<![\w+.,:/-])(?:\(0?\d{2,5}\)|0\d{1,4}|1[ -]\d{3})[ \u00a0.-]?"
    r"\d{3,4}(?:[ \u00a0.-]?\d{2,4}){1,3}(?![\w.,-]*\d)"
)
_HINT: Final = regex(r"\d\d[)]?[ \u00a0.-]?\d\d\d")


class Phones:
    """Compares phone numbers figure by figure, however they are grouped."""

    name = "phones"
    severity = Severity.ERROR
    signs = frozenset({DIGIT})
    only_of_unlike = True
    explanation = (
        "A phone number has other figures than in the source, or the same ones in "
        "another order: who dials it reaches somebody else. Copy it figure by figure."
    )
    good = (
        Example("tr", "Call 0212 555 01 00.", "0212 555 01 00'ı arayın."),
        Example("de", "Call (212) 555-0100.", "Rufen Sie (212) 555 0100 an."),
        Example("ar", "Call 0212 555 01 00.", "اتصل على ٠٢١٢ ٥٥٥ ٠١ ٠٠."),
    )
    bad = (
        Example("tr", "Call 0212 555 01 00.", "0212 555 00 01'i arayın."),
        Example("de", "Call (212) 555-0100.", "Rufen Sie (212) 555-0010 an."),
        Example("ar", "Call 0212 555 01 00.", "اتصل على ٠٢١٢ ٥٥٥ ٠٠ ٠١."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        if not _may_have(message.msgid):
            return iter(())
        return compare_pairs(message, _compare)


@lru_cache(maxsize=KEPT)
def _may_have(source: str) -> bool:
    return _HINT.search(source) is not None


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    expected = _phones(source)
    if not expected or source == msgstr:
        return
    found = _phones(msgstr)
    missing = [digits for digits in expected if digits not in found]
    added = [digits for digits in found if digits not in expected]
    # One that is missing altogether is told as a number.
    for digits, other in zip(missing, added, strict=False):
        yield Remark(
            f"the phone number {expected[digits]} is {found[other]} here; copy it"
        )


def _phones(text: str) -> dict[str, str]:
    """The phone numbers of a text by their figures alone, without a leading 0."""
    text = _ascii(blank(text))
    return {
        "".join(filter(str.isdigit, match[0])).lstrip("0"): match[0].strip()
        for match in _PHONE.finditer(text)
    }


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(int(each)) if each.isdecimal() else each for each in text)
