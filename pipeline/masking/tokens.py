"""Tokens in the place of what is not language, and back again."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Final

from pipeline.errors import TokensBroken
from pipeline.late import dataclass, regex
from pipeline.masking.private import BUILT_IN, Guard
from pipeline.placeholders import Placeholder, find

# Engines keep a short run of Latin capitals and digits in brackets where they
# translate a word, a brace or a guillemet (Weblate has masked so for years). They do
# add blanks, widen the brackets, change the case, or write the digits and the X of
# the target's script.
TOKEN: Final = regex(
    r"[\[［【][ \u00a0]?[XxХхΧχ] ?(\d{1,6}) ?[XxХхΧχ][ \u00a0]?[\]］】]",
)
"""A token as engines give it back; group 1 is its number."""

_NEXT: Final = regex(r"\[X(\d+)X\](?=\[X\d+X\])")
"""A token that another one follows at once."""

_IN_TEXT: Final = regex(
    r"""
    (?P<token>!?[\[［【][ \u00a0]?[XxХхΧχ][ ]?\d{1,6}[ ]?[XxХхΧχ][ \u00a0]?[\]］】])
    | (?P<single>\\[!-/:-@\[-`{-~]             # an escaped character (CommonMark 2.4)
        | &(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[Xx][0-9A-Fa-f]{1,6});
        | (?<![ \t])[ \t]*+\\?[\r\n]\s*+)       # a line break, and what hangs on it
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<emphasis>\*{1,3} | _{1,3} | ~~)
    """,
    re.VERBOSE,
)
_TAG: Final = regex(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_KEPT: Final = regex(
    r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["'][^"']*\bnotranslate\b""",
    re.IGNORECASE,
)
"""What says of an element that its words stay (HTML 3.2.6.4, and Google's class)."""

_VOID: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr".split(),
)
_BREAK: Final = regex(r"[\n\r\u2028\u2029]")
# Such a field is a word to the reader of Markdown.
_FIELD_STARTS: Final = frozenset({"{{", "{%"})
_FIELD_ENDS: Final = frozenset({"}}", "%}"})
_RUN_OF_BLANKS: Final = regex(" {2,}")
_BLANKS: Final = " \t\u00a0\u2009\u202f"
# Punctuation that stands close to the word in every language; French puts a blank
# before some others.
_CLOSING: Final = tuple(".,)]}…،۔。、）”")
_OPENING: Final = tuple("([{（“")
_SPACELESS: Final = "\u0e00"
"""From Thai on, a blank between words is not the rule."""
_SHOWN: Final = 60
"""Characters of a token that a message shows."""


class _Role(Enum):
    SINGLE = "single"
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class _Event:
    """A candidate: where it stands, and what it could pair with."""

    start: int
    end: int
    role: _Role
    name: str = ""
    is_kept: bool = False
    """Whether it is a token even without its partner."""

    keeps_words: bool = False
    """Whether all that is in the element stays as it is."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token stands for."""

    raw: str
    partner: int = 0
    """The number of the other half of a pair; 0: it has none."""

    before: str = ""
    """The character to its left in the source; empty at the edge."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text for a machine, and what it takes to make the original of it again."""

    text: str
    """Without the blanks around it, which are ours."""

    tokens: tuple[Token, ...] = ()
    """Token number n is `tokens[n - 1]`."""

    lead: str = ""
    tail: str = ""

    @property
    def words(self) -> str:
        """The text without its tokens."""
        return TOKEN.sub(" ", self.text)

    @property
    def has_words(self) -> bool:
        """Whether there is anything to translate."""
        return any(char.isalpha() for char in self.words)


@lru_cache(maxsize=512)
def mask(text: str, guard: Guard = BUILT_IN) -> Masked:
    """
    The text with a token in the place of everything that is not language.

    What `guard` knows as personal data is masked too, wherever it stands.
    """
    body = text.strip()
    start = text.find(body) if body else len(text)
    events = _paired(_with_kept_words(list(_events(body, guard))))
    tokens = []
    parts = []
    end = 0
    for number, (event, partner) in enumerate(events, 1):
        parts += [body[end : event.start], f"[X{number}X]"]
        tokens.append(
            Token(
                body[event.start : event.end],
                partner,
                body[event.start - 1 : event.start],
                body[event.end : event.end + 1],
            ),
        )
        end = event.end
    parts.append(body[end:])
    tail = text[start + len(body) :]
    return Masked("".join(parts), tuple(tokens), text[:start], tail)


def _events(text: str, guard: Guard) -> Iterator[_Event]:
    end = 0
    spans = guard.spans(text)
    for placeholder in find(text):
        yield from _events_around(text, end, placeholder.start, spans)
        yield _event_of(placeholder)
        end = placeholder.end
    yield from _events_around(text, end, len(text), spans)


def _events_around(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]]
) -> Iterator[_Event]:
    """The events between two placeholders; of personal data, what stands there."""
    first = bisect_right(spans, start, key=itemgetter(1))
    for span in spans[first:]:
        at, stop = max(span[0], start), min(span[1], end)
        if at >= end:
            break
        yield from _events_between(text, start, at)
        yield _Event(at, stop, _Role.SINGLE, is_kept=True)
        start = stop
    yield from _events_between(text, start, end)


def _event_of(placeholder: Placeholder) -> _Event:
    role, name, keeps_words = _Role.SINGLE, "", False
    if placeholder.kind == "link" and placeholder.raw.startswith("]"):
        role, name = _Role.CLOSE, "["
    elif placeholder.kind == "tag" and (match := _TAG.match(placeholder.raw)):
        name = match[2].lower()
        if name not in _VOID and not placeholder.raw.endswith("/>"):
            role = _Role.CLOSE if match[1] else _Role.OPEN
            name = f"<{name}"
            keeps_words = not match[1] and bool(_KEPT.search(placeholder.raw))
    return _Event(
        placeholder.start,
        placeholder.end,
        role,
        name,
        is_kept=True,
        keeps_words=keeps_words,
    )


def _with_kept_words(events: list[_Event]) -> list[_Event]:
    """The events, with each element whose words stay as one of them."""
    if not any(event.keeps_words for event in events):
        return events
    pairs = _pairs(events)
    found: list[_Event] = []
    end = 0
    for index, event in enumerate(events):
        if event.start < end:
            continue
        if event.keeps_words and index in pairs:
            end = events[pairs[index]].end
            found.append(_Event(event.start, end, _Role.SINGLE, is_kept=True))
        else:
            found.append(event)
    return found


def _events_between(text: str, start: int, end: int) -> Iterator[_Event]:
    for match in _IN_TEXT.finditer(text, start, end):
        kind, (at, stop) = match.lastgroup, match.span()
        if kind in {"token", "single"}:
            yield _Event(at, stop, _Role.SINGLE, is_kept=True)
        elif kind == "open":
            yield _Event(at, stop, _Role.OPEN, "[")
        elif kind == "close":
            yield _Event(at, stop, _Role.CLOSE, "[")
        elif role := _flanking(
            match[0], text[max(at - 2, 0) : at], text[stop : stop + 2]
        ):
            yield _Event(at, stop, role, match[0])


def _flanking(run: str, before: str, after: str) -> _Role | None:
    """Whether a run of markers can open or close (CommonMark 6.2)."""
    left = "word" if before in _FIELD_ENDS else _kind(before[-1:])
    right = "word" if after in _FIELD_STARTS else _kind(after[:1])
    opens = right == "word" or (right == "mark" and left != "word")
    closes = left == "word" or (left == "mark" and right != "word")
    if run[0] == "_":
        opens, closes = (
            opens and (not closes or left == "mark"),
            closes and (not opens or right == "mark"),
        )
    if opens and closes:
        return _Role.EITHER
    if opens:
        return _Role.OPEN
    return _Role.CLOSE if closes else None


def _kind(char: str) -> str:
    """What a character beside a run is to it: `blank`, also at the edge, or more."""
    if not char.strip():
        return "blank"
    return "mark" if unicodedata.category(char)[0] in "PS" else "word"


def _paired(events: list[_Event]) -> list[tuple[_Event, int]]:
    """The events that become tokens, each with the number of its other half."""
    pairs = _pairs(events)
    kept = [
        index
        for index, event in enumerate(events)
        if event.is_kept or _is_markup(events, pairs, index)
    ]
    numbers = {index: number for number, index in enumerate(kept, 1)}
    return [(events[index], numbers.get(pairs.get(index, -1), 0)) for index in kept]


def _is_markup(events: list[_Event], pairs: dict[int, int], index: int) -> bool:
    """Whether a marker is one: emphasis in a pair, or a bracket that a link closes."""
    if index not in pairs:
        return False
    return events[index].name != "[" or events[pairs[index]].is_kept


def _pairs(events: list[_Event]) -> dict[int, int]:
    """Well nested pairs; what another pair cuts through has no partner."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    waiting: Counter[str] = Counter()
    for index, event in enumerate(events):
        if event.role is _Role.SINGLE:
            continue
        if event.role is not _Role.OPEN and waiting[event.name]:
            while True:
                opener = stack.pop()
                waiting[events[opener].name] -= 1
                if events[opener].name == event.name:
                    break
            pairs[opener], pairs[index] = index, opener
        elif event.role is not _Role.CLOSE:
            stack.append(index)
            waiting[event.name] += 1
    return pairs


def unmask(answer: str, masked: Masked) -> str:
    """
    The answer with every token's original in its place.

    Raises TokensBroken unless each token is there once and pairs are well nested.
    """
    pieces = TOKEN.split(answer.strip())
    gaps, numbers = pieces[::2], [int(number) for number in pieces[1::2]]
    _require_each_once(numbers, masked)
    _require_nesting(numbers, masked)
    if answer.strip() == masked.text:
        # Nothing to mend; and a source may hold blanks that no engine would write.
        texts = gaps
    else:
        texts = _mended(gaps, numbers, masked)
        _require_filled_pairs(numbers, texts, masked)
    parts = [masked.lead, texts[0]]
    for number, text in zip(numbers, texts[1:], strict=True):
        parts += [masked.tokens[number - 1].raw, text]
    return "".join([*parts, masked.tail])


def _require_each_once(numbers: list[int], masked: Masked) -> None:
    counted = Counter(numbers)
    for number, token in enumerate(masked.tokens, 1):
        if counted[number] != 1:
            what = "lost" if not counted[number] else "doubled"
            raise TokensBroken(f"the answer {what} {shown(token.raw)}")
    if len(counted) != len(masked.tokens):
        raise TokensBroken("the answer holds a token that the text has not")


def shown(raw: str) -> str:
    """A token's original for a message: short, on one line."""
    line = " ".join(raw.split()) or "a line break"
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _require_nesting(numbers: list[int], masked: Masked) -> None:
    stack: list[int] = []
    for number in numbers:
        partner = masked.tokens[number - 1].partner
        if partner > number:
            stack.append(number)
        elif partner and (not stack or stack.pop() != partner):
            raw = masked.tokens[number - 1].raw
            raise TokensBroken(f"the answer moved {shown(raw)} out of its pair")


def _require_filled_pairs(numbers: list[int], texts: list[str], masked: Masked) -> None:
    """A link whose words an engine moved elsewhere leads from nothing."""
    was_empty = {int(match[1]) for match in _NEXT.finditer(masked.text)}
    for (left, right), text in zip(pairwise(numbers), texts[1:-1], strict=True):
        token = masked.tokens[left - 1]
        is_empty = token.partner == right > left and not text.strip()
        if is_empty and left not in was_empty:
            raise TokensBroken(f"the answer left nothing in {shown(token.raw)}")


def _mended(gaps: list[str], numbers: list[int], masked: Masked) -> list[str]:
    """The texts around the tokens, with blanks beside them as the source has them."""
    texts = [
        " ".join(line.strip() for line in gap.splitlines())
        if _BREAK.search(gap)
        else gap
        for gap in gaps
    ]
    if not _RUN_OF_BLANKS.search(masked.text):
        texts = [_RUN_OF_BLANKS.sub(" ", text) for text in texts]
    for index, number in enumerate(numbers):
        token = masked.tokens[number - 1]
        is_break = token.raw.lstrip(" \t\\").startswith(("\n", "\r"))
        clings = is_break or 0 < token.partner < number
        texts[index] = _before(texts[index], token, clings=clings)
        clings = is_break or token.partner > number
        texts[index + 1] = _after(texts[index + 1], token, clings=clings)
    for index, (left, right) in enumerate(pairwise(numbers), 1):
        beside = (masked.tokens[left - 1].after, masked.tokens[right - 1].before)
        if not texts[index] and all(char.isspace() for char in beside):
            texts[index] = " "
    return texts


def _before(text: str, token: Token, *, clings: bool) -> str:
    """The text to the left of a token; `clings`: no blank can be meant between."""
    if token.before.isspace():
        return f"{text} " if _is_spaced(text[-1:]) else text
    bare = text.rstrip(_BLANKS)
    is_added = clings or (token.before and bare.endswith(_OPENING))
    return bare if is_added else text


def _after(text: str, token: Token, *, clings: bool) -> str:
    """The text to the right of a token."""
    if token.after.isspace():
        return f" {text}" if _is_spaced(text[:1]) else text
    bare = text.lstrip(_BLANKS)
    is_added = clings or (token.after and bare.startswith(_CLOSING))
    return bare if is_added else text


def _is_spaced(char: str) -> bool:
    """Whether it is of a word in a script that puts blanks between words."""
    return char.isalnum() and char < _SPACELESS
