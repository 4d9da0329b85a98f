"""How long subject lines and descriptions are: what is cut off is not read."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

MOST: Final = {"subject": 90, "preheader": 150, "description": 220, "title": 120}
"""What mail programs and search results show of each, and a third more."""


class Subject:
    """Finds subjects, titles and descriptions that would be cut off."""

    name = "subject"
    severity = Severity.WARNING
    explanation = (
        "A subject, title, preheader or description is longer than what mail programs "
        "and search results show. Say it shorter: the end is cut off."
    )
    good = (
        Example("tr", "Your visit", "Randevunuz", "subject"),
        Example("de", "Your visit", "Ihr Termin " * 30),
    )
    bad = (
        Example(
            "tr", "Your visit", "Kliniğimizdeki randevunuz hakkında " * 3, "subject"
        ),
        Example("de", "Your visit", "Ihr Termin in unserer Klinik " * 6, "preheader"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        most = MOST.get(message.msgctxt or "")
        if most is None or len(message.msgid) > most:
            return
        for pair in pairs(message):
            if len(pair.msgstr) > most:
                yield Remark(
                    f"{len(pair.msgstr)} characters, of which {most} are shown; "
                    "say it shorter"
                )
