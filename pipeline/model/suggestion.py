"""A suggestion: a translation that a machine or the memory offers."""

from pipeline.late import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text, how near its source was, and where it comes from."""

    msgstr: str
    score: int
    """0 to 100; only 100 is the same source text."""

    origin: str
    """`memory`, or the engine's name (`deep:google`)."""

    source: str = ""
    """The source text that it translates, where that is not the message's own."""

    place: str = ""
    """Where it stands, if that is not a catalog of the site: `old.tmx`."""

    date: str = ""
    """When it was last changed, as in `2026-11-22`, where that is known."""
