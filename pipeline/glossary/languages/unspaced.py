"""Chinese, Japanese, Thai and their like: no blanks; and Korean, with its particles."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pipeline.glossary.languages import Language, Stem, Word, any_of, without_invisible

_PARTICLES: Final = any_of(
    "들?(?:은|는|이|가|을|를|의|에|에게|에서|에는|에도|에서는|으로|로|와|과|도|만|부터"
    "|까지|보다|처럼|이나|나|이며|이고|라고|이라고|이다|입니다|인)?"
)


def fold(text: str) -> str:
    """Wide letters as narrow ones, and no capitals."""
    return unicodedata.normalize("NFKC", without_invisible(text)).casefold()


def whole(word: Word) -> Iterator[Stem]:
    """The word as it is; a Latin one in such a text has no endings."""
    yield Stem(word.text)


def korean(word: Word) -> Iterator[Stem]:
    """The word and the particles behind it."""
    yield Stem(word.text, _PARTICLES if word.is_last else re.compile("의?"))


UNSPACED: Final = Language(whole, fold)
KOREAN: Final = Language(korean, fold)
