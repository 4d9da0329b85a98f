"""
The clinical delta: a source that was approved, changed, and a translation that was not.

When an author changes a number, a unit, a side, how often or a negation, the
translation that was approved no longer says what the source says, even where somebody
took the fuzzy flag off. That is an error until a person approves the new pair.
"""

from collections.abc import Iterator
from typing import Final

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity

NAME: Final = "delta"
_ALIKE: Final = 60
"""From here on, in percent, a sentence is a changed one and not another one."""


@dataclass(frozen=True, slots=True)
class _Past:
    """The approvals of sources that are gone, the newest of each."""

    lines: tuple[Approval, ...]

    def of(self, message: Message, digest: str) -> Approval | None:
        """The approval of what this message was before its source changed."""
        same = [line for line in self.lines if line.msgctxt == message.msgctxt]
        kept = [line for line in same if line.translation == digest]
        candidates = kept or same
        if not candidates:
            return None
        sources = [line.msgid for line in candidates]
        previous = message.previous.msgid if message.previous else None
        if previous in sources:
            return candidates[sources.index(previous)]
        # Heavy, and few sources that were approved are gone.
        from pipeline.similarity import best

        cutoff = 0 if kept else _ALIKE
        found = best(message.msgid, sources, cutoff=cutoff)
        return candidates[found[0]] if found else None


def find_delta(
    approvals: Approvals, catalog: Catalog, *, source_locale: str
) -> Iterator[Finding]:
    """
    An error for each entry whose source changed harmfully since it was approved.

    Only entries that could go out are looked at: translated, not fuzzy, and not
    approved as they are now. `file` and `locale` of findings are left to the caller.
    """
    if not approvals.lines:
        return
    living = {message.key for message in catalog.living}
    newest = {
        (line.msgctxt, line.msgid): line
        for line in approvals.lines
        if (line.msgctxt, line.msgid) not in living
    }
    if not newest:
        return
    past = _Past(tuple(newest.values()))
    for message in catalog.living:
        if not message.is_usable or message.msgctxt == "slug":
            continue
        digest = translation_digest(message)
        if approvals.of(message) is not None:
            continue
        before = past.of(message, digest)
        if before is None or before.translation != digest:
            continue
        from pipeline.clinical import harms

        found = list(harms(before.msgid, message.msgid, source_locale))
        if found:
            yield Finding(
                NAME,
                Severity.ERROR,
                f"the source has changed since it was approved on {before.date} "
                f"({'; '.join(found)}), and the translation has not; "
                f"it was “{before.msgid}”",
                line=message.line,
                msgctxt=message.msgctxt,
                msgid=message.msgid,
                msgstr=message.msgstr,
            )
