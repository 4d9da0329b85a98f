"""
The cards of lists as they were filled, from one build to the next.

They go into pages as they are, so they lie where nobody but the user can write.
"""

import json
import zlib
from io import BytesIO
from pathlib import Path
from typing import Final

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
    if not cards.are_more:
        return
    # Line by line: those of a large site are many megabytes.
    data = bytearray(_line([key]))
    for site, texts in cards.texts().items():
        data += _line([site])
        for face, text in texts.items():
            data += _line([face, text])
    data += _line(zlib.crc32(data))
    write_cached(_name(root, kind, cards.locale), data)


def _line(value: object) -> bytes:
    return f"{_json(value)}\n".encode("utf-8", "surrogatepass")


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _name(root: Path, kind: str, locale: str) -> str:
    return cached_name(root, kind, f"cards-{locale}")


def _read(name: str, key: str) -> Texts:
    data = read_cached(name) or b""
    end = data.rfind(b"\n", 0, -1) + 1
    found: Texts = {}
    # Half of it may be there if the machine went down.
    if data[end:] != _line(zlib.crc32(memoryview(data)[:end])):
        return found
    lines = map(json.loads, BytesIO(data[:end]))
    if next(lines) != [key]:
        return found
    texts: dict[str, str] = {}
    for first, *text in lines:
        if text:
            (texts[first],) = text
        else:
            texts = found.setdefault(first, {})
    return found
