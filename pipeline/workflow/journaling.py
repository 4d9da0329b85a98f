"""What a command reads goes into the journal, whatever becomes of it there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from pipeline import cldr
from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.journal import Journal
from pipeline.store.stamps import Stamp
from pipeline.workflow.report import Report

R = TypeVar("R", bound=Report)


@dataclass(frozen=True, slots=True)
class Journaled:
    """What the journal had to say of itself."""

    error: StoreError | None = None
    warning: str = ""

    @property
    def went_well(self) -> bool:
        """Whether there is nothing to tell."""
        return self.error is None and not self.warning

    def told_in(self, report: R, *, as_error: bool = True) -> R:
        """The report with that added: a failure as an error, or else as a note."""
        notes: tuple[str, ...] = (self.warning,) if self.warning else ()
        errors: tuple[StoreError, ...] = ()
        if self.error and as_error:
            errors = (self.error,)
        elif self.error:
            notes += (str(self.error),)
        return replace(
            report, errors=(*errors, *report.errors), notes=(*notes, *report.notes)
        )


def journal_catalogs(
    site: Site,
    locales: Iterable[str],
    command: str,
    *,
    seen: Mapping[str, Stamp] | None = None,
    checked: int = 0,
) -> Journaled:
    """
    Journal the catalogs of some locales, for a command that writes none of them.

    `seen` and `checked` spare looking for them, as `Journal.read` has it.
    Where the journal cannot be written, their words are as safe as their files.
    """
    with Journal(Path(site.root), command) as journal:
        try:
            journal.read(catalog_folders(locales), seen=seen, checked=checked)
        except StoreError as error:
            return Journaled(error, journal.warning)
        return Journaled(None, journal.warning)


@contextmanager
def journal_meanwhile(
    work: Callable[[], Journaled],
) -> Iterator[Callable[[], Journaled]]:
    """Begin to journal in another process, and yield what waits for the end of it."""
    from pipeline.workflow.meanwhile import meanwhile

    def told() -> dict[str, str]:
        found = work()
        return {"warning": found.warning, "failed": "yes" if found.error else ""}

    with meanwhile(told) as result:

        def journaled() -> Journaled:
            lines = result()
            # What failed there fails here, and says why; a journal that was moved
            # aside there is as it should be now.
            found = work() if lines["failed"] else Journaled()
            return replace(found, warning=found.warning or lines["warning"])

        yield journaled


def catalog_folders(locales: Iterable[str]) -> tuple[str, ...]:
    """The folders of locales, as gettext spells them."""
    return tuple(cldr.gettext_locale(locale) for locale in locales)
