"""`publish recover`: every text that an entry ever had, from the journal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from pipeline import cldr, registry
from pipeline.errors import PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import Site
from pipeline.po.header import new_catalog_header
from pipeline.store.catalogs import catalog_path, read_catalog, write_catalog
from pipeline.store.journal import Journal, Text
from pipeline.store.sources import find_sources
from pipeline.workflow.articles import require_known
from pipeline.workflow.report import Report
from pipeline.workflow.templates import MESSAGES


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalog and the texts that it had, the newest first."""

    locale: str
    domain: str
    msgctxt: str | None
    msgid: str
    texts: tuple[Text, ...]

    def as_json(self) -> dict[str, object]:
        """The entry as `recover --json` shows it."""
        return {
            "locale": self.locale,
            "domain": self.domain,
            "msgctxt": self.msgctxt,
            "msgid": self.msgid,
            "texts": [
                {
                    "msgstrs": list(text.msgstrs),
                    "state": text.state,
                    "seen": text.seen,
                    "how": text.how,
                }
                for text in self.texts
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverReport(Report):
    """What the journal knows, in the order of locales, catalogs and first sight."""

    entries: tuple[Entry, ...] = ()
    written: str = ""
    """The file that was asked for, if any."""

    def body(self) -> dict[str, object]:
        return {"entries": [entry.as_json() for entry in self.entries]}


def recover(
    site: Site,
    *,
    locales: tuple[str, ...],
    articles: tuple[str, ...] = (),
    msgid: str = "",
    output: Path | None = None,
    now: datetime,
) -> RecoverReport:
    """
    What entries had as their text, in some articles (none named: all).

    `msgid` is a part of their source text, whatever its case. `output` is a new file
    for what the catalog of one article in one locale does not hold any more. No
    catalog is changed. Raises UsageError for an unknown article or a wrong `output`.
    """
    root = Path(site.root)
    with Journal(root) as journal:
        texts = {
            locale: journal.texts(cldr.gettext_locale(locale)) for locale in locales
        }
        warning = journal.warning
    known = find_sources(site, registry.format_suffixes()).domains | {MESSAGES}
    known |= {text.domain for each in texts.values() for text in each}
    names = require_known(articles, frozenset(known))
    entries = tuple(
        entry
        for locale in locales
        for entry in _entries(locale, texts[locale])
        if (not names or entry.domain in names)
        and msgid.casefold() in entry.msgid.casefold()
    )
    notes = [warning] if warning else []
    if output is not None:
        if len(names) != 1 or len(locales) != 1:
            raise UsageError(
                "a file is for one article in one language",
                hint="name both: publish recover ARTICLE --lang tr -o lost.po",
            )
        path = _new_file(output, root)
        lost = _lost(site, locales[0], names[0], entries)
        if lost:
            header = _header(site, locales[0], now)
            write_catalog(path, Catalog(header, tuple(lost)), root=root)
        else:
            notes.append(f"{output} is not written: its catalog holds everything")
            output = None
    return RecoverReport(entries=entries, written=str(output or ""), notes=tuple(notes))


def _entries(locale: str, texts: Sequence[Text]) -> list[Entry]:
    """The entries of a locale by catalog, in the order in which they were seen."""
    found: dict[tuple[str, str | None, str], list[Text]] = {}
    for text in reversed(texts):
        found.setdefault((text.domain, text.msgctxt, text.msgid), []).append(text)
    return [
        Entry(locale, *key, tuple(reversed(found[key])))
        for key in sorted(found, key=lambda key: key[0])
    ]


def _new_file(output: Path, root: Path) -> Path:
    path = output.absolute()
    if path.exists():
        raise UsageError(f"{output} is there already", hint="name a new file")
    if path.resolve().is_relative_to((root / "locales").resolve()):
        raise UsageError(
            f"{output} would be taken for a catalog of the site",
            hint="name a file outside locales/",
        )
    return path


def _header(site: Site, locale: str, now: datetime) -> Message:
    return new_catalog_header(
        project=site.title or "site",
        bugs=site.bugs,
        team=site.team,
        language=cldr.gettext_locale(locale),
        plural_forms=cldr.plural_forms(locale),
        creation_date=now.strftime("%Y-%m-%d %H:%M%z"),
    )


def _lost(
    site: Site, locale: str, domain: str, entries: Sequence[Entry]
) -> list[Message]:
    """What the catalog of an article does not hold any more, as fuzzy entries."""
    root = Path(site.root)
    held = _held(root, catalog_path(root, cldr.gettext_locale(locale), domain))
    return [message for entry in entries for message in _without(entry, held)]


def _held(root: Path, path: Path) -> Catalog:
    """What the catalog holds now; nothing where it cannot be read."""
    try:
        return read_catalog(path, root=root)
    except PublishError:
        return Catalog(Message(""))


def _without(entry: Entry, held: Catalog) -> Iterator[Message]:
    """The newest text that the catalog does not hold, with older ones as comments."""
    now = held.find(entry.msgid, entry.msgctxt)
    texts = [text for text in entry.texts if now is None or text.msgstrs != now.msgstrs]
    if not texts:
        return
    newest, *older = texts
    comments = [f"{newest.how} on {newest.seen}"]
    for text in older:
        said = " | ".join(text.msgstrs)
        comments += f"{text.how} on {text.seen}: {said}".split("\n")
    yield Message(
        entry.msgid,
        newest.msgstrs,
        msgctxt=entry.msgctxt,
        msgid_plural=newest.msgid_plural,
        comments=tuple(comments),
        flags=("fuzzy",),
    )
