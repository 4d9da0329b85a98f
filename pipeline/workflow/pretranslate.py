"""`publish pretranslate`: drafts for what has no translation, saved as they come."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.pretranslate.estimate import Estimate
from pipeline.store.bought import Bought
from pipeline.store.files import sweep
from pipeline.store.journal import Journal
from pipeline.store.lock import locked
from pipeline.workflow.budget import Budget
from pipeline.workflow.drafting import Drafting, LocaleDrafts
from pipeline.workflow.engine_work import EngineWork
from pipeline.workflow.journaling import catalog_folders
from pipeline.workflow.memory import open_memory
from pipeline.workflow.report import FAILED, Progress, Report, silent, worst
from pipeline.workflow.routes import Routes


@dataclass(frozen=True, slots=True)
class LocaleEstimate:
    """What one engine would be asked for in a locale, and what that would cost."""

    locale: str
    work: Estimate
    cost: float | None
    """None: the price is not known."""

    def as_json(self) -> dict[str, object]:
        """The estimate as `pretranslate --dry-run --json` shows it."""
        work = self.work
        return {
            "locale": self.locale,
            "engine": work.engine,
            "messages": work.messages,
            "texts": work.texts,
            "repeated": work.repeated,
            "bought": work.bought,
            "words": work.words,
            "characters": work.characters,
            "cost": self.cost,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PretranslateReport(Report):
    """What `pretranslate` did, or with `--dry-run` would have done."""

    locales: tuple[LocaleDrafts, ...] = ()
    engines: tuple[EngineWork, ...] = ()
    estimates: tuple[LocaleEstimate, ...] = ()
    """Of a dry run: each engine as if it did all that is left for it."""

    is_dry_run: bool = False

    def body(self) -> dict[str, object]:
        body: dict[str, object] = {
            "locales": [each.as_json() for each in self.locales],
            "engines": [each.as_json() for each in self.engines],
        }
        if self.is_dry_run:
            body["estimates"] = [each.as_json() for each in self.estimates]
        return body

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        if any(each.failed for each in self.locales):
            codes.append(FAILED)
        return worst(codes)


def pretranslate(
    site: Site,
    *,
    locales: Sequence[str],
    today: str,
    engines: Sequence[str] | None = None,
    dry_run: bool = False,
    max_chars: int | None = None,
    max_cost: float | None = None,
    offline: bool = False,
    progress: Progress = silent,
) -> PretranslateReport:
    """
    Fill what is untranslated in the catalogs of `locales`.

    `engines` are asked in their order, by default those of the configuration. Every
    draft that was paid for is saved before the next text is bought. Raises UsageError
    or ConfigError before anything is done.
    """
    routes = Routes(site, engines)
    routes.prepare(locales)
    budget = Budget(routes.prices, max_chars, max_cost, is_dry=dry_run)
    budget.require_prices()
    reports = []
    root = Path(site.root)
    with (
        open_memory(site, offline=offline) as memory,
        Bought.open(root) as bought,
        Journal(root, "pretranslate") as journal,
    ):
        if not dry_run:
            with locked(root):
                sweep(root / "locales", root=root)
        journal.read(catalog_folders(locales))
        drafting = Drafting(
            site, memory, bought, journal, routes, budget, today, progress
        )
        if offline:
            drafting.leave_networked_alone()
        for locale in locales:
            reports.append(drafting.draft(locale))
            if drafting.is_over:
                break
    return PretranslateReport(
        errors=(*drafting.errors, *drafting.stops()),
        locales=tuple(reports),
        engines=() if dry_run else drafting.ledger.lines(budget),
        estimates=tuple(
            LocaleEstimate(locale, work, _cost(budget, locale, work))
            for (locale, _), work in drafting.estimates.items()
        ),
        notes=tuple(
            note
            for note in (
                journal.warning,
                memory.warning,
                bought.warning,
                budget.note,
            )
            if note
        ),
        is_dry_run=dry_run,
    )


def _cost(budget: Budget, locale: str, work: Estimate) -> float | None:
    cost = budget.price(work.engine, locale, work.characters)
    return None if cost is None else float(cost)
