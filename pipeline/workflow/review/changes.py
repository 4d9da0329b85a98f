"""
What a review changes: a text, an approval, a comment.

Each is on the disk when its function returns. An entry that is not any more what the
person has seen is left alone: the other text goes back to her, beside her own.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from pipeline import cldr
from pipeline.approval import Approval
from pipeline.errors import BusyError, UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding
from pipeline.model.site import Site
from pipeline.store.catalogs import catalog_path, read_catalog, write_catalog
from pipeline.store.comments import Comment, append_comment
from pipeline.store.journal import Journal
from pipeline.store.lock import locked
from pipeline.store.reviews import append_approvals
from pipeline.workflow.approving import Ruling, Signature, rule, withdraw_message
from pipeline.workflow.review.entries import entry_version, find_entry, reviewed
from pipeline.workflow.review.judging import fitting_text, judge_text
from pipeline.workflow.review.workbench import Place, Workbench, open_workbench
from pipeline.workflow.translators import needs_two, record_translator, see_catalog

T = TypeVar("T")

_TRIES: Final = 3
"""How often a catalog is read anew that an editor saves at the same moment."""

_MOST_COMMENT: Final = 5_000


@dataclass(frozen=True, slots=True)
class Person:
    """Who works, in which role, and when."""

    name: str
    role: str
    now: datetime

    @property
    def day(self) -> str:
        return self.now.strftime("%Y-%m-%d")

    def signature(self, note: str = "") -> Signature:
        """How she signs an approval."""
        return Signature(self.name, self.day, role=self.role, note=note)


@dataclass(frozen=True, slots=True)
class Target:
    """An entry, as of a version, of a catalog."""

    place: Place
    key: str
    version: str


@dataclass(frozen=True, slots=True)
class Done:
    """It is on the disk; the article and the entry as they are now."""

    bench: Workbench
    message: Message


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: the entry is another by now, or gone (None)."""

    bench: Workbench
    theirs: Message | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written: these findings must be mended, or confirmed by a note."""

    findings: tuple[Finding, ...]


def save(
    site: Site, target: Target, msgstrs: tuple[str, ...], person: Person
) -> Done | Conflict:
    """
    Give an entry a text.

    Raises UsageError for what is not there or cannot be written, CatalogError,
    StoreError; BusyError where another program keeps the site or the catalog.
    """
    root = Path(site.root)

    def write() -> Done | Conflict:
        written = _write(site, target, msgstrs, person)
        return _outcome(site, target, written)

    with locked(root):
        return _patiently(write)


def approve(
    site: Site,
    target: Target,
    msgstrs: tuple[str, ...] | None,
    person: Person,
    note: str,
) -> Done | Conflict | Refused:
    """
    Approve an entry, with another text if one is given.

    Where a check has an error or a warning and there is no note, or where a second
    person is needed, nothing is written.
    Raises as `save` does, and UsageError for an entry without a translation.
    """

    def work() -> Done | Conflict | Refused:
        bench = open_workbench(site, target.place, judged=False)
        entry = bench.entry(target.key)
        if entry is None or not _is_hers(entry, target, msgstrs):
            return Conflict(bench, entry)
        text = entry.msgstrs if msgstrs is None else fitting_text(entry, msgstrs)
        ruling = _ruling(bench, entry, text, person.signature(note))
        if ruling.refused:
            return Refused(ruling.refused)
        written = _write(site, target, text, person)
        if written is not None and ruling.approval:
            _record(target.place, Path(site.root), ruling.approval)
        return _outcome(site, target, written)

    with locked(Path(site.root)):
        return _patiently(work)


def withdraw(site: Site, target: Target, person: Person) -> Done | Conflict:
    """Take back the approval of an entry as it stands. Raises as `save` does."""
    with locked(Path(site.root)):
        bench = open_workbench(site, target.place, judged=False)
        entry = bench.entry(target.key)
        if entry is None or not _is_hers(entry, target, None):
            return Conflict(bench, entry)
        withdraw_message(site, bench.desk, entry, person.signature())
        return _outcome(site, target, entry)


def comment(site: Site, place: Place, key: str, text: str, person: Person) -> bool:
    """
    Ask or tell the author something about a message; whether there is such a message.

    Raises as `save` does.
    """
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > _MOST_COMMENT:
        raise UsageError(
            "the comment is empty"
            if not text
            else f"the comment has over {_MOST_COMMENT:,} characters",
            hint="write what the author should know",
        )
    bench = open_workbench(site, place, judged=False)
    entry = bench.entry(key)
    if entry is None:
        return False
    fitting_text(entry, (text,) * len(entry.msgstrs))
    root = Path(site.root)
    with locked(root):
        line = Comment(entry.msgctxt, entry.msgid, person.name, person.day, text)
        append_comment(root, place.locale, place.domain, line)
    return True


def _write(
    site: Site, target: Target, msgstrs: tuple[str, ...], person: Person
) -> Message | None:
    """The entry as it was written; None if it is not of that version any more."""
    root = Path(site.root)
    place = target.place
    path = catalog_path(root, cldr.gettext_locale(place.locale), place.domain)
    base = read_catalog(path, root=root)
    entry = find_entry(base, target.key)
    if entry is None or not _is_hers(entry, target, msgstrs):
        return None
    after = reviewed(entry, fitting_text(entry, msgstrs))
    if after != entry:
        record_translator(
            site,
            place.locale,
            place.domain,
            [after],
            before=base,
            translator=person.name,
            date=person.day,
        )
        changed = _signed(base.with_message(after), person)
        with Journal(root, "review") as journal:
            write_catalog(path, changed, root=root, base=base, journal=journal)
    return after


def _is_hers(entry: Message, target: Target, msgstrs: tuple[str, ...] | None) -> bool:
    """
    Whether the entry is what the person has seen, or what she asks for.

    It is the latter where an answer got lost, and she tries again.
    """
    if entry_version(entry) == target.version:
        return True
    return msgstrs == entry.msgstrs and entry.is_usable


def _signed(catalog: Catalog, person: Person) -> Catalog:
    """The catalog with the header fields that a person's save moves."""
    moment = person.now.strftime("%Y-%m-%d %H:%M%z")
    return catalog.with_fields(PO_Revision_Date=moment, Last_Translator=person.name)


def _outcome(site: Site, target: Target, written: Message | None) -> Done | Conflict:
    """What the disk has now."""
    bench = open_workbench(site, target.place)
    entry = bench.entry(target.key)
    if written is None or entry is None or entry.msgstrs != written.msgstrs:
        return Conflict(bench, entry)
    return Done(bench, entry)


def _ruling(
    bench: Workbench, entry: Message, text: tuple[str, ...], signature: Signature
) -> Ruling:
    """Whether the entry may be approved with a text; nothing of it is written yet."""
    signature.require_reviewer()
    if not all(text):
        raise UsageError(
            "there is no translation to approve", hint="translate it first"
        )
    typed = reviewed(entry, text)
    if bench.approval(typed):
        return Ruling()
    site, place = bench.site, bench.place
    desk = replace(bench.desk, findings=judge_text(bench, entry, text))
    translators = None
    if needs_two(site, place.domain):
        translators = see_catalog(
            site, place.locale, place.domain, bench.catalog, date=signature.date
        )
    return rule(desk, typed, signature, translators=translators, confirm_warnings=True)


def _record(place: Place, root: Path, approval: Approval) -> None:
    append_approvals(root, place.locale, place.domain, [approval])


def _patiently(work: Callable[[], T]) -> T:
    """Try again where an editor saved between our look and our write."""
    for _ in range(_TRIES - 1):
        try:
            return work()
        except BusyError:
            continue
    return work()
