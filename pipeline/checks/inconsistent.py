"""One source, several translations: the reader takes them for several things."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

_SHOWN: Final = 60
_WORDY: Final = 3
"""Spaces, at least, in a text that is hardly meant in two ways."""


class Inconsistent:
    """Finds translations that differ from how the site translates the same text."""

    name = "inconsistent"
    severity = Severity.WARNING
    explanation = (
        "The same English text is translated in another way elsewhere in the site. "
        "Say it alike in every place, or silence this where it is meant differently."
    )
    good = (
        Example(
            "tr",
            "Call the clinic at once.",
            "Hemen kliniği arayın.",
            elsewhere="Hemen kliniği arayın.",
        ),
        Example(
            "de",
            "Call the clinic at once.",
            "Rufen Sie sofort die Klinik an.",
            elsewhere="Rufen Sie sofort  die Klinik an",
        ),
    )
    bad = (
        Example(
            "tr",
            "Call the clinic at once.",
            "Kliniğe gecikmeden telefon edin.",
            elsewhere="Hemen kliniği arayın.",
        ),
        Example(
            "de",
            "Call the clinic at once.",
            "Melden Sie sich umgehend bei uns.",
            elsewhere="Rufen Sie sofort die Klinik an.",
        ),
        Example("es", "Open", "Abierto", elsewhere="Abrir"),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources, texts
        return bool(context.usual)

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        usual = context.usual.get(message.key) if context.usual else None
        if usual is None or not message.is_usable or len(message.msgstrs) > 1:
            return
        if _folded(usual) != _folded(message.msgstr):
            is_wordy = message.msgid.count(" ") >= _WORDY
            yield Remark(
                f"elsewhere the same text is “{_shortened(usual)}”; say it alike",
                None if is_wordy else Severity.INFO,
            )


def _folded(text: str) -> str:
    """The text without what nobody hears: case, blanks, marks."""
    return "".join(filter(str.isalnum, text.casefold()))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
