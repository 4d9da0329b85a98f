"""
The record of a page or a mail: who let each of its sentences go out.

`dist/release/<locale>/<domain>.json` has a line for each message of the article, so
that two releases can be compared. What many share, such as a review, stands once.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from hashlib import blake2b
from typing import Final

from pipeline.approval import Approval, Approvals, translation_digest
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.once import once
from pipeline.provenance import HUMAN, draft_origin, silenced_checks

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

    lines: tuple[str, ...] = ()
    """Each a list in JSON, of the values that the columns name."""

    reviews: tuple[Mapping[str, object], ...] = ()
    translators: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    """The files that it follows from, below the site's root."""


def source_digest(message: Message) -> str:
    """A digest of the source text of a message."""
    data = f"{message.msgid}\0{message.msgid_plural or ''}"
    found = blake2b(data.encode("utf-8", "surrogatepass"), digest_size=16)
    return found.hexdigest()


@once
def _sources_of(template: tuple[Message, ...]) -> tuple[tuple[Key, str], ...]:
    """
    What the records of an article have in common.

    Of each message the key, and how its line begins: with what the source says. The
    page's address has none.
    """
    return tuple(
        [
            (each.key, f'{_head(each.msgctxt)}, "{source_digest(each)}"')
            for each in template
            if each.msgctxt != "slug"
        ]
    )


def _head(msgctxt: str | None) -> str:
    return "[null" if msgctxt is None else f"[{_json(msgctxt)}"


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
        template: tuple[Message, ...],
        shown: Catalog | None,
        accept: Callable[[Message], bool] | None = None,
        *,
        inputs: tuple[str, ...] = (),
    ) -> Record:
        """
        The record of the messages of an article.

        `accept` says which are shown; without it, all that the catalog has are.
        """
        entries = shown.by_key if shown else {}
        lines: list[str] = []
        for key, source in _sources_of(template):
            entry = entries.get(key)
            if entry is None or not (accept is None or accept(entry)):
                lines.append(f"{source}]")
            else:
                lines.append(f"{source}, {self._translation(entry)}]")
        reviews = tuple(dict(zip(_REVIEW, each, strict=True)) for each in self._reviews)
        return Record(tuple(lines), reviews, tuple(self._names), inputs)

    def _translation(self, entry: Message) -> str:
        """What a line says besides the source."""
        digest = translation_digest(entry)
        approval = self.approvals.of(entry)
        if approval:
            said = f"{self._review(approval)}, null"
        else:
            name = self.translators.get(digest, self.last_translator)
            number = self._names.setdefault(name, len(self._names)) if name else "null"
            said = f"null, {number}"
        if not entry.comments:
            return f'"{digest}", "{HUMAN}", {said}'
        line = f'"{digest}", {_json(draft_origin(entry))}, {said}'
        ignored = silenced_checks(entry)
        return f"{line}, {_json(ignored)}" if ignored else line

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
    lines = ",\n  ".join(record.lines)
    texts.append(f'"segments": [\n  {lines}\n ]')
    return "{\n" + ",\n".join(texts) + "\n}\n"
