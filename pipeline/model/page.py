"""A page or a mail: what the build made of an article in a locale, or why not."""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What became of an article in a locale."""

    PUBLISHED = "published"
    FALLBACK = "fallback"
    """The source locale's text, with a notice."""

    PARTIAL = "partial"
    """Translated where reviewed, the source's text elsewhere."""

    HELD = "held"
    """Not published, and it was never out in this locale."""

    RECALLED = "recalled"
    """It was out in this locale, and no longer is."""


class Output(NamedTuple):
    """A page or a mail as the report of a build names it."""

    article: str
    """The article's domain."""

    locale: str
    path: str
    """Below the site's root; where it would be, if it is not published."""

    state: State
    changed: bool = False
    """Whether this build wrote other bytes than were there."""

    why: str = ""
    """What holds it, or its newer text, with counts; empty if all of it is out."""

    def as_json(self) -> dict[str, object]:
        """The output as `build --json` and `explain --json` show it."""
        return {
            "article": self.article,
            "locale": self.locale,
            "path": self.path,
            "state": str(self.state),
            "changed": self.changed,
            "why": self.why,
        }
