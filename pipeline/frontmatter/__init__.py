"""
Front matter: what a text says of itself before it begins.

YAML between `---` lines or TOML between `+++` lines, at the very start. It is cut like
the body: only the values of translatable keys are segments, every other character
stays as it is. Known keys have known types (`keys.py`); unknown keys are kept.

An opening line that nothing closes is an error, unless a blank line follows it: then
it is a rule that the text happens to begin with.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.errors import SourceError, UnfitError
from pipeline.frontmatter import keys, toml_block, yaml_block
from pipeline.frontmatter.keys import TRANSLATED, Value, one_line
from pipeline.late import dataclass, regex
from pipeline.model.article import Segment, Span, Verbatim

__all__ = ["TRANSLATED", "Head", "behind", "cut", "end", "fit", "owns"]

_PLACE: Final = "front matter"
_OPENING: Final = regex(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r?\n|\Z)")
_CLOSING: Final = {
    "---": regex(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE),
    "+++": regex(r"^\+\+\+[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE),
}
_BLANK: Final = regex(r"[ \t]*(?:\r?\n|\Z)")
_KEY: Final = regex(r"\s*[\w-]+[ \t]*[:=]")
_READ: Final = {"---": yaml_block.read, "+++": toml_block.read}
_QUOTED: Final = {"---": yaml_block.quoted, "+++": toml_block.quoted}


@dataclass(frozen=True, slots=True)
class Head:
    """The front matter of a text, cut; without one, a byte order mark at most."""

    spans: tuple[Span, ...] = ()
    meta: dict[str, object] | None = None
    """None where the text has no front matter."""

    end: int = 0
    """Where the body begins."""


@dataclass(frozen=True, slots=True)
class _Fence:
    kind: str
    start: int
    """Where the lines between the fences begin, and `stop` where they end."""

    stop: int
    end: int


def cut(text: str, *, path: str) -> Head:
    """
    The front matter of a text.

    Raises SourceError with path and line for what is not closed, cannot be read, or
    gives a known key a value of another type.
    """
    fence = _fence(text, path)
    if fence is None:
        mark = text[: text.startswith("\ufeff")]
        return Head((Verbatim(mark),) if mark else (), None, len(mark))
    block = text[fence.start : fence.stop]
    read = _READ[fence.kind](block, path=path)
    meta = keys.checked(read.data, path=path, line_of=read.lines)
    spans = tuple(_spans(text, fence, read.values))
    return Head(spans, meta, fence.end)


def end(text: str) -> int:
    """Where the body of a text begins whose front matter was cut before."""
    fence = _fence(text, None)
    return fence.end if fence else int(text.startswith("\ufeff"))


def behind(spans: Sequence[Span]) -> Sequence[Span]:
    """The spans of a text that are not of its front matter."""
    number = 0
    for place, span in enumerate(spans):
        if isinstance(span, Segment):
            if not owns(span):
                break
            # What closes the front matter ends the span behind its last value.
            number = place + 2
    if not number:
        rest = end("".join([span.raw for span in spans]))
        while rest > 0:
            rest -= len(spans[number].raw)
            number += 1
    return spans[number:]


def is_settled(text: str) -> bool:
    """Whether the body begins there still when other words stand in their places."""
    # Below a rule that the text begins with, `Dose: 5 mg` would be a key.
    return _OPENING.match(text) is None or _fence(text, None) is not None


def owns(segment: Segment) -> bool:
    """Whether a segment is a value of the front matter."""
    return segment.place.startswith(_PLACE)


def fit(segment: Segment, msgstr: str) -> str:
    """
    The raw characters that put `msgstr` in a value's place, on one line.

    Raises UnfitError if nothing is left of it.
    """
    text = one_line(msgstr)
    if not text:
        raise UnfitError("the translation is empty")
    return _QUOTED[segment.place[-3:]](text)


def _fence(text: str, path: str | None) -> _Fence | None:
    opening = _OPENING.match(text)
    if opening is None:
        return None
    kind, start = opening[1], opening.end()
    is_rule = _BLANK.match(text, start) and not _KEY.match(text, start)
    if is_rule:
        return None
    closing = _CLOSING[kind].search(text, start)
    if closing is None:
        raise SourceError(
            f"the front matter is not closed: a second `{kind}` line is missing",
            path=path,
            line=1,
            hint=f"close it with `{kind}`, or put a blank line after the first",
        )
    return _Fence(kind, start, closing.start(), closing.end())


def _spans(text: str, fence: _Fence, values: tuple[Value, ...]) -> Iterator[Span]:
    end = 0
    for value in values:
        start, stop = fence.start + value.start, fence.start + value.end
        yield Verbatim(text[end:start])
        yield Segment(
            raw=text[start:stop],
            text=one_line(value.text),
            line=value.line,
            role=value.role,
            place=f"{_PLACE} {fence.kind}",
        )
        end = stop
    yield Verbatim(text[end : fence.end])
