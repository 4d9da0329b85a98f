"""What a memory keeps and finds, wherever that lies: one protocol, two stores."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from pipeline.late import dataclass

TMX: Final = "tmx:"
"""What the place of a pair begins with that came from a file in `memory/`."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation, and where both stand."""

    msgid: str
    msgstr: str
    msgctxt: str | None = None
    place: str = ""
    """The domain of its catalog, or `tmx:` and the file's name."""

    living: bool = True
    """Whether it is in use there."""

    before: str | None = None
    """The text that stood before it; None where that is not known."""

    after: str | None = None
    date: str = ""
    """When it was last changed, as in `2026-11-22`; empty where that is not known."""

    creator: str = ""
    is_own: bool = True
    """Whether a catalog of this very site holds it."""


class Pairs(Protocol):
    """A store of pairs, in places that are replaced or dropped as a whole."""

    is_shared: bool
    """Whether it also has what other sites and checkouts have."""

    def digests(self, locale: str) -> Mapping[str, str]:
        """The places of a locale, and of what content they are the mirror."""

    def put(self, locale: str, place: str, digest: str, pairs: Iterable[Pair]) -> None:
        """Put pairs in the place of those that were there before."""

    def drop(self, locale: str, place: str) -> None:
        """Forget a place."""

    def of(self, locale: str, msgid: str) -> Sequence[Pair]:
        """The pairs of this very text."""

    def nearby(self, locale: str, text: str, cutoff: int) -> Sequence[str]:
        """The texts among which the nearest one is, page addresses left out."""

    def alike(self, locale: str, skeleton: str) -> Sequence[str]:
        """The texts that differ in numbers and placeholders alone."""

    def every(self, locale: str) -> Iterator[Pair]:
        """All pairs of a locale, in the order of places."""

    def close(self) -> None:
        """Let go of it."""
