"""What the checks, the desk and the build say of a text that somebody types."""

from pipeline.check import usual_translations
from pipeline.checks.subject import MOST
from pipeline.errors import UsageError
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding
from pipeline.workflow.desk import delta_findings, find
from pipeline.workflow.review.entries import reviewed
from pipeline.workflow.review.workbench import Workbench

_MOST_CHARACTERS = 100_000


def fitting_text(message: Message, msgstrs: tuple[str, ...]) -> tuple[str, ...]:
    """
    A text as a catalog can hold it: line ends as gettext has them.

    Raises UsageError where it has another number of forms than the entry, a character
    that no catalog holds, or far too many of them.
    """
    if len(msgstrs) != len(message.msgstrs):
        raise UsageError(
            f"the entry has {len(message.msgstrs)} forms, and {len(msgstrs)} came",
            hint="load the page again",
        )
    fitting = tuple(text.replace("\r\n", "\n").replace("\r", "\n") for text in msgstrs)
    for text in fitting:
        if len(text) > _MOST_CHARACTERS:
            raise UsageError(
                f"the text has over {_MOST_CHARACTERS:,} characters",
                hint="no translation is as long",
            )
        for character in text:
            if _is_unfit(character):
                raise UsageError(
                    f"the text has the character U+{ord(character):04X}, which no "
                    "catalog holds",
                    hint="delete it; it cannot be seen",
                )
    return fitting


def _is_unfit(character: str) -> bool:
    is_control = character < " " and character not in "\n\t"
    return is_control or character == "\x7f" or "\ud800" <= character <= "\udfff"


def judge_text(
    bench: Workbench, message: Message, msgstrs: tuple[str, ...]
) -> tuple[Finding, ...]:
    """The findings on an entry if it had this text and were not fuzzy."""
    if not any(msgstrs):
        return ()
    typed = reviewed(message, msgstrs)
    alone = Catalog(bench.catalog.header, (typed,))
    whole = bench.catalog.with_message(typed)
    site, locale, file = bench.site, bench.locale, bench.desk.file
    findings = [
        *find(
            site,
            locale,
            alone,
            file=file,
            terms=bench.terms,
            usual=usual_translations((whole,)),
        ),
        *delta_findings(site, locale, whole, bench.desk.approvals, file=file),
        *bench.unfit(alone),
    ]
    return tuple(
        finding
        for finding in findings
        if finding.msgid is not None and (finding.msgctxt, finding.msgid) == message.key
    )


def counts(message: Message, msgstrs: tuple[str, ...]) -> dict[str, int]:
    """How many characters source and translation have."""
    return {"source": len(message.msgid), "target": len(msgstrs[0])}


def limits(message: Message) -> dict[str, int] | None:
    """How many characters are shown of it, where that is limited."""
    most = MOST.get(message.msgctxt or "")
    return None if most is None else {"characters": most}
