"""How much of each engine's drafts people keep, month by month."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import field
from pathlib import Path

from pipeline import cldr
from pipeline.late import dataclass
from pipeline.similarity import edit_rate
from pipeline.store.drafted import Drafted
from pipeline.store.journal import Journal


@dataclass(frozen=True, slots=True)
class EngineMonth:
    """The drafts of one engine that were made in one month."""

    engine: str
    month: str
    """`2026-11`."""

    drafts: int
    accepted: int
    """Without a change."""

    edited: int
    distance: float | None
    """The mean share of the characters that people changed, 0 to 1, over those that
    were accepted or edited; None: there are none."""

    @property
    def waiting(self) -> int:
        """Drafts that nobody has judged yet."""
        return self.drafts - self.accepted - self.edited

    def as_json(self) -> dict[str, object]:
        """The month as `status --engines --json` shows it."""
        return {
            "engine": self.engine,
            "month": self.month,
            "drafts": self.drafts,
            "accepted": self.accepted,
            "edited": self.edited,
            "waiting": self.waiting,
            "distance": None if self.distance is None else round(self.distance, 4),
        }


@dataclass(slots=True)
class _Sums:
    drafts: int = 0
    rates: list[float] = field(default_factory=list)


def read_engine_months(
    root: Path, locales: Iterable[str]
) -> tuple[tuple[EngineMonth, ...], str]:
    """
    The months of all engines, and a warning of the journal. Raises StoreError.

    A draft counts in the month in which it was made, whenever it was judged.
    """
    folders = {cldr.gettext_locale(locale) for locale in locales}
    with Journal(root, "status") as journal:
        return engine_months(journal.drafts(), folders), journal.warning


def engine_months(
    drafts: Iterable[Drafted], folders: Collection[str]
) -> tuple[EngineMonth, ...]:
    """The months of the drafts of some locales (gettext's form), the newest first."""
    sums: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
    for draft in drafts:
        if draft.locale not in folders:
            continue
        month = sums[draft.made[: len("2026-11")], draft.engine]
        month.drafts += 1
        if draft.final is not None:
            month.rates.append(
                edit_rate("\n".join(draft.msgstrs), "\n".join(draft.final))
            )
    ordered = sorted(sums.items(), key=lambda item: item[0][1])
    ordered.sort(key=lambda item: item[0][0], reverse=True)
    return tuple(
        EngineMonth(
            engine,
            month,
            each.drafts,
            accepted=sum(not rate for rate in each.rates),
            edited=sum(bool(rate) for rate in each.rates),
            distance=sum(each.rates) / len(each.rates) if each.rates else None,
        )
        for (month, engine), each in ordered
    )
