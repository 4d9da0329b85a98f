"""`publish memory`: files in and out, and what it knows of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from pipeline.errors import PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.model.suggestion import Suggestion
from pipeline.store.exchanged import place_of, take_in, write_pairs
from pipeline.store.files import shown
from pipeline.store.memory import Admission, Memory
from pipeline.store.pairs import Pair
from pipeline.workflow.admission import admission
from pipeline.workflow.report import Report

MOST = 10
"""Units that a search shows by language."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a search found in one language."""

    locale: str
    found: Suggestion

    def as_json(self) -> dict[str, object]:
        """The unit as `memory search --json` shows it."""
        return {
            "locale": self.locale,
            "score": self.found.score,
            "source": self.found.source,
            "translation": self.found.msgstr,
            "place": self.found.place,
            "date": self.found.date,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryReport(Report):
    """What was found, or how much went in or out."""

    units: tuple[Unit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    """Units by locale."""

    file: str = ""
    """What was written."""

    def body(self) -> dict[str, object]:
        return {
            "units": [unit.as_json() for unit in self.units],
            "counts": self.counts,
            "file": self.file,
        }


def search(site: Site, *, locales: Sequence[str], text: str) -> MemoryReport:
    """The units of a text and of those that resemble it, the best first."""
    if not text.strip():
        raise UsageError("there is no text to search for")
    with open_memory(site) as memory:
        errors = _refreshed(memory, site, locales)
        units = tuple(
            Unit(locale, found)
            for locale in locales
            for found in memory.search(locale, text, MOST)
        )
        notes = (memory.warning,) if memory.warning else ()
    counts = {
        locale: sum(unit.locale == locale for unit in units) for locale in locales
    }
    return MemoryReport(errors=errors, notes=notes, units=units, counts=counts)


def export(site: Site, *, locales: Sequence[str], file: Path) -> MemoryReport:
    """
    Write what is in use in some locales into a new file.

    Raises UsageError where the file is there already.
    """
    if file.exists():
        raise UsageError(f"{file} is there already", hint="name a new file")
    counts = dict.fromkeys(locales, 0)
    with open_memory(site) as memory:
        errors = _refreshed(memory, site, locales)

        def pairs() -> Iterator[tuple[str, Pair]]:
            for locale in locales:
                for pair in memory.pairs(locale):
                    if pair.living and pair.msgctxt != "slug":
                        counts[locale] += 1
                        yield locale, pair

        write_pairs(file, pairs(), source=site.source_locale)
        notes = (memory.warning,) if memory.warning else ()
    return MemoryReport(errors=errors, notes=notes, counts=counts, file=str(file))


def take(site: Site, *, locales: Sequence[str], file: Path) -> MemoryReport:
    """
    Copy a file into the site's `memory/`, from where it is read from now on.

    Raises UsageError, SourceError or StoreError where it cannot be taken.
    """
    root = Path(site.root)
    target = take_in(root, file)
    place = place_of(target)
    with open_memory(site) as memory:
        errors = _refreshed(memory, site, locales)
        counts = {
            locale: sum(pair.place == place for pair in memory.pairs(locale))
            for locale in locales
        }
        notes = [memory.warning] if memory.warning else []
    if not any(counts.values()):
        notes.append(f"it has nothing from {site.source_locale} into these languages")
    return MemoryReport(
        errors=errors, notes=tuple(notes), counts=counts, file=shown(target, root)
    )


def open_memory(site: Site, *, offline: bool = False) -> Memory:
    """The memory of a site, the shared one if there is one and it may be asked."""
    return Memory.open(
        Path(site.root),
        source=site.source_locale,
        url="" if offline else site.memory_url,
        site=site.base_url or site.title,
    )


def _refreshed(
    memory: Memory, site: Site, locales: Sequence[str]
) -> tuple[PublishError, ...]:
    root = Path(site.root)
    errors: dict[str, PublishError] = {}
    for locale in locales:

        def rule(domain: str, locale: str = locale) -> Admission:
            return admission(site, locale, domain)

        found = memory.refresh(root, locale, rule)
        errors |= {str(error): error for error in found}
    return tuple(errors.values())
