"""What is said around the blocks of a draft, of a preview, or of a partial page."""

from collections.abc import Callable

from pipeline.model.article import Mark, Segment
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.workflow.desk import Desk


def left_in_source(desk: Desk, site: Site) -> Mark:
    """What is said of a block that stands in the source's words."""
    return Mark("untranslated", desk.file, site.source_locale)


def accepted_in_draft(message: Message) -> bool:
    """Whether a draft shows an entry: as far as there is a translation."""
    return message.is_translated and not message.obsolete


def marker(
    desk: Desk, *, preview: bool
) -> Callable[[Segment, Message | None], Mark | None]:
    """Marks around what a draft shows: what is unreviewed, in a preview every block."""

    def mark(segment: Segment, message: Message | None) -> Mark | None:
        del segment
        if message is None:
            return Mark("untranslated", desk.file)
        entry = f"{desk.file}:{message.line}"
        if desk.accepts(message):
            approved = desk.approvals.of(message) is not None
            state = "approved" if approved else "translated"
            return Mark(state, entry) if preview else None
        state = message.state if message.state != "translated" else "unapproved"
        return Mark(state, entry)

    return mark
