"""Entries as a review knows them: by a short key, and as of a version."""

import json
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from pipeline.model.catalog import Catalog, Key, Message

_SIZE = 8


def entry_key(key: Key) -> str:
    """A short name for an entry of one catalog, fit for an address."""
    return _digest(list(key))


def entry_version(message: Message) -> str:
    """What tells whether an entry is still what somebody has seen."""
    flags = sorted(message.flags)
    return _digest([message.msgid_plural, list(message.msgstrs), flags])


def find_entry(catalog: Catalog | None, key: str) -> Message | None:
    """The living entry of a short key."""
    living: Iterable[Message] = catalog.living if catalog else ()
    return next((each for each in living if entry_key(each.key) == key), None)


def reviewed(message: Message, msgstrs: tuple[str, ...]) -> Message:
    """The entry with the text of a person who has judged it: it is not fuzzy."""
    return replace(
        message,
        msgstrs=msgstrs,
        flags=tuple(flag for flag in message.flags if flag != "fuzzy"),
        previous=None,
    )


def _digest(values: list[object]) -> str:
    data = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=_SIZE).hexdigest()
