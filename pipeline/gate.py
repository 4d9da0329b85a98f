"""
The gate: whether an article may go out in a locale, and what holds it if not.

A message passes if it may be published under the site's rules (`accept`) and no check
finds an error in it. `slug` never gates and is not counted.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an article is in a locale."""

    segments: int = 0
    words: int = 0
    approved: int = 0
    translated: int = 0
    """Usable, not fuzzy; approved ones included."""

    fuzzy: int = 0
    untranslated: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.segments + other.segments,
            self.words + other.words,
            self.approved + other.approved,
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one article in one locale."""

    tally: Tally
    blocking: tuple[tuple[Message, str], ...] = ()
    """The template's messages that hold it, each with its state: `untranslated`,
    `fuzzy`, `not approved` or `error`."""

    @property
    def passes(self) -> bool:
        """Whether nothing holds the article."""
        return not self.blocking

    @property
    def has_errors(self) -> bool:
        """Whether a check's error is among what holds it."""
        return any(state == "error" for _, state in self.blocking)

    @property
    def why(self) -> str:
        """What holds it, with counts: `3 untranslated, 1 fuzzy of 40`."""
        if self.passes:
            return ""
        states = ("error", "untranslated", "fuzzy", "not approved")
        counts = dict.fromkeys(states, 0)
        for _, state in self.blocking:
            counts[state] += 1
        names = {"error": "with a check's error"}
        parts = [f"{n} {names.get(s, s)}" for s, n in counts.items() if n]
        return f"{', '.join(parts)} of {self.tally.segments}"


def judge(
    template: Sequence[Message],
    catalog: Catalog | None,
    *,
    accept: Callable[[Message], bool] | None,
    approved: Callable[[Message], bool] | None,
    erroneous: frozenset[Key] = frozenset(),
) -> Verdict:
    """
    Hold the messages that the source has now against the catalog of a locale.

    `accept` is the rule of publication for usable entries, `approved` whether a person
    approved the pair, and `erroneous` the entries in which a check found an error.
    None: all are accepted; none is approved.
    """
    counts = {"approved": 0, "fuzzy": 0, "untranslated": 0}
    translated = 0
    find = catalog.find if catalog else _nothing
    counted = [wanted for wanted in template if wanted.msgctxt != "slug"]
    blocking: list[tuple[Message, str]] = []
    for wanted in counted:
        entry = find(wanted.msgid, wanted.msgctxt)
        if entry is None or not entry.is_usable:
            living = entry is not None and not entry.obsolete
            state = entry.state if entry is not None and living else "untranslated"
            counts[state] += 1
        else:
            state = "" if accept is None or accept(entry) else "not approved"
            translated += 1
            if approved is not None and approved(entry):
                counts["approved"] += 1
        if erroneous and wanted.key in erroneous:
            blocking.append((wanted, "error"))
        elif state:
            blocking.append((wanted, state))
    words = _words("\n".join([wanted.msgid for wanted in counted]))
    tally = Tally(len(counted), words, translated=translated, **counts)
    return Verdict(tally, tuple(blocking))


def _nothing(_msgid: str, _msgctxt: str | None) -> None:
    """What is found where there is no catalog."""


@lru_cache(maxsize=4)
def _words(texts: str) -> int:
    """Those of an article are counted once for all locales."""
    return len(texts.split())
