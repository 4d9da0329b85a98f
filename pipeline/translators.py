"""
Translators: who wrote which translation, as it was known when it was first seen.

A catalog names only who saved it last, so the name is kept beside it when a text first
appears: whoever saves the file later wrote other texts of it. The lines are a set:
their order means nothing, so git may merge them in any.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, field, replace
from typing import Final

from pipeline.approval import Pair, pair_of
from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Message


@dataclass(frozen=True, slots=True)
class Translated:
    """One line of `locales/<locale>/translators/<domain>.jsonl`."""

    msgctxt: str | None
    msgid: str
    translation: str
    """The digest of the translation's forms, as approvals have it."""

    translator: str
    """As `Last-Translator` or the review page names them; empty: not known."""

    date: str
    """`YYYY-MM-DD`."""

    msgid_plural: str | None = None

    @property
    def pair(self) -> Pair:
        """What they wrote, and of what."""
        return (self.msgctxt, self.msgid, self.msgid_plural, self.translation)


@dataclass(frozen=True, slots=True)
class Translators:
    """Who translated what, of one domain in one locale or of many."""

    lines: tuple[Translated, ...] = ()
    _names: dict[Pair, dict[str, None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for line in self.lines:
            self._names.setdefault(line.pair, {})[line.translator] = None

    def has_seen(self, message: Message) -> bool:
        """Whether anything was recorded of this text."""
        return pair_of(message) in self._names

    def of(self, message: Message) -> tuple[str, ...]:
        """Who is known to have translated it, sorted; nobody: it is not known."""
        names = self._names.get(pair_of(message), {})
        # Heavy, and most sites do not ask for two persons.
        from pipeline.persons import is_known

        return tuple(sorted(name for name in names if is_known(name)))

    def may_approve(self, message: Message, reviewer: str) -> bool:
        """Whether somebody else translated it, and surely."""
        names = self.of(message)
        from pipeline.persons import may_be_same

        return bool(names) and not any(may_be_same(name, reviewer) for name in names)


def last_translator(catalog: Catalog, *, stand_ins: Iterable[str] = ()) -> str:
    """
    Who saved a catalog last; empty if it does not say.

    `stand_ins` are names that stand there until a person saves: the site's team.
    """
    name = " ".join(catalog.fields().get("Last-Translator", "").split())
    nobody = {" ".join(each.split()) for each in stand_ins}
    from pipeline.persons import is_known

    return name if is_known(name) and name not in nobody else ""


def first_seen(
    catalog: Catalog,
    known: Translators,
    *,
    translator: str,
    date: str,
    elsewhere: Mapping[Pair, tuple[str, ...]] | None = None,
) -> Iterator[Translated]:
    """
    A line for each usable text that nothing was recorded of.

    A text is somebody's from the moment that it could go out: a draft is nobody's yet.
    Where the same pair was recorded `elsewhere`, it was copied, and its translators are
    those who are named there.
    """
    for entry in catalog.messages:
        # What a source has no longer may come back, here or in another article.
        message = replace(entry, obsolete=False) if entry.obsolete else entry
        if message.is_usable and not known.has_seen(message):
            names = (elsewhere or {}).get(pair_of(message)) or (translator,)
            for name in names:
                yield translated(message, translator=name, date=date)


def translated(message: Message, *, translator: str, date: str) -> Translated:
    """The line that says who wrote the translation of an entry."""
    msgctxt, msgid, msgid_plural, digest = pair_of(message)
    return Translated(msgctxt, msgid, digest, translator, date, msgid_plural)


def compose_translated(line: Translated) -> str:
    """One JSON line, without its line end."""
    values = {
        key: value
        for key, value in asdict(line).items()
        if value is not None or key == "msgctxt"
    }
    return json.dumps(values, ensure_ascii=False)


def parse_translators(text: str, *, path: str) -> Translators:
    """
    The lines of a file. Raises StoreError with path and line.

    A last line without its end is what a crash left of an append: it is passed over.
    """
    *lines, torn = text.split("\n")
    found = [
        _line(line, path, number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if torn.strip():
        with suppress(StoreError):
            found.append(_line(torn, path, len(lines) + 1))
    return Translators(tuple(found))


_TEXTS: Final = ("msgid", "translation", "translator", "date")


def _line(text: str, path: str, number: int) -> Translated:
    try:
        values = json.loads(text)
        known = {key: values[key] for key in _TEXTS}
        known["msgctxt"] = values.get("msgctxt")
        known["msgid_plural"] = values.get("msgid_plural")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        known = {}
    optional = {"msgctxt", "msgid_plural"}
    if not known or not all(
        isinstance(value, str) or (value is None and key in optional)
        for key, value in known.items()
    ):
        raise StoreError(
            "not a line that says who translated what",
            path=path,
            line=number,
            hint="restore the file from git; it is only ever appended to",
        )
    return Translated(**known)
