"""One run of `pretranslate` over the locales: what is asked, saved and left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from pipeline import cldr
from pipeline.errors import (
    BusyError,
    CatalogError,
    EngineError,
    EngineUnavailable,
    PublishError,
    StoreError,
    UnsupportedLocale,
)
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message, neighbours
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.pretranslate import (
    Draft,
    Event,
    Failure,
    Refusal,
    Stop,
    Task,
    pretranslate,
)
from pipeline.pretranslate.estimate import Estimate, estimate
from pipeline.store.bought import Bought
from pipeline.store.catalogs import (
    catalog_path,
    read_catalog,
    template_path,
    update_catalog,
)
from pipeline.store.journal import Journal
from pipeline.store.lock import locked
from pipeline.store.memory import Memory
from pipeline.store.terms import read_terms
from pipeline.workflow.admission import admission
from pipeline.workflow.budget import Budget
from pipeline.workflow.engine_work import Ledger
from pipeline.workflow.interruption import Interruption, interruption
from pipeline.workflow.means import means
from pipeline.workflow.report import Progress
from pipeline.workflow.routes import Route, Routes
from pipeline.workflow.saving import FREE, Saving

_TRIES = 3


@dataclass(frozen=True, slots=True)
class LocaleDrafts:
    """What became of one locale."""

    locale: str
    filled: dict[str, int]
    """Messages by origin."""

    failed: tuple[Failure, ...]
    left: int
    """Messages that still have no translation; page addresses are not counted."""

    characters: int
    """Sent to engines; in a dry run, what would be."""

    def as_json(self) -> dict[str, object]:
        """The locale as `pretranslate --json` shows it."""
        return {
            "locale": self.locale,
            "filled": self.filled,
            "failed": [
                {
                    "msgid": failure.msgid,
                    "domain": failure.domain,
                    "engine": failure.engine,
                    "why": failure.why,
                }
                for failure in self.failed
            ],
            "left": self.left,
            "characters": self.characters,
        }


@dataclass(slots=True)
class _Stopped:
    """An engine that was left alone, and what it would have been asked for."""

    error: EngineError
    left: int = 0
    by_choice: bool = False
    """Worth a line only where something is left."""


@dataclass(slots=True)
class Drafting:
    """The work on all locales; engines that stopped for one are not asked again."""

    site: Site
    memory: Memory
    bought: Bought
    journal: Journal
    routes: Routes
    budget: Budget
    today: str
    progress: Progress
    errors: list[PublishError] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    estimates: dict[tuple[str, str], Estimate] = field(default_factory=dict)
    """Of a dry run, by locale and engine."""

    is_over: bool = False
    """Whether the disk refused, so that nothing more should be bought."""

    _stopped: dict[str, _Stopped] = field(default_factory=dict)
    _unsupported: dict[tuple[str, str], _Stopped] = field(default_factory=dict)

    @property
    def _root(self) -> Path:
        return Path(self.site.root)

    def leave_networked_alone(self) -> None:
        """Ask no engine that would open a connection."""
        for engine in self.routes.engines():
            if engine.needs_network:
                error = EngineUnavailable(
                    f"{engine.origin} needs a network and is not asked: --offline"
                )
                self._stopped[engine.origin] = _Stopped(error, by_choice=True)

    def stops(self) -> Iterator[EngineError]:
        """One error for each engine that did not do all it was there for."""
        for stopped in (*self._stopped.values(), *self._unsupported.values()):
            error, left = stopped.error, stopped.left
            if left:
                count = f"{left} message{'s are' if left > 1 else ' is'} left"
                yield type(error)(f"{error.message}; {count}", hint=error.hint)
            elif not stopped.by_choice:
                yield error

    def draft(self, locale: str) -> LocaleDrafts:
        """Fill what can be filled in a locale."""
        tasks = list(self._tasks(locale))
        work = Saving(
            save=lambda drafts: self.save(locale, drafts),
            stop=lambda stop: self.stop(locale, stop),
            refuse=self.refuse,
            tell=lambda done: self.progress(locale, done, len(tasks), self._paid()),
            at_once=bool(self.bought.warning),
        )
        before = self.budget.characters
        try:
            # A memory that is not whole would let us buy what it has.
            self.errors += self.memory.refresh(
                self._root, locale, lambda domain: admission(self.site, locale, domain)
            )
            terms = self._terms(locale)
            with interruption() as wish:
                for route, some in self._by_route(locale, tasks).items():
                    work.do(self._events(locale, route, some, terms, wish))
        except StoreError as error:
            self.errors.append(error)
            self.is_over = True
        for origin, count in work.filled.items():
            if origin not in FREE:
                self.ledger.filled[origin] += count
        counted = sum(task.message.msgctxt != "slug" for task in tasks)
        left = counted - work.counted
        for origin in self._stopped:
            self._stopped[origin].left += left
        for (_, tag), stopped in self._unsupported.items():
            stopped.left += left if tag == locale else 0
        return LocaleDrafts(
            locale,
            dict(work.filled),
            tuple(work.failed),
            left,
            self.budget.characters - before,
        )

    def stop(self, locale: str, stop: Stop) -> None:
        """Remember that an engine cannot go on, here or at all."""
        if isinstance(stop.error, UnsupportedLocale):
            self._unsupported[stop.engine, locale] = _Stopped(stop.error)
        else:
            self._stopped[stop.engine] = _Stopped(stop.error)

    def refuse(self, refusal: Refusal) -> None:
        """Note that an engine did not translate a text."""
        self.ledger.refused[refusal.engine][refusal.why] += 1

    def save(self, locale: str, drafts: Sequence[Draft]) -> list[Draft]:
        """Write drafts of one domain; gives back those that were still wanted."""
        if self.budget.is_dry:
            return list(drafts)
        path = catalog_path(self._root, cldr.gettext_locale(locale), drafts[0].domain)
        applied: list[Draft] = []
        changed: dict[Key, Message] = {}

        def change(catalog: Catalog) -> Catalog:
            applied.clear()
            changed.clear()
            for draft in drafts:
                message = catalog.find(draft.key[1], draft.key[0])
                if message and (after := draft.applied(message)) != message:
                    changed[draft.key] = after
                    applied.append(draft)
            return catalog.with_messages(
                m if m.obsolete else changed.get(m.key, m) for m in catalog.messages
            )

        try:
            self._update(path, change)
            self.journal.note_drafts(
                path,
                [
                    (changed[draft.key], draft.origin)
                    for draft in applied
                    if draft.is_fuzzy
                ],
                self.today,
            )
        except (CatalogError, BusyError) as error:
            if str(error) not in map(str, self.errors):
                self.errors.append(error)
            return []
        return applied

    def _update(self, path: Path, change: Callable[[Catalog], Catalog]) -> None:
        """Change a catalog; where an editor saves at the same moment, once more."""
        for tries_left in reversed(range(_TRIES)):
            with locked(self._root):
                try:
                    update_catalog(path, change, root=self._root, journal=self.journal)
                except BusyError:
                    if not tries_left:
                        raise
                else:
                    return

    def _by_route(self, locale: str, tasks: Sequence[Task]) -> dict[Route, list[Task]]:
        """The tasks by the engines that they go to."""
        routes: dict[str, Route] = {}
        grouped: dict[Route, list[Task]] = {}
        for task in tasks:
            if task.domain not in routes:
                routes[task.domain] = self.routes.of(locale, task.domain)
            grouped.setdefault(routes[task.domain], []).append(task)
        return grouped

    def _events(
        self,
        locale: str,
        route: Route,
        tasks: Sequence[Task],
        terms: tuple[Term, ...],
        wish: Interruption,
    ) -> Iterator[Event]:
        """What becomes of the tasks of one route; a dry run notes the work as well."""
        route = tuple(
            engine
            for engine in route
            if engine.origin not in self._stopped
            and (engine.origin, locale) not in self._unsupported
        )
        given = means(
            self.site,
            locale,
            today=self.today,
            memory=self.memory,
            bought=self.bought,
            budget=self.budget,
            ledger=self.ledger,
            terms=terms,
            wish=wish,
            engines=route,
        )
        left = {(task.domain, task.message.key): task for task in tasks}
        for event in pretranslate(tasks, given):
            if isinstance(event, Draft) and event.origin in FREE:
                left.pop((event.domain, event.key), None)
            yield event
        if not self.budget.is_dry:
            return
        for engine in route:
            place = (locale, engine.origin)
            found = estimate(tuple(left.values()), engine, given)
            before = self.estimates.get(place)
            self.estimates[place] = before + found if before else found

    def _paid(self) -> str:
        """What the progress bar says of the cost."""
        budget = self.budget
        cost = f", {float(budget.cost):.2f}" if budget.cost else ""
        return f"{budget.characters} characters{cost}" if budget.characters else ""

    def _terms(self, locale: str) -> tuple[Term, ...]:
        try:
            return read_terms(self._root, locale, self.site.source_locale)
        except PublishError as error:
            self.errors.append(error)
            return ()

    def _tasks(self, locale: str) -> Iterator[Task]:
        """The untranslated messages of the articles that there still are."""
        folder = cldr.gettext_locale(locale)
        top = self._root / "locales" / folder / "LC_MESSAGES"
        paths = sorted(top.rglob("*.po"))
        if not paths:
            self.errors.append(
                CatalogError(
                    f"there are no catalogs for {locale}",
                    path=top.relative_to(self._root).as_posix(),
                    hint="run `publish extract`",
                )
            )
        for path in paths:
            domain = path.relative_to(top).with_suffix("").as_posix()
            if not template_path(self._root, domain).exists():
                continue
            try:
                catalog = read_catalog(path, root=self._root)
            except PublishError:
                # The memory has met it already, and said so.
                continue
            between = neighbours(catalog)
            for message in catalog.living:
                if not any(message.msgstrs):
                    yield Task(domain, message, *between[message.key])
