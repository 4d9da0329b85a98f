"""How long a text takes to read: by words, and by characters where these are dense."""

from typing import Final

from pipeline.late import regex
from pipeline.render.words import text_of

_DENSE: Final = regex("[\u3040-\ud7af]")
"""Characters of scripts that write without spaces, or a syllable each."""

_WORDS_A_MINUTE: Final = 200
_DENSE_A_MINUTE: Final = 450

_SIGNS: Final = (
    (b" ", b"\t\n\v\f\r\x1c\x1d\x1e\x1f "),
    (b"?", b"\xc2\xe1\xe2"),  # Some blanks begin so in UTF-8,
    (b"d", bytes(range(0xE3, 0xEE))),  # and dense characters, and a blank.
)


def _shape() -> bytes:
    """What stands for each byte of a text while its words are counted."""
    of = dict.fromkeys(range(256), b"x")
    for sign, shown in _SIGNS:
        of |= dict.fromkeys(shown, sign)
    return b"".join(of.values())


_SHAPE: Final = _shape()


def reading_minutes(html: str) -> int:
    """How long the text of a body takes to read, at least one minute."""
    text = text_of(html)
    # To count words takes half as long as to part them.
    shape = text.encode("utf-8", "surrogatepass").translate(_SHAPE)
    is_dense = b"d" in shape
    if is_dense or b"?" in shape:
        words = len(text.split())
    else:
        words = shape.count(b" x") + shape.startswith(b"x")
    dense = len(_DENSE.findall(text)) if is_dense else 0
    return max(1, round(words / _WORDS_A_MINUTE + dense / _DENSE_A_MINUTE))
