"""
Letters that nobody tells apart (Unicode TR 39, a part of its table).

Of Cyrillic, Greek and Armenian those that look like a letter of ASCII; and what of
ASCII itself is taken for something else in an address: `rn` for m, 1 for l, 0 for o.
"""

import unicodedata
from typing import Final

from pipeline.late import regex

_LIKE: Final = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j",
    "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s",
    "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "А": "A", "В": "B", "С": "C",
    "Е": "E", "Н": "H", "І": "I", "Ј": "J", "К": "K", "М": "M", "О": "O", "Р": "P",
    "Ѕ": "S", "Т": "T", "Х": "X", "У": "Y", "Ԛ": "Q", "Ԝ": "W",
    # Greek
    "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t",
    "υ": "u", "χ": "x", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I",
    "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
    "ϲ": "c", "ϳ": "j",
    # Armenian and Latin
    "ո": "n", "ս": "u", "օ": "o", "ց": "g", "հ": "h", "ı": "i", "ɡ": "g", "ɑ": "a",
    "ӧ": "o", "ƽ": "s",
}  # fmt: skip
_ASCII: Final = (
    ("0", "o"),
    ("1", "l"),
    ("i", "l"),
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
)
_LETTER: Final = regex(r"[^\W\d_]")

LATIN: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff21-\uff5a"
CYRILLIC: Final = "\u0400-\u052f"
GREEK: Final = "\u0370-\u03ff\u1f00-\u1fff"

_SCRIPTS: Final = {
    name: regex(f"[{letters}]")
    for name, letters in (
        ("Latin", LATIN),
        ("Cyrillic", CYRILLIC),
        ("Greek", GREEK),
        ("Armenian", "\u0530-\u058f"),
    )
}
_TABLE: Final = str.maketrans(_LIKE)


def latin_looks(text: str) -> str:
    """The text with the ASCII letters that its letters look like."""
    return text.translate(_TABLE)


def looks_latin(word: str) -> bool:
    """Whether all letters of a word of another alphabet look like ASCII ones."""
    return bool(_LETTER.search(word)) and latin_looks(word).isascii()


def scripts(text: str) -> tuple[str, ...]:
    """Which of the alphabets that look alike a text has letters of."""
    return tuple(name for name, letters in _SCRIPTS.items() if letters.search(text))


def skeleton(host: str) -> str:
    """What a reader sees of a host: two with one skeleton cannot be told apart."""
    text = unicodedata.normalize("NFKD", latin_looks(host.casefold()))
    text = "".join(each for each in text if not unicodedata.combining(each))
    for sign, other in _ASCII:
        text = text.replace(sign, other)
    return text
