"""
How long subject lines and descriptions are: what is cut off is not read; and whether
the file of a mail can hold the merge fields of its subject.
"""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import fields

MOST: Final = {"subject": 90, "preheader": 150, "description": 220, "title": 120}
"""What mail programs and search results show of each, and a third more."""


class Subject:
    """
    Finds subjects, titles and descriptions that would be cut off, and fields of a
    subject that touch what has to be encoded there (RFC 2047, 5).
    """

    name = "subject"
    severity = Severity.WARNING
    explanation = (
        "A subject, title, preheader or description is longer than what mail programs "
        "and search results show. Say it shorter: the end is cut off. In a subject, a "
        "merge field with blanks in it needs a blank on either side, or plain letters "
        "from a to z: beside others it is encoded, and not every system finds it there."
    )
    good = (
        Example("tr", "Your visit", "Randevunuz", "subject"),
        Example("de", "Your visit", "Ihr Termin " * 30),
        Example("tr", "Visit of {{ name }}", "{{ name }} randevunuz", "subject"),
        Example("tr", "Visit of {{ name }}", "{{ name }}'in randevusu", "subject"),
        Example("tr", "Visit of {{name}}", "{{name}}'ın randevusu", "subject"),
    )
    bad = (
        Example(
            "tr", "Your visit", "Kliniğimizdeki randevunuz hakkında " * 3, "subject"
        ),
        Example("de", "Your visit", "Ihr Termin in unserer Klinik " * 6, "preheader"),
        Example("tr", "Visit of {{ name }}", "{{ name }}'ın randevusu", "subject"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        most = MOST.get(message.msgctxt or "")
        if most is None:
            return
        for pair in pairs(message):
            if len(pair.msgstr) > most >= len(message.msgid):
                yield Remark(
                    f"{len(pair.msgstr)} characters, of which {most} are shown; "
                    "say it shorter"
                )
            if message.msgctxt == "subject":
                yield from map(_encoded, _encoded_fields(pair.msgstr))


def _encoded(field: str) -> Remark:
    return Remark(
        f"{field} touches what has to be encoded in the subject of a mail, and is not "
        "found there by every system; put blanks around it"
    )


def _encoded_fields(subject: str) -> Iterator[str]:
    """The fields that cannot stand in the header of a mail as they are."""
    end = 0
    for field in fields(subject):
        start = subject.find(field, end)
        end = start + len(field)
        before = subject[:start].rpartition(" ")[2]
        after = subject[end:].partition(" ")[0]
        if " " in field and not f"{before}{after}".isascii():
            yield field
