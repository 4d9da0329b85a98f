"""Whether a translation is built as its source: the same parts, in the same places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.errors import TokensBroken
from pipeline.late import regex
from pipeline.masking.tokens import TOKEN, Masked, Token, mask, shown, unmask

# What is around words to stress them: another word in it does no harm.
_STRESS: Final = regex(
    r"[*_~]+|<(?:b|del|em|i|ins|mark|s|small|strong|u)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_SIGNS: Final = "[]{}⟦⟧\\*_~`"
"""What tokens, fields, links and emphasis are written with."""
_JOINTS: Final = "/@=#&"


def require_same_structure(whole: str, masked: Masked) -> None:
    """
    Raise TokensBroken unless a translation has the parts that its source has.

    It is read as the source was: an answer that writes on where an address ends, or
    puts a letter against a marker of emphasis, has every token and yet another link.
    """
    source, again = mask(unmask(masked.text, masked)), mask(whole)
    if (again.lead, again.tail) != (masked.lead, masked.tail):
        raise TokensBroken("the answer moved a line break to its end")
    ours, theirs = Counter(_parts(source)), Counter(_parts(again))
    for raw, partner in ours - theirs:
        raise TokensBroken(f"the answer breaks {shown(raw or partner)}")
    for raw, partner in theirs - ours:
        raise TokensBroken(f"the answer adds {shown(raw or partner)}")


def require_same_places(answer: str, masked: Masked) -> None:
    """
    Raise TokensBroken unless each token is in the link or tag that it was in.

    A link in another one leads nowhere, and a list item in another one is none.
    """
    order = [int(match[1]) for match in TOKEN.finditer(answer)]
    ours = dict(_around(range(1, len(masked.tokens) + 1), masked.tokens))
    for number, around in _around(order, masked.tokens):
        if around != ours[number]:
            raw = masked.tokens[number - 1].raw
            raise TokensBroken(f"the answer moved {shown(raw)} to another place")


def require_no_remains(words: str, source: str) -> None:
    """Raise TokensBroken where signs were added, such as are left of a broken token."""
    for sign in _SIGNS:
        if words.count(sign) > source.count(sign):
            raise TokensBroken(f"the answer adds {sign}")


def require_no_joints(answer: str, masked: Masked) -> None:
    """Raise TokensBroken where a token was made part of an address or of a path."""
    for match in TOKEN.finditer(answer):
        token = masked.tokens[int(match[1]) - 1]
        before = answer[match.start() - 1 : match.start()]
        after = answer[match.end() : match.end() + 1]
        for char, own in ((before, token.before), (after, token.after)):
            if char and char in _JOINTS and char != own:
                raise TokensBroken(f"the answer adds {char} to {shown(token.raw)}")


def _parts(masked: Masked) -> Iterator[tuple[str, str]]:
    """What each token stands for, and its other half."""
    for token in masked.tokens:
        partner = masked.tokens[token.partner - 1].raw if token.partner else ""
        yield token.raw, partner


def _around(
    numbers: Sequence[int], tokens: Sequence[Token]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each token of a well nested text with the links and tags around it."""
    stack: list[int] = []
    for number in numbers:
        token = tokens[number - 1]
        counts = token.partner and not _STRESS.fullmatch(
            tokens[_opener(number, token)].raw
        )
        if counts and token.partner < number:
            stack.pop()
        yield number, tuple(stack)
        if counts and token.partner > number:
            stack.append(number)


def _opener(number: int, token: Token) -> int:
    """The index of the first half of a pair."""
    return min(number, token.partner) - 1
