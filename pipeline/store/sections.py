"""
Texts of several parts, of lines each, to which sections with the same parts are added.

Each section ends with the lengths of its parts, and a check of all that stands before.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate

from pipeline.late import dataclass

Places = tuple[int, ...]
"""Where each part of a section begins, and where the last ends."""


def read_sections(text: bytes) -> tuple[list[Places], int]:
    """The sections of a text, the newest first, and its check. Raises ValueError."""
    found: list[Places] = []
    tails: list[int] = []
    end = len(text)
    while end or not found:
        if text[end - 1 : end] != b"\n":
            raise ValueError("a section that has no end")
        tail = text.rfind(b"\n", 0, end - 1) + 1
        *lengths, _ = map(int, text[tail:end].split())
        start = tail - sum(lengths)
        if not 0 <= start <= tail:
            raise ValueError("a section that begins nowhere")
        found.append(tuple(accumulate((start, *lengths))))
        tails.append(tail)
        end = start
    return found, _checked(text, reversed(tails))


def _checked(text: bytes, tails: Iterable[int]) -> int:
    """The last check of a text, where each of them is right. Raises ValueError."""
    check = end = 0
    whole = memoryview(text)
    for tail in tails:
        start, end = end, text.index(b"\n", tail) + 1
        lengths, _, told = text[tail:end].rpartition(b" ")
        check = zlib.crc32(lengths, zlib.crc32(whole[start:tail], check))
        if check != int(told):
            raise ValueError("a section that is not as it was written")
    return check


@dataclass(slots=True)
class Section:
    """A section as it is written."""

    check: int = 0
    size: int = 0

    def written(self, *parts: Iterable[str]) -> Iterator[bytes]:
        """Its lines, and what it ends with."""
        lengths: list[int] = []
        for part in parts:
            start = self.size
            # What cannot stand in a line is not remembered, and so looked at each time.
            for line in filter(None, part):
                yield self._counted(f"{line}\n".encode("utf-8", "surrogatepass"))
            lengths.append(self.size - start)
        yield self._counted(" ".join(map(str, lengths)).encode())
        end = f" {self.check}\n".encode()
        self.size += len(end)
        yield end

    def _counted(self, piece: bytes) -> bytes:
        self.check = zlib.crc32(piece, self.check)
        self.size += len(piece)
        return piece
