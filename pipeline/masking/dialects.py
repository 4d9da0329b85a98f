"""
The two forms in which an engine sees what is masked.

`tokens`: `Take [X1X]two[X2X] pills`. `tags`: `Take <g id="1">two</g> pills`, XML that
is well formed, for engines that know of tags. Which engine gets which was tried; see
`docs/engines.md`.
"""

import re
from enum import Enum
from typing import Final

from pipeline.errors import TokensBroken
from pipeline.late import regex
from pipeline.masking.tokens import TOKEN, Masked


class Dialect(Enum):
    """A form of what is masked."""

    TOKENS = "tokens"
    TAGS = "tags"


_TAG: Final = regex(
    r"""<\s?(/?)\s?([xXgG])(?:\s+[iI][dD]\s?=\s?["'“”„«»]?\s?(\d{1,6})\s?["'“”„«»]?)?
        \s?(/?)\s?>""",
    re.VERBOSE,
)
_ENTITY: Final = regex(r"&(amp|lt|gt|quot|apos|#39|#34|#x27);", re.IGNORECASE)
_CHARACTERS: Final = {
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "quot": '"',
    "apos": "'",
    "#39": "'",
    "#34": '"',
    "#x27": "'",
}


def written(masked: Masked, dialect: Dialect) -> str:
    """The masked text in a dialect."""
    if dialect is Dialect.TOKENS:
        return masked.text
    parts: list[str] = []
    end = 0
    for token in TOKEN.finditer(masked.text):
        parts += [_escaped(masked.text[end : token.start()]), _tag(masked, token)]
        end = token.end()
    return "".join([*parts, _escaped(masked.text[end:])])


def _tag(masked: Masked, token: re.Match[str]) -> str:
    number = int(token[1])
    partner = masked.tokens[number - 1].partner
    if not partner:
        return f'<x id="{number}"/>'
    return f'<g id="{number}">' if partner > number else "</g>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read(answer: str, masked: Masked, dialect: Dialect) -> str:
    """
    An answer with tokens, whatever the dialect it came in.

    Raises TokensBroken where a closing tag has no opening one.
    """
    if dialect is Dialect.TOKENS:
        return answer
    parts: list[str] = []
    opened: list[int] = []
    end = 0
    for tag in _TAG.finditer(answer):
        parts.append(_unescaped(answer[end : tag.start()]))
        parts.append(_token(tag, opened, masked))
        end = tag.end()
    return "".join([*parts, _unescaped(answer[end:])])


def _token(tag: re.Match[str], opened: list[int], masked: Masked) -> str:
    is_closing, name, number, is_empty = (*tag.groups(),)
    if name in "xX":
        return f"[X{int(number)}X]" if number and not is_closing else ""
    if is_closing:
        if not opened:
            raise TokensBroken("the answer closes a tag that it did not open")
        return f"[X{_partner(masked, opened.pop())}X]"
    if not number:
        raise TokensBroken("the answer has a tag without its number")
    opener = int(number)
    if is_empty:
        return f"[X{opener}X][X{_partner(masked, opener)}X]"
    opened.append(opener)
    return f"[X{opener}X]"


def _partner(masked: Masked, number: int) -> int:
    """The other half of a pair; 0, which is no token, where there is none."""
    inside = 0 < number <= len(masked.tokens)
    return masked.tokens[number - 1].partner if inside else 0


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda match: _CHARACTERS[match[1].lower()], text)
