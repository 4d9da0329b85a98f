"""`publish pretranslate --compare`: engines beside translations by people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from hashlib import blake2b
from pathlib import Path

from pipeline import cldr
from pipeline.engines import Engine
from pipeline.errors import EngineUnavailable, PublishError
from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.pretranslate import Draft, Refusal, Stop, Task, translated
from pipeline.store.bought import Bought
from pipeline.store.catalogs import read_catalog, template_path
from pipeline.store.memory import Memory
from pipeline.store.terms import read_terms
from pipeline.workflow.admission import admission
from pipeline.workflow.budget import Budget
from pipeline.workflow.engine_work import EngineWork, Ledger
from pipeline.workflow.interruption import interruption
from pipeline.workflow.means import means
from pipeline.workflow.report import Progress, Report, silent
from pipeline.workflow.routes import Routes
from pipeline.workflow.scores import Scores, require_sacrebleu, scores


@dataclass(frozen=True, slots=True)
class EngineScore:
    """How one engine did in one locale."""

    locale: str
    engine: str
    sample: int
    """Texts that people have translated, and that it was asked for."""

    answered: int
    scored: int
    """Texts that every engine answered: all are judged by the same."""

    scores: Scores | None

    def as_json(self) -> dict[str, object]:
        """The line as `pretranslate --compare --json` shows it."""
        found = self.scores
        return {
            "locale": self.locale,
            "engine": self.engine,
            "sample": self.sample,
            "answered": self.answered,
            "scored": self.scored,
            "chrf": round(found.chrf, 2) if found else None,
            "ter": round(found.ter, 2) if found else None,
            "edits": round(found.edits, 4) if found else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareReport(Report):
    """Every engine in every locale."""

    comparison: tuple[EngineScore, ...] = ()
    engines: tuple[EngineWork, ...] = ()

    def body(self) -> dict[str, object]:
        return {
            "locales": [],
            "comparison": [each.as_json() for each in self.comparison],
            "engines": [each.as_json() for each in self.engines],
        }


def compare(
    site: Site,
    *,
    locales: Sequence[str],
    today: str,
    engines: Sequence[str],
    sample: int,
    dry_run: bool = False,
    max_chars: int | None = None,
    max_cost: float | None = None,
    offline: bool = False,
    progress: Progress = silent,
) -> CompareReport:
    """
    Let engines translate what people have translated, and score what they write.

    No catalog is written. What is bought is kept, so a later run does not pay for it
    again. Raises UsageError or ConfigError before anything is done.
    """
    require_sacrebleu()
    routes = Routes(site, engines)
    routes.prepare(locales)
    budget = Budget(routes.prices, max_chars, max_cost, is_dry=dry_run)
    budget.require_prices()
    root = Path(site.root)
    found: list[EngineScore] = []
    with Memory.open(root) as memory, Bought.open(root) as bought:
        work = _Comparing(
            site, memory, bought, routes, budget, today, progress, offline=offline
        )
        for locale in locales:
            found += work.scores(locale, sample)
        notes = (memory.warning, bought.warning, budget.note)
    return CompareReport(
        errors=tuple(work.errors),
        notes=tuple(note for note in notes if note),
        comparison=tuple(found),
        engines=() if dry_run else work.ledger.lines(budget),
    )


@dataclass(slots=True)
class _Comparing:
    site: Site
    memory: Memory
    bought: Bought
    routes: Routes
    budget: Budget
    today: str
    progress: Progress
    offline: bool
    errors: list[PublishError] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def scores(self, locale: str, sample: int) -> Iterator[EngineScore]:
        """The line of each engine."""
        tasks = self._sample(locale, sample)
        # What the memory has is shown to engines that learn from examples.
        self.memory.refresh(
            Path(self.site.root),
            locale,
            lambda domain: admission(self.site, locale, domain),
        )
        answers: dict[int, dict[Task, str]] = {}
        origins: dict[int, str] = {}
        for place, some in self._by_engine(locale, tasks).items():
            for engine, asked in some.items():
                origins[place] = engine.origin
                told = self._answers(locale, engine, asked)
                answers.setdefault(place, {}).update(told)
        common = [
            task for task in tasks if all(task in each for each in answers.values())
        ]
        finals = [task.message.msgstr for task in common]
        for place, told in answers.items():
            yield EngineScore(
                locale,
                origins[place],
                len(tasks),
                len(told),
                len(common),
                scores([told[task] for task in common], finals),
            )

    def _by_engine(
        self, locale: str, tasks: Sequence[Task]
    ) -> Mapping[int, Mapping[Engine, list[Task]]]:
        """The tasks by the place of the engine's name, and by its settings."""
        grouped: dict[int, dict[Engine, list[Task]]] = {}
        for task in tasks:
            for place, engine in enumerate(self.routes.of(locale, task.domain)):
                grouped.setdefault(place, {}).setdefault(engine, []).append(task)
        return grouped

    def _answers(
        self, locale: str, engine: Engine, tasks: Sequence[Task]
    ) -> dict[Task, str]:
        """What an engine makes of texts as if nobody had translated them."""
        if self.offline and engine.needs_network:
            self._say(
                EngineUnavailable(
                    f"{engine.origin} needs a network and is not asked: --offline"
                )
            )
            return {}
        told: dict[Task, str] = {}
        named = {(task.domain, task.message.key): task for task in tasks}
        blank = [replace(t, message=replace(t.message, msgstrs=("",))) for t in tasks]
        what = f"{locale} {engine.origin}"
        with interruption() as wish:
            given = means(
                self.site,
                locale,
                today=self.today,
                memory=self.memory,
                bought=self.bought,
                budget=self.budget,
                ledger=self.ledger,
                terms=self._terms(locale),
                wish=wish,
            )
            for event in translated(blank, engine, given):
                if isinstance(event, Draft):
                    told[named[event.domain, event.key]] = event.msgstrs[0]
                    self.progress(what, len(told), len(tasks))
                elif isinstance(event, Refusal):
                    self.ledger.refused[event.engine][event.why] += 1
                elif isinstance(event, Stop):
                    self._say(event.error)
        self.ledger.filled[engine.origin] += len(told)
        return told

    def _say(self, error: PublishError) -> None:
        if str(error) not in map(str, self.errors):
            self.errors.append(error)

    def _terms(self, locale: str) -> tuple[Term, ...]:
        try:
            return read_terms(Path(self.site.root), locale, self.site.source_locale)
        except PublishError as error:
            self._say(error)
            return ()

    def _sample(self, locale: str, most: int) -> list[Task]:
        """
        Some texts that people have translated, the same ones at each run.

        A larger sample has a smaller one in it, so that growing it costs the rest.
        """
        found: dict[str, Task] = {}
        folder = cldr.gettext_locale(locale)
        root = Path(self.site.root)
        top = root / "locales" / folder / "LC_MESSAGES"
        for path in sorted(top.rglob("*.po")):
            domain = path.relative_to(top).with_suffix("").as_posix()
            if not template_path(root, domain).exists():
                continue
            try:
                admits = admission(self.site, locale, domain).admits
                catalog = read_catalog(path, root=root)
            except PublishError as error:
                self._say(error)
                continue
            for message in catalog.living:
                if _can_be_compared(message) and admits(message):
                    found.setdefault(message.msgid, Task(domain, message))
        ordered = sorted(found, key=lambda text: blake2b(text.encode()).digest())
        return [found[text] for text in ordered[:most]]


def _can_be_compared(message: Message) -> bool:
    """Whether it is a text that a person stands behind and an engine could be sent."""
    return (
        message.is_usable
        and message.msgid_plural is None
        and message.msgctxt != "slug"
        and bool(message.msgid)
    )
