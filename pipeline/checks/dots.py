"""The four letters İ, I, ı and i of Turkish and Azerbaijani, which programs mix up."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_LANGUAGES: Final = frozenset({"az", "tr"})
_DOT: Final = "\N{COMBINING DOT ABOVE}"
_COMBINED: Final = regex("(?<!\\w)\\w*[iıIİ]\u0307\\w*")
# Frequent words that have no dotless letter; none of them is an English one.
_CAPITAL: Final = regex(
    r"(?<![\w.-])I(?:ki(?:nci|si|z)?|lk(?:bahar|esi)?|çin(?:de|den|deki)?|laç(?:lar)?\w*"
    r"|lac[ıi]\w*|lgili|leti\w*|letişim|şlem\w*|şaret\w*|zin\w*|ptal|çerik\w*|ndirin?|sim"
    r"|htiyaç\w*|htiyac\w*|nsan\w*|yileş\w*|stanbul\w*|zmir\w*|stediğ\w*|steğ\w*)(?!\w)"
)
_UPPER: Final = regex(
    r"(?<!\w)(?:BILGI\w*|IÇIN\w*|IÇERIK\w*|ILE|ILETIŞIM|GIRIŞ\w*|DIKKAT|KLINIK\w*"
    r"|HIZMET\w*|TEDAVI\w*|IKI|ILK|ILA[ÇC]\w*|IZIN|ISTANBUL|IZMIR|DEĞIL|DIĞER"
    r"|BIRIM\w*|IŞLEM\w*|HEKIM\w*|EKIM|NISAN|HAZIRAN)(?!\w)"
)
_SMALL: Final = regex(
    r"(?<!\w)(?:ıle|ıçın|ıçin|ılk|ıki|ıkı|bılg[ıi]\w*|bır|bıçim\w*|değıl|ıyi|ıyı|dıkkat"
    r"|klınık|tedavı\w*|hekım\w*|ıstanbul|ıletişim|ılaç\w*|ıhtiyaç)(?!\w)"
)
_INSIDE: Final = regex(r"(?<!\w)[a-zçğıöşü]{2,}I(?:[a-zçğıöşü]{2,})?(?!\w)")


class Dots:
    """Finds letters that lost or gained a dot when case was changed."""

    name = "dots"
    severity = Severity.WARNING
    explanation = (
        "Turkish and Azerbaijani have İ with i and I with ı. A program that changed "
        "the case made one of the other: İki, not Iki; BİLGİ, not BILGI. Type it again."
    )
    good = (
        Example("tr", "Two drugs", "İki ilaç"),
        Example("tr", "WARM WATER", "ILIK SU"),
        Example("az", "Two days", "İki gün"),
    )
    bad = (
        Example("tr", "Two drugs", "Iki ilaç"),
        Example("tr", "INFORMATION", "BILGI"),
        Example("tr", "istanbul", "i\u0307stanbul"),
        Example("az", "Two days", "Iki gün"),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources
        if context.locale.partition("-")[0] not in _LANGUAGES:
            return False
        return any(sign in texts for sign in "Iı\u0307")

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if context.locale.partition("-")[0] not in _LANGUAGES:
            return iter(())
        if not any(sign in text for text in message.msgstrs for sign in "Iı\u0307"):
            return iter(())
        return compare_pairs(message, _compare)


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    here = blank(msgstr)
    match = _COMBINED.search(here) if _DOT in here and _DOT not in source else None
    if match:
        yield Remark(f"“{match[0]}” has a dot too many (U+0307); type the word again")
        return
    for pattern in (_CAPITAL, _UPPER, _SMALL, _INSIDE):
        if ("ı" if pattern is _SMALL else "I") not in here:
            continue
        match = pattern.search(here)
        if match and match[0] not in source:
            yield Remark(
                f"“{match[0]}” has an I or ı with the wrong dot; type it again"
            )
            return
