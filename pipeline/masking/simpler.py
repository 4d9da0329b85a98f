"""A text in pieces that are easier to translate, for a second try."""

import re
from itertools import chain, zip_longest
from typing import Final

from pipeline.late import dataclass, regex
from pipeline.masking.private import BUILT_IN, Guard
from pipeline.masking.tokens import TOKEN, Masked, mask

_BOUNDARY: Final = regex(
    r"""(?P<word>[^\W\d_]{3,}|\d|[)\]”’"'])      # not an abbreviation
        [.!?…]+["'”’»)]*+
        (?P<closers>(?:\[X\d+X\])*+)
        (?P<gap>\s++)
        (?=\[X\d+X\]|["'“‘«(¿¡]*+[^\W_])""",
    re.VERBOSE,
)
_MARKS: Final = frozenset({"*", "**", "***", "_", "__", "___", "~~"})


@dataclass(frozen=True, slots=True)
class Pieces:
    """Texts that are translated one by one, and what stands between them."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...] = ()
    how: str = ""
    """What a comment says of it."""

    def joined(self, translations: tuple[str, ...]) -> str:
        """The translation of the whole."""
        pairs = zip_longest(translations, self.gaps, fillvalue="")
        return "".join(chain.from_iterable(pairs))


def sentences(text: str, guard: Guard = BUILT_IN) -> Pieces | None:
    """
    The text sentence by sentence; None: it has but one.

    A sentence stays whole with the next where markup goes across both.
    """
    masked = mask(text, guard)
    texts: list[str] = []
    gaps: list[str] = []
    start = 0
    for match in _BOUNDARY.finditer(masked.text):
        piece = masked.text[start : match.start("gap")]
        after = masked.text[match.end() : match.end() + 1]
        if _is_whole(piece, masked) and not after.islower():
            texts.append(_raw(piece, masked))
            gaps.append(match["gap"])
            start = match.end()
    if not texts:
        return None
    texts.append(_raw(masked.text[start:], masked))
    # The blanks at both ends stay with the first and the last piece.
    texts[0] = masked.lead + texts[0]
    texts[-1] += masked.tail
    return Pieces(tuple(texts), tuple(gaps), "sentence by sentence")


def without_emphasis(text: str, guard: Guard = BUILT_IN) -> Pieces | None:
    """
    The text without Markdown's marks of emphasis; None: it has none.

    Tags stay, since a check asks for them.
    """
    masked = mask(text, guard)
    marks = {
        number
        for number, token in enumerate(masked.tokens, 1)
        if token.partner and token.raw in _MARKS
    }
    if not marks:
        return None
    text = _raw(masked.text, masked, without=frozenset(marks))
    return Pieces((masked.lead + text + masked.tail,), (), "without emphasis")


def _is_whole(piece: str, masked: Masked) -> bool:
    """Whether no pair reaches out of it."""
    numbers = {int(match[1]) for match in TOKEN.finditer(piece)}
    partners = {masked.tokens[number - 1].partner for number in numbers}
    return partners - {0} <= numbers


def _raw(piece: str, masked: Masked, without: frozenset[int] = frozenset()) -> str:
    def original(match: re.Match[str]) -> str:
        number = int(match[1])
        return "" if number in without else masked.tokens[number - 1].raw

    return TOKEN.sub(original, piece)
