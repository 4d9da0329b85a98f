"""`publish pretranslate`: drafts for what has no translation, saved as they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import registry
from pipeline.engines import Engine
from pipeline.errors import ConfigError
from pipeline.model.site import Site
from pipeline.store.files import locked, sweep
from pipeline.store.journal import Journal
from pipeline.workflow.budget import Budget
from pipeline.workflow.drafting import Drafting, LocaleDrafts
from pipeline.workflow.journaling import catalog_folders
from pipeline.workflow.making import PRICE, make_engine
from pipeline.workflow.memory import open_memory
from pipeline.workflow.report import FAILED, Progress, Report, silent, worst


@dataclass(frozen=True, slots=True, kw_only=True)
class PretranslateReport(Report):
    """What `pretranslate` did, or with `--dry-run` would have done."""

    locales: tuple[LocaleDrafts, ...] = ()
    is_dry_run: bool = False

    def body(self) -> dict[str, object]:
        return {"locales": [each.as_json() for each in self.locales]}

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
    names = site.engines if engines is None else tuple(dict.fromkeys(engines))
    made = [make_engine(site, name, registry.engine(name)) for name in names]
    prices = {
        engine.origin: _price(site, name, engine)
        for name, engine in zip(names, made, strict=True)
    }
    budget = Budget(prices, max_chars, max_cost, is_dry=dry_run)
    budget.require_prices()
    reports = []
    root = Path(site.root)
    with (
        open_memory(site, offline=offline) as memory,
        Journal(root, "pretranslate") as journal,
    ):
        if not dry_run:
            with locked(root):
                sweep(root / "locales", root=root)
        journal.read(catalog_folders(locales))
        drafting = Drafting(site, memory, journal, made, budget, today, progress)
        if offline:
            drafting.leave_networked_alone()
        for locale in locales:
            reports.append(drafting.draft(locale))
            if drafting.is_over:
                break
    return PretranslateReport(
        errors=(*drafting.errors, *drafting.stops()),
        locales=tuple(reports),
        notes=tuple(
            note for note in (journal.warning, memory.warning, budget.note) if note
        ),
        is_dry_run=dry_run,
    )


def _price(site: Site, name: str, engine: Engine) -> float | None:
    price = site.engine_settings.get(name, {}).get(PRICE)
    if price is None:
        return None if engine.needs_network else 0.0
    if isinstance(price, bool) or not isinstance(price, (int, float)) or not price >= 0:
        raise ConfigError(
            f"[engine.{name}] {PRICE} must be a number, 0 or more",
            path=site.config_path,
        )
    return float(price)
