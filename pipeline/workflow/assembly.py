"""What a build works with: settings, what the last one left, what judges texts."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.store.bodies import Bodies
from pipeline.store.files import sweep
from pipeline.store.ledger import Ledger, Mark, write_ledger
from pipeline.store.published import History
from pipeline.store.stamps import Stamp
from pipeline.workflow.decide import Decision, Rules
from pipeline.workflow.desk import terms_of
from pipeline.workflow.executors import Workers, workers_of
from pipeline.workflow.fresh import digest
from pipeline.workflow.inputs import Inputs
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.remembered import last_ledger
from pipeline.workflow.report import Progress
from pipeline.workflow.study import Study


class Built(NamedTuple):
    """What came of a build."""

    report: BuildReport
    files: Mapping[str, Stamp]
    """Of every file that belongs to the set."""

    ledger: Ledger
    """What the next build may know of it."""

    is_told: bool = False
    """Whether the report of the last build tells all that holds of this one."""


@dataclass
class Assembly:
    """One build; what its steps find is collected here."""

    site: Site
    options: BuildOptions
    locales: tuple[str, ...]
    now: datetime
    progress: Progress
    stamps: Mapping[str, Stamp]
    """Of the files in `source/`, `locales/` and `templates/`."""

    started: int
    """Nanoseconds since 1970."""

    code: object
    """The stamp of the program."""

    placed: Callable[[], None] | None = None
    """Is called when the pages are in their places."""

    errors: list[PublishError] = field(default_factory=list)
    histories: dict[str, History] = field(default_factory=dict)
    concerned: Mapping[str, Sequence[str]] | None = None
    """The locales by domain in which an article may be another; None: not known."""

    decided: dict[tuple[str, str], Decision] = field(default_factory=dict)
    """What was decided before anybody knew that it concerns the whole site."""

    @property
    def root(self) -> Path:
        return Path(self.site.root)

    @property
    def kind(self) -> str:
        return "draft" if self.options.draft else "build"

    @property
    def workers(self) -> Workers:
        return workers_of(
            self.site,
            jobs=self.options.jobs,
            executor=self.options.executor,
            scheduler=self.options.scheduler,
            share=self.options.share,
        )

    @cached_property
    def before(self) -> Ledger:
        """What is known of the last build of this kind."""
        return last_ledger(self.root, self.kind, self.base, self.locales)

    @cached_property
    def base(self) -> str:
        """The key of configuration, options and program."""
        choices = {"draft": self.options.draft, "preview": self.options.preview}
        return digest(self.site, choices, self.code)

    def sweep(self) -> None:
        """Remove what was written aside and never came into its place."""
        with suppress(StoreError):  # the next build tries again
            sweep(self.root / ".publish", root=self.root)

    def keep(self, ledger: Ledger) -> Mark:
        """Remember the build for the next one. Raises StoreError."""
        return write_ledger(self.root, self.kind, ledger)

    def tidy(self, ledger: Ledger) -> None:
        """Remove the bodies that no build can find any more."""
        places = (row.body for _, row in ledger.rows.each() if row.body)
        Bodies(self.root, self.kind).sweep(places)

    def study(self) -> Study:
        """What articles are judged by in the locales whose histories are known."""
        before = self.before
        inputs = Inputs(self.root, self.stamps, before.files, trusted=before.started)
        bodies = Bodies(self.root, self.kind)
        return Study(
            self.site,
            self.rules(),
            self.base,
            inputs,
            before.rows,
            bodies,
            self.concerned,
            self.decided,
        )

    def rules(self) -> Mapping[str, Rules]:
        """What is known in the locales whose histories are known."""
        options = self.options
        return {
            locale: Rules(
                self.site,
                locale,
                history,
                self._terms(locale),
                draft=options.draft,
                preview=options.preview,
            )
            for locale, history in self.histories.items()
        }

    def _terms(self, locale: str) -> tuple[Term, ...]:
        """The glossary of a locale; none where it is broken, which holds nothing."""
        if locale not in self.site.locales:
            return ()
        try:
            return terms_of(self.site, locale)
        except PublishError as error:
            self.errors.append(error)
            return ()
