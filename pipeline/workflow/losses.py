"""What a catalog held once and does not hold now, as if its file had been cut."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from pipeline.model.catalog import Catalog, Key, Message
from pipeline.po.compose import compose_entry

Texts: TypeAlias = Mapping[Key, Sequence[tuple[str, ...]]]
"""Every text that the journal knows of the entries of a catalog, the oldest first."""


def losses(read: Catalog, merged: Iterable[Message], texts: Texts) -> int:
    """
    How many entries lost words that no other entry of the catalog has.

    `read` is the catalog as it was found, and `merged` are its entries after a merge.
    A file that ends with a whole entry, or a whole line, cannot be told from one that
    was cut there: what was there before tells it.
    """
    there = {message.key for message in read.messages}
    gone = [
        message
        for message in merged
        if message.key not in there
        and not (message.is_translated and not message.is_fuzzy)
        and any(map(any, texts.get(message.key, ())))
    ]
    return len(gone) + (_is_cut(read.messages[-1], texts) if read.messages else 0)


def _is_cut(last: Message, texts: Texts) -> bool:
    """Whether the last entry is the first lines of what it was once."""
    known = texts.get(last.key, ())
    begin = f"{compose_entry(last)}\n"
    return any(
        len(msgstrs) == len(last.msgstrs)
        and compose_entry(replace(last, msgstrs=msgstrs)).startswith(begin)
        for msgstrs in known
        if msgstrs != last.msgstrs
    )
