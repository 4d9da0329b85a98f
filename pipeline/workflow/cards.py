"""
The cards of lists as they were filled, from one build to the next.

They go into pages as they are, so they lie where nobody but the user can write.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.render.cards import Cards, TextsBySite
from pipeline.store.cache import cached_lines, write_cached
from pipeline.workflow.compiled import cached_name

_FACE: Final = 32
"""Characters of the key of a card."""

_BREAK: Final = b"\xff"
"""For the end of a line in a text: in UTF-8 this byte stands for nothing."""


def known_cards(root: Path, kind: str, locale: str, key: str) -> Cards:
    """
    The cards of a locale.

    `key` is that of templates and words: with another one, nothing is known of them.
    """

    def load() -> TextsBySite:
        return _read(_name(root, kind, locale), key)

    return Cards(locale, load)


def keep_cards(root: Path, kind: str, key: str, cards: Cards) -> None:
    """Let the next build know them, where some are new."""
    if cards.are_more:
        lines = _lines(key, cards.texts())
        write_cached(_name(root, kind, cards.locale), _checked(lines))


def _lines(key: str, found: TextsBySite) -> Iterator[bytes]:
    """The key, and under each view of the site the texts, with what they are of."""
    yield _head(key)
    for site, texts in found.items():
        yield f"{json.dumps(site)}\n".encode()
        for face, text in texts.items():
            yield b"%b%b\n" % (face.encode(), text.replace(b"\n", _BREAK))


def _checked(lines: Iterable[bytes]) -> Iterator[bytes]:
    check = 0
    for line in lines:
        check = zlib.crc32(line, check)
        yield line
    yield _end(check)


def _head(key: str) -> bytes:
    return f"cards {key}\n".encode()


def _end(check: int) -> bytes:
    return f"={check}".encode()


def _name(root: Path, kind: str, locale: str) -> str:
    return cached_name(root, kind, f"cards-{locale}")


def _read(name: str, key: str) -> TextsBySite:
    lines = cached_lines(name)
    head = next(lines, b"")
    if head != _head(key):
        return {}
    check = zlib.crc32(head)
    found: dict[bytes, dict[str, bytes]] = {}
    texts: dict[str, bytes] = {}
    for line in lines:
        if line.startswith(b"="):
            # Half of it may be there if the machine went down.
            is_whole = line == _end(check)
            return {json.loads(s): each for s, each in found.items() if is_whole}
        check = zlib.crc32(line, check)
        if line.startswith(b'"'):
            texts = found[line] = {}
        else:
            face, text = line[:_FACE], line[_FACE:-1]
            texts[face.decode("latin-1")] = text.replace(_BREAK, b"\n")
    return {}
