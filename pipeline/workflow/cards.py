"""
The cards of lists as they were filled, from one build to the next.

They go into pages as they are, so they lie where nobody but the user can write.
"""

import json
import zlib
from pathlib import Path

from pipeline.render.cards import Cards, Texts
from pipeline.store.cache import read_cached, write_cached
from pipeline.workflow.compiled import cached_name


def known_cards(root: Path, kind: str, locale: str, key: str) -> Cards:
    """
    The cards of a locale.

    `key` is that of templates and words: with another one, nothing is known of them.
    """

    def load() -> Texts:
        return _read(_name(root, kind, locale), key)

    return Cards(locale, load)


def keep_cards(root: Path, kind: str, key: str, cards: Cards) -> None:
    """Let the next build know them, where some are new."""
    if cards.are_more:
        body = json.dumps(cards.texts(), ensure_ascii=False).encode()
        head = json.dumps([key, zlib.crc32(body)]).encode()
        write_cached(_name(root, kind, cards.locale), b"\n".join((head, body)))


def _name(root: Path, kind: str, locale: str) -> str:
    return cached_name(root, kind, f"cards-{locale}")


def _read(name: str, key: str) -> Texts:
    head, _, body = (read_cached(name) or b"").partition(b"\n")
    try:
        # Half of it may be there if the machine went down.
        if json.loads(head) == [key, zlib.crc32(body)]:
            texts: Texts = json.loads(body)
            return texts
    except ValueError:
        pass
    return {}
