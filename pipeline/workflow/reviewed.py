"""Who approved an article in a locale, and since when all of it is approved."""

from collections.abc import Sequence

from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Review:
    """Who approved a page, and since when all of it is approved."""

    day: str
    """The oldest of the newest approvals of its messages: no sentence of the page was
    looked at before. The newest would let one corrected word make an old text new."""

    reviewers: tuple[tuple[str, str], ...]
    """Names with their roles, in the order of the article, each once."""


def review_of(desk: Desk, template: Sequence[Message]) -> Review | None:
    """The review of an article, if every message that is out was approved."""
    tally = desk.verdict.tally
    if desk.catalog is None or not tally.segments or tally.approved < tally.segments:
        return None
    entries = (desk.catalog.find(m.msgid, m.msgctxt) for m in template)
    lines = [
        line
        for entry in entries
        if entry is not None
        and entry.msgctxt != "slug"
        and (line := desk.approvals.of(entry)) is not None
    ]
    people = dict.fromkeys((line.reviewer, line.role) for line in lines)
    return Review(min(line.date for line in lines), tuple(people))
