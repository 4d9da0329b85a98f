"""What the tests of the checks share: one message in, its remarks out."""

from pipeline.checks import Check, CheckContext, Remark
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity


def remarks(check: Check, source: str, msgstr: str, locale: str = "tr") -> list[Remark]:
    """The remarks on a plain message."""
    return list(check(Message(source, (msgstr,)), CheckContext(locale)))


def severities(check: Check, source: str, msgstr: str, locale: str) -> set[Severity]:
    """The weights of the remarks on a plain message."""
    return {
        remark.severity or check.severity
        for remark in remarks(check, source, msgstr, locale)
    }
