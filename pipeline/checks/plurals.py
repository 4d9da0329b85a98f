"""Plural forms: as many as the language has, and all of them."""

from collections.abc import Iterator

from pipeline.checks import PLURAL, CheckContext, Example, Remark
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity


class Plurals:
    """Counts the plural forms of a message."""

    name = "plurals"
    severity = Severity.ERROR
    signs = frozenset({PLURAL})
    only_of_unlike = True
    explanation = (
        "Each plural form that the catalog's header counts needs a text. Fill in every "
        "form, with the same text where the language makes no difference."
    )
    good = (
        Example("tr", "%d day", "%d gün", plural="%d days", forms=("%d gün",)),
        Example("de", "%d day", "%d Tag", plural="%d days", forms=("%d Tage",)),
    )
    bad = (
        Example("tr", "%d day", "%d gün", plural="%d days", forms=("",)),
        Example("de", "%d day", "%d Tag", plural="%d days"),
        Example("es", "Day", "Día", forms=("Días",)),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        count = len(message.msgstrs)
        if message.msgid_plural is None:
            if count > 1:
                yield Remark("plural forms, and the source has none; keep one text")
            return
        if count != context.nplurals:
            yield Remark(
                f"{count} plural forms, and the header says {context.nplurals}; "
                "write one text for each form",
            )
        empty = [
            str(form) for form, text in enumerate(message.msgstrs) if not text.strip()
        ]
        if empty and len(empty) < count:
            yield Remark(f"plural form {', '.join(empty)} is empty; fill it in")
