"""
Personal data: telephone, identity and account numbers, and what a site adds to them.

It is masked like everything that is not language, so no engine ever sees it. What is
known here has the shape of such a number, and its check digits where it has any; a
number that is none is masked at worst, and comes back as it was.
"""

import importlib
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from pipeline.late import dataclass, regex

_MOST_WAYS: Final = 10_000
"""In how many ways a pattern may try one place of a text before it gives up."""
_ENDLESS: Final = 1_000
"""What `+` and `*` count as: one of them is bearable in a text of that length."""
_IBAN_DIGITS: Final = 9
"""The fewest digits of an IBAN of any country: words in capitals have none."""
_LONGEST: Final = 500
"""Characters of a pattern."""

_MAIL: Final = regex(
    r"""
    (?<![\w.!\#$%&'*+/=?^{|}~-])       # else each character would begin one
    [\w.!\#$%&'*+/=?^{|}~-]++@[\w-]++(?:\.[\w-]++)++
    """,
    re.VERBOSE,
)
_SHAPES: Final = regex(
    r"""
    (?P<iban>(?<![A-Za-z0-9])(?:[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}
        |[a-z]{2}[0-9]{2}[0-9a-z]{11,30}))
    | (?<![0-9])(?<![0-9][.,-])(?:
        (?P<ssn>[0-9]{3}(?P<a>[ -])[0-9]{2}(?P=a)[0-9]{4})
        | (?P<card>[0-9]{4}(?P<b>[ -]?)[0-9]{4}(?P=b)[0-9]{4}(?P=b)[0-9]{1,7})
        | (?P<tckn>[1-9][0-9]{10}|[1-9][0-9]{2}[ ][0-9]{3}[ ][0-9]{3}[ ][0-9]{2})
        | (?P<phone>
            \(0?[1-9][0-9]{1,3}\)[ ]?[0-9]{3,4}(?:[ .-]?[0-9]{2,4}){1,3}
            | 0[ ]?\(?[1-9][0-9]{1,3}\)?[ ./-]?[0-9]{3,4}(?:[ .-]?[0-9]{2,4}){1,3}
            | 0[1-9][0-9]{8,9}
            | (?:1[ .-])?[2-9][0-9]{2}(?P<c>[-.])[0-9]{3}(?P=c)[0-9]{4}
            | 5[0-9]{2}[ ][0-9]{3}[ ][0-9]{2}[ ]?[0-9]{2}
            | 444[ ][0-9](?:[ ][0-9]{3}|[0-9][ ][0-9]{2})
        )
      )(?![0-9]|[.,][0-9])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Guard:
    """What must not leave the house: what is known here, and a site's own patterns."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Each with its name."""

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where personal data stands in a text: in order, apart from one another."""
        found = sorted(self._found(text))
        merged: list[tuple[int, int]] = []
        for start, end in found:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        if "@" in text:
            yield from (match.span() for match in _MAIL.finditer(text))
        position = 0
        while match := _SHAPES.search(text, position):
            start, end = match.span()
            judges = (judge for kind, judge in _JUDGES.items() if match[kind])
            length = next((judge(match[0]) for judge in judges), end - start)
            if length:
                yield start, start + length
            position = start + max(length, 1)
        for _, pattern in self.patterns:
            yield from (m.span() for m in pattern.finditer(text) if m[0])


BUILT_IN: Final = Guard()

_Tree: TypeAlias = Iterable[tuple[object, Any]]
"""A pattern as the parser of `re` has it: operators, each with what belongs to it."""


@lru_cache(maxsize=8)
def guard(patterns: tuple[tuple[str, str], ...]) -> Guard:
    """
    The guard of a site, by its patterns: the name of each, and a regular expression.

    Raises ValueError as `judged`.
    """
    return Guard(tuple((name, judged(pattern)) for name, pattern in patterns))


def judged(pattern: str) -> re.Pattern[str]:
    """
    The pattern, ready for use.

    Raises ValueError with the reason if it is none, finds the empty text, or could take
    far too long in some text.
    """
    if len(pattern) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST} characters")
    try:
        compiled = re.compile(pattern)
        parser = importlib.import_module("re._parser")
        tree = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from error
    if compiled.search(""):
        raise ValueError("finds the empty text, so it would find everything")
    if _ways(tree) > _MOST_WAYS:
        raise ValueError(
            "could take far too long: it repeats something in too many ways"
        )
    return compiled


def _ways(tree: _Tree) -> float:
    """In how many ways a parsed pattern can match at one place, at most."""
    ways: float = 1
    for operator, value in tree:
        ways *= _ways_of(str(operator), value)
    return ways


def _ways_of(operator: str, value: Any) -> float:
    match operator:
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = value
            return _repeated(int(least), int(most), _ways(inner))
        case "POSSESSIVE_REPEAT":
            # What it took it keeps, but each turn may try all its ways.
            return _ways(value[2])
        case "SUBPATTERN":
            return _ways(value[-1])
        case "ATOMIC_GROUP":
            return _ways(value)
        case "ASSERT" | "ASSERT_NOT":
            return _ways(value[1])
        case "BRANCH":
            return sum(map(_ways, value[1]))
        case "GROUPREF_EXISTS":
            return sum(_ways(each) for each in value[1:] if each is not None)
        case "GROUPREF" | "GROUPREF_IGNORE":
            return _ENDLESS
        case _:
            return 1


def _repeated(least: int, most: int, inner: float) -> float:
    turns = min(most, least + _ENDLESS)
    if inner == 1:
        return turns - least + 1
    if turns * math.log(inner) > math.log(_MOST_WAYS):
        return math.inf
    return sum(inner**turn for turn in range(least, turns + 1))


def _iban(text: str) -> int:
    """
    How many characters are an account number; 0: none. Words may stand behind it.

    ISO 13616: with its first four characters at the end it is 1 modulo 97.
    """
    ends = [end for end in range(1, len(text) + 1) if text[end - 1] != " "]
    for end in reversed(ends[14:34]):
        bare = text[:end].replace(" ", "")
        if len(_digits(bare)) < _IBAN_DIGITS:
            break
        number = "".join(str(int(char, 36)) for char in bare[4:] + bare[:4])
        if int(number) % 97 == 1:
            return end
    return 0


def _tckn(text: str) -> int:
    """The number of a citizen of Turkey: two digits at the end follow from the rest."""
    digits = _digits(text)
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    is_one = digits[9] == tenth and digits[10] == sum(digits[:10]) % 10
    return len(text) if is_one else 0


def _card(text: str) -> int:
    """A payment card: the sum of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(_digits(text))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - a digit
    return len(text) if total % 10 == 0 else 0


def _digits(text: str) -> Sequence[int]:
    return [int(char) for char in text if char.isdigit()]


_JUDGES: Final[Mapping[str, Callable[[str], int]]] = {
    "iban": _iban,
    "tckn": _tckn,
    "card": _card,
}
"""How many characters of what has the shape are really one."""
