"""
The record of a page or a mail: who let each of its sentences go out.

`dist/release/<locale>/<domain>.json` has a line for each message of the article, so
that two releases can be compared. What many share, such as a review, stands once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Message
from pipeline.provenance import draft_origin, silenced_checks

COLUMNS: Final = (
    "msgctxt",
    "source",
    "translation",
    "origin",
    "review",
    "translator",
    "ignored",
)
"""What the values of a line are. `source` and `translation` are digests; the latter is
null where the source's own text stands there. `review` and `translator` count in the
lists of that name; the latter is given where there is no review, null if unknown."""


@dataclass(frozen=True, slots=True)
class Record:
    """The lines of one article in one locale, and what they refer to."""

    lines: tuple[tuple[object, ...], ...] = ()
    reviews: tuple[Mapping[str, object], ...] = ()
    translators: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    """The files that it follows from, below the site's root."""


def source_digest(message: Message) -> str:
    """A digest of the source text of a message."""
    return _source_digest(message.msgid, message.msgid_plural or "")


@lru_cache(maxsize=512)
def _source_digest(msgid: str, plural: str) -> str:
    """The texts of an article are asked for in every locale, one after the other."""
    data = f"{msgid}\0{plural}".encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).hexdigest()


@dataclass(slots=True)
class Writing:
    """What is known of the translations while their lines are made."""

    approvals: Approvals = field(default_factory=Approvals)
    translators: Mapping[str, str] = field(default_factory=dict)
    """By digest of a translation; empty for one that is not known."""

    last_translator: str = ""
    _reviews: dict[tuple[object, ...], int] = field(default_factory=dict)
    _names: dict[str, int] = field(default_factory=dict)

    def record(
        self,
        template: Iterable[Message],
        shown: Catalog | None,
        accept: Callable[[Message], bool],
        *,
        inputs: tuple[str, ...] = (),
    ) -> Record:
        """The record of the messages of an article; `accept` says which are shown."""
        lines = tuple(self._lines(template, shown, accept))
        reviews = tuple(dict(zip(_REVIEW, each, strict=True)) for each in self._reviews)
        return Record(lines, reviews, tuple(self._names), inputs)

    def _lines(
        self,
        template: Iterable[Message],
        shown: Catalog | None,
        accept: Callable[[Message], bool],
    ) -> Iterator[tuple[object, ...]]:
        for message in template:
            if message.msgctxt == "slug":
                continue
            source = source_digest(message)
            entry = shown.find(message.msgid, message.msgctxt) if shown else None
            if entry is None or not accept(entry):
                yield (message.msgctxt, source)
            else:
                yield self._line(entry, source)

    def _line(self, entry: Message, source: str) -> tuple[object, ...]:
        digest = translation_digest(entry)
        approval = self.approvals.of(entry)
        review = self._review(approval) if approval else None
        name = "" if approval else self.translators.get(digest, self.last_translator)
        translator = self._names.setdefault(name, len(self._names)) if name else None
        ignored = silenced_checks(entry) if entry.comments else ()
        origin = draft_origin(entry) if entry.comments else "human"
        line = (entry.msgctxt, source, digest, origin, review, translator)
        return (*line, list(ignored)) if ignored else line

    def _review(self, approval: Approval) -> int:
        key = tuple(getattr(approval, name) for name in _REVIEW)
        return self._reviews.setdefault(key, len(self._reviews))


_REVIEW: Final = ("reviewer", "role", "date", "kind", "note", "overrides")
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def compose_record(head: Mapping[str, object], record: Record) -> str:
    """The text of a record; `head` says of which page it is."""
    values = {
        **head,
        "reviews": record.reviews,
        "translators": record.translators,
        "columns": COLUMNS,
    }
    texts = [f"{_json(key)}: {_json(value)}" for key, value in values.items()]
    # One call for all lines: a call each takes twice as long. No text has brackets.
    lines = _json(record.lines)[1:-1].replace("], [", "],\n  [")
    texts.append(f'"segments": [\n  {lines}\n ]')
    return "{\n" + ",\n".join(texts) + "\n}\n"
