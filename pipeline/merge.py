"""
The merge stage: what the sources say now, with everything that a translator wrote.

An entry whose text is still there is kept; a text that moved from another article
brings its translation with it; the translation of a similar text is carried over as
fuzzy, with the text it was made for; nothing that holds a translation is dropped.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final

from pipeline.clinical import differences
from pipeline.late import dataclass, regex
from pipeline.model.catalog import Catalog, Key, Message, Previous
from pipeline.po.compose import entry_as_written
from pipeline.similarity import NEAR, best

_NONE: Final[Mapping[Key, Message]] = MappingProxyType({})
_NPLURALS: Final = regex(r"^Plural-Forms:.*?\bnplurals\s*=\s*(\d+)", re.MULTILINE)
_CREATION: Final = regex(r"^POT-Creation-Date:.*$", re.MULTILINE)
_OWN: Final = 60
"""From here on a translation of the same catalog is carried over, as msgmerge does."""

_SILENCE: Final = regex(r"publish:\s*ignore=")


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged catalog, and what became of its entries."""

    catalog: Catalog
    new: int = 0
    """Without any translation, and not there before."""

    changed: int = 0
    """Fuzzy now, with the translation of a similar text."""

    moved: int = 0
    """With the translation that the same text has elsewhere."""

    kept: int = 0
    """There before, obsolete ones that came back included."""

    obsolete: int = 0
    """No longer in the sources since this merge; those without translation are gone."""


def merge(
    template: Sequence[Message],
    old: Catalog | None,
    *,
    header: Message,
    elsewhere: Mapping[Key, Message] = _NONE,
    today: str,
    source_locale: str = "en",
) -> Merge:
    """
    The catalog for `template`, with the translations of `old`.

    `elsewhere` holds entries of the locale's other catalogs: a text that is in none of
    its own takes its translation from there, the same one as it is. The translation of
    the most similar text is taken as fuzzy: of what vanished from this catalog or, if
    that is less than 75 % alike, from another; below that only from this one, and from
    60 % on. `header` is that of a new
    catalog; an existing one stays as it is, but for POT-Creation-Date, which moves if
    a msgid did. `today` (`2026-11-22`) dates the comments that say where a carried text
    is from, and where its numbers, units or negations differ, in the words of
    `source_locale`. Merging the result again changes nothing.
    """
    template = _all_wanted(tuple(template))
    known = {message.key: message for message in old.messages} if old else {}
    wanted = {message.key for message in template}
    merged_header = header if old is None else _header(old, header, template)
    gone = [message for message in known.values() if message.key not in wanted]
    sources = _Sources(
        known,
        elsewhere,
        _Pool(gone),
        _Pool(elsewhere.values()),
        _plural_forms(merged_header),
        today,
        source_locale,
    )
    if not known and not elsewhere:
        empty = tuple(map(sources.empty, template))
        return Merge(Catalog(merged_header, empty), new=len(empty))
    counts = dict.fromkeys(("new", "changed", "moved", "kept"), 0)
    living: list[Message] = []
    for message in template:
        what, merged = sources.translated(message)
        counts[what] += 1
        living.append(merged)
    vanished = [message for message in gone if any(message.msgstrs)]
    catalog = Catalog(merged_header, (*living, *map(_as_obsolete, vanished)))
    return Merge(
        catalog,
        **counts,
        obsolete=sum(not message.obsolete for message in vanished),
    )


class _Pool:
    """Entries whose translations may do for a similar text, indexed on first use."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._messages = messages

    def nearest(self, msgid: str, cutoff: int) -> tuple[Message, int] | None:
        """The entry whose translation was made for the most similar text."""
        found = best(msgid, self._texts, cutoff=cutoff) if self._texts else None
        return found and (self._usable[found[0]], found[1])

    @cached_property
    def _usable(self) -> list[Message]:
        return [m for m in self._messages if m.msgctxt != "slug" and m.is_translated]

    @cached_property
    def _texts(self) -> list[str]:
        return [_origin(message).msgid or "" for message in self._usable]


@dataclass(frozen=True, slots=True)
class _Sources:
    """Where translations come from."""

    known: Mapping[Key, Message]
    elsewhere: Mapping[Key, Message]
    own: _Pool
    others: _Pool
    forms: int
    today: str
    source_locale: str

    def translated(self, message: Message) -> tuple[str, Message]:
        """What becomes of a message of the template, and the entry for it."""
        before = self.known.get(message.key)
        if before and any(before.msgstrs):
            return self._exact(message, before, "kept")
        other = self.elsewhere.get(message.key)
        if other and other.is_translated:
            if before:
                other = replace(other, comments=before.comments + other.comments)
            return self._exact(message, other, "moved")
        if before:
            return self._exact(message, before, "kept")
        return self._near(message) or ("new", self.empty(message))

    def empty(self, message: Message) -> Message:
        """The entry of a message without translation."""
        if message.msgid_plural is None and message.msgstrs == ("",):
            return message
        msgstrs = self._fitted(("",), message)
        if msgstrs == message.msgstrs:
            return message
        return replace(message, msgstrs=msgstrs)

    def _exact(
        self, message: Message, source: Message, what: str
    ) -> tuple[str, Message]:
        """The same text; fuzzy all the same where its plural has changed."""
        if not any(source.msgstrs):
            return what, replace(
                message,
                msgstrs=self._fitted(("",), message),
                comments=source.comments,
                flags=_flags(message, source, is_fuzzy=False),
            )
        msgstrs = self._fitted(source.msgstrs, message)
        is_same = source.msgid_plural == message.msgid_plural
        previous = source.previous
        if not is_same:
            previous = Previous(
                source.msgid,
                msgctxt=source.msgctxt,
                msgid_plural=source.msgid_plural,
            )
            what = "changed"
        is_fuzzy = source.is_fuzzy or not is_same or msgstrs != source.msgstrs
        return what, replace(
            message,
            msgstrs=msgstrs,
            comments=source.comments,
            flags=_flags(message, source, is_fuzzy=is_fuzzy),
            previous=previous if is_fuzzy else None,
        )

    def _near(self, message: Message) -> tuple[str, Message] | None:
        if message.msgctxt == "slug":
            return None
        found = self.own.nearest(message.msgid, _OWN)
        if found is None or found[1] < NEAR:
            found = self.others.nearest(message.msgid, NEAR) or found
        return found and ("changed", self._carried(message, *found))

    def _carried(self, message: Message, source: Message, score: int) -> Message:
        """The entry with the translation of a similar text, to be checked."""
        origin = _origin(source)
        provenance = _provenance(message, origin, score, self.source_locale)
        comment = f"publish {self.today}: {provenance}"
        kept = (line for line in source.comments if not _SILENCE.search(line))
        is_same = origin == Previous(
            message.msgid,
            msgctxt=message.msgctxt,
            msgid_plural=message.msgid_plural,
        )
        return replace(
            message,
            msgstrs=self._fitted(source.msgstrs, message),
            comments=(*kept, comment),
            flags=_flags(message, source, is_fuzzy=True),
            previous=None if is_same else origin,
        )

    def _fitted(self, msgstrs: tuple[str, ...], message: Message) -> tuple[str, ...]:
        """As many forms as the message needs; one form alone stands for all."""
        is_plural = message.msgid_plural is not None
        forms = (self.forms or len(message.msgstrs)) if is_plural else 1
        fitted = (msgstrs + ("",) * forms)[:forms]
        if len(msgstrs) == 1 or not any(fitted):
            return (next(filter(None, msgstrs), ""),) * forms
        return fitted


@lru_cache(maxsize=2)
def _all_wanted(template: tuple[Message, ...]) -> tuple[Message, ...]:
    """Kept, because one template is merged into every locale."""
    return tuple(map(_wanted, template))


def _wanted(message: Message) -> Message:
    """An entry of the template as it will be read from a catalog, and nothing more."""
    if message.previous or message.obsolete:
        message = replace(message, previous=None, obsolete=False)
    return entry_as_written(message) or message


def _origin(source: Message) -> Previous:
    """The text that the entry's translation was made for."""
    if source.is_fuzzy and source.previous and source.previous.msgid is not None:
        return source.previous
    return Previous(
        source.msgid,
        msgctxt=source.msgctxt,
        msgid_plural=source.msgid_plural,
    )


def _provenance(message: Message, origin: Previous, score: int, locale: str) -> str:
    """Where a carried translation is from, in the words of a comment."""
    text = origin.msgid or ""
    if text == message.msgid:
        return "carried over from the same text; check it"
    said = f"carried over from a similar text ({score} %)"
    return "; ".join([said, *differences(text, message.msgid, locale), "check it"])


def _flags(message: Message, source: Message, *, is_fuzzy: bool) -> tuple[str, ...]:
    """
    The formats are the template's to say, all other flags the translator's.

    Where they are what they were, they stay in their order.
    """
    flags = {"fuzzy": None} if is_fuzzy else {}
    flags |= dict.fromkeys(flag for flag in message.flags if flag != "fuzzy")
    flags |= dict.fromkeys(
        flag
        for flag in source.flags
        if flag != "fuzzy" and not flag.endswith("-format")
    )
    return source.flags if flags.keys() == {*source.flags} else tuple(flags)


def _as_obsolete(message: Message) -> Message:
    if message.obsolete:
        return message
    return replace(message, obsolete=True, references=(), extracted=())


def _header(old: Catalog, new: Message, template: Sequence[Message]) -> Message:
    """The old header, its POT-Creation-Date moved if a msgid did."""
    before = {(*message.key, message.msgid_plural) for message in old.living}
    now = {(*message.key, message.msgid_plural) for message in template}
    date = _CREATION.search(new.msgstr)
    if before == now or date is None:
        return old.header
    text = _CREATION.sub(lambda _: date[0], old.header.msgstr, count=1)
    return replace(old.header, msgstrs=(text,))


def _plural_forms(header: Message) -> int:
    """How many plural forms the header names; 0 if it names none."""
    found = _NPLURALS.search(header.msgstr)
    return int(found[1]) if found else 0
