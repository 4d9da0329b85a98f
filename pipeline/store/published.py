"""
`locales/<locale>/published.jsonl`: what was out, under which slug, when recalled.

Each tag and section that ever had a page has a line too, for its address.

Append-only and merged by git line by line, so that a fresh clone knows every address
that was ever given away. The newest line of an article says how it stands.
"""

import json
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from sys import intern
from typing import Final

from pipeline.cldr import bcp47_locale, gettext_locale
from pipeline.errors import StoreError
from pipeline.late import dataclass, made_open
from pipeline.store.files import read_text
from pipeline.store.lines import append_lines


@dataclass(frozen=True, slots=True)
class Event:
    """One line: an article went out under a slug, was recalled, or was renamed."""

    article: str
    """Of a tag or a section: the last two parts of its address, `tags/care`."""

    event: str
    """`published`, `recalled` or `renamed`; of a tag or a section, `listed`."""

    slug: str = ""
    date: str = ""
    """`YYYY-MM-DD`."""

    kind: str = "article"
    """`article`, `mail`, or `topic` of a tag or a section."""

    renamed_to: str = ""
    kept: str = ""
    """The digest of the text that is kept in case it becomes stale: see `kept.py`."""

    reviewed: str = ""
    """Of a text that is kept: since when all of it was approved, `YYYY-MM-DD`."""

    reviewers: tuple[tuple[str, str], ...] = ()
    """Of a text that is kept: who approved it, each with the role."""

    approved: bool = False
    """Of a text that is kept: whether its class required approvals, or all has one."""

    def as_line(self) -> str:
        values: dict[str, object] = {
            "article": self.article,
            "event": self.event,
            "slug": self.slug,
            "kind": self.kind,
            "renamed_to": self.renamed_to,
            "date": self.date,
            "kept": self.kept,
            "reviewed": self.reviewed,
            "reviewers": self.reviewers,
            "approved": self.approved,
        }
        kept = {key: value for key, value in values.items() if value}
        return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Release:
    """One text of an article, as it went out."""

    newest: Event
    """The last line that names it."""

    since: str
    """The day of the first."""


@dataclass(frozen=True, slots=True)
class History:
    """Every event of a locale, oldest first."""

    events: tuple[Event, ...] = ()
    _last: dict[str, Event] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def last(self) -> Mapping[str, Event]:
        """The newest publication or recall of each article, by today's domain."""
        found = self._last
        if found:
            return found
        for event in self.events:
            if event.event == "listed":
                continue
            if event.event != "renamed":
                found[event.article] = event
            elif event.article in found:
                found[event.renamed_to] = found.pop(event.article)
        return found

    def releases(self, article: str) -> Mapping[str, "Release"]:
        """Every text of an article, by its name today, that was kept as it went out."""
        names = {article}
        found: dict[str, Release] = {}
        for event in reversed(self.events):
            if event.event == "renamed" and event.renamed_to in names:
                names.add(event.article)
            elif event.article in names and event.event == "published" and event.kept:
                newest = found[event.kept].newest if event.kept in found else event
                found[event.kept] = Release(newest, event.date)
        return found

    def slugs(self) -> dict[str, tuple[str, ...]]:
        """Every slug that an article was ever out under, by today's domain."""
        found: dict[str, dict[str, None]] = {}
        for event in self.events:
            if event.event == "renamed":
                found.setdefault(event.renamed_to, {}).update(
                    found.pop(event.article, {})
                )
            elif event.event == "published" and event.kind == "article":
                found.setdefault(event.article, {})[event.slug] = None
        return {article: tuple(slugs) for article, slugs in found.items() if slugs}

    def last_under(self, slug: str, among: Container[str]) -> str | None:
        """Which of some articles, by today's domains, was the last one under a slug."""
        today: dict[str, str] = {}
        for event in reversed(self.events):
            if event.event == "renamed":
                today[event.article] = today.get(event.renamed_to, event.renamed_to)
            elif (event.event, event.kind, event.slug) == (
                "published",
                "article",
                slug,
            ):
                domain = today.get(event.article, event.article)
                if domain in among:
                    return domain
        return None

    def listed(self) -> tuple[str, ...]:
        """Every tag and section that ever had a page: `tags/care`."""
        found = (event.article for event in self.events if event.event == "listed")
        return tuple(dict.fromkeys(found))


_new_event: Final = made_open(Event)
_decode: Final = json.JSONDecoder().raw_decode


def published_path(root: Path, locale: str) -> Path:
    """Where the history of a locale lies."""
    return root / "locales" / gettext_locale(locale) / "published.jsonl"


def read_history(root: Path, locale: str) -> History:
    """
    The history of a locale; empty if nothing was ever out.

    Raises StoreError with path and line. A last line without its end is what a crash
    left of an append: it is passed over.
    """
    path = published_path(root, locale)
    if not path.exists():
        return History()
    text = read_text(path, root=root)
    shown = path.relative_to(root).as_posix()
    *lines, torn = text.split("\n")
    events = [
        _event(line, shown, number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    with suppress(StoreError):
        events.append(_event(torn, shown, len(lines) + 1))
    return History(tuple(events))


def other_histories(root: Path, locales: Container[str]) -> dict[str, History]:
    """The histories of languages in which something was out, but for these."""
    found = (path.parent.name for path in root.glob("locales/*/published.jsonl"))
    tags = sorted(bcp47_locale(name) for name in found)
    return {tag: read_history(root, tag) for tag in tags if tag not in locales}


def append_history(root: Path, locale: str, events: Iterable[Event]) -> None:
    """Add events, each line whole and on the disk before this returns."""
    lines = [event.as_line() for event in events]
    append_lines(published_path(root, locale), lines, root=root)


def _event(line: str, path: str, number: int) -> Event:
    try:
        line = line.strip(" \t\r\n")
        values, end = _decode(line)
        if end != len(line):
            values = json.loads(line)  # says what is wrong with it
        find = values.get
        # There may be tens of thousands: names of fields take their time, and what is
        # the same of many is in memory once.
        return _new_event(
            intern(str(values["article"])),
            intern(str(values["event"])),
            str(find("slug", "")),
            intern(str(find("date", ""))),
            intern(str(find("kind", "article"))),
            str(find("renamed_to", "")),
            str(find("kept", "")),
            str(find("reviewed", "")),
            tuple((str(name), str(role)) for name, role in find("reviewers", ())),
            find("approved") is True,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            "not a line of a publication history",
            path=path,
            line=number,
            hint="restore the file from git; it is only ever appended to",
        ) from error
