"""What differs between two texts, word by word, as people want to see it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from pipeline.late import regex

Difference: TypeAlias = tuple[str, str]
"""`equal`, `delete` or `insert`, and the text of which that is true."""

_UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PART: Final = regex(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|[^\w\s]")
_MOST: Final = 4_000
"""Words of each text; what has more is shown as replaced, for nobody reads that."""


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """
    The runs of words that both texts have, and those that only one of them has.

    The `equal` and `delete` runs, joined, are the old text; `equal` and `insert` the
    new one. Of two runs in one place, `delete` comes first.
    """
    a, b = _PART.findall(old), _PART.findall(new)
    start = _same(a, b)
    end = _same(a[start:][::-1], b[start:][::-1])
    middle = _changes(a[start : len(a) - end], b[start : len(b) - end])
    runs = [
        ("equal", "".join(a[:start])),
        *middle,
        ("equal", "".join(a[len(a) - end :])),
    ]
    return tuple(_readable(runs))


def _same(a: Sequence[str], b: Sequence[str]) -> int:
    """How many parts both begin with."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _changes(a: list[str], b: list[str]) -> Iterator[Difference]:
    if len(a) > _MOST or len(b) > _MOST or not a or not b:
        yield ("delete", "".join(a))
        yield ("insert", "".join(b))
        return
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(a, b):
        if code.tag == "insert":
            yield ("insert", "".join(b[code.dest_start : code.dest_end]))
        else:
            yield (code.tag, "".join(a[code.src_start : code.src_end]))


def _readable(runs: Sequence[Difference]) -> Iterator[Difference]:
    """The runs with blanks between two changes taken into them, and none empty."""
    told: list[Difference] = []
    last = len(runs) - 1
    for place, (tag, text) in enumerate(runs):
        if tag == "equal" and text.isspace() and 0 < place < last:
            told += [("delete", text), ("insert", text)]
        elif text:
            told.append((tag, text))
    for is_equal, group in groupby(told, key=lambda run: run[0] == "equal"):
        parts = list(group)
        for tag in ("equal",) if is_equal else ("delete", "insert"):
            text = "".join(text for each, text in parts if each == tag)
            if text:
                yield (tag, text)
