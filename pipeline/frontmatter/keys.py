"""The keys that front matter may have, and what each of them may hold."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from pipeline.errors import SourceError
from pipeline.late import dataclass, regex

TRANSLATED: Final = ("title", "description", "subject", "preheader", "section")
"""The keys whose value is one segment; each item of `tags` is one too."""

KINDS: Final = ("article", "mail")
MAX_DEPTH: Final = 100
"""Levels of lists in lists; more is refused before a recursive reader sees it."""

_SHOWN: Final = 40
"""Characters of a wrong value that a message shows."""

_TEXTS: Final = (*TRANSLATED, "slug", "author")
_BREAKS: Final = regex("[ \t\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Value:
    """One translatable text, and where it stands in the lines between the fences."""

    role: str
    text: str
    start: int
    end: int
    line: int
    """In the file."""


@dataclass(frozen=True, slots=True)
class Block:
    """What was read of the lines between the fences."""

    data: dict[str, object]
    values: tuple[Value, ...]
    lines: Mapping[str, int]
    """Where each key stands in the file."""


def one_line(text: str) -> str:
    """The text with every break and run of blanks as one blank; others are kept."""
    return _BREAKS.sub(" ", text).strip(" ")


def checked(
    data: Mapping[str, object],
    *,
    path: str,
    line_of: Mapping[str, int],
) -> dict[str, object]:
    """
    The values that templates and stages may rely on; empty keys are left out.

    Raises SourceError where a known key holds something of another type.
    """
    meta: dict[str, object] = {}
    for key, value in data.items():
        if value is None:
            continue
        try:
            meta[key] = _READERS.get(key, _anything)(value)
        except _Wrong as wrong:
            raise SourceError(
                f"`{key}` must be {wrong.wanted}, not {_shown(value)}",
                path=path,
                line=line_of.get(key),
                hint=wrong.hint,
            ) from None
    return meta


class _Wrong(Exception):
    """The value of a key is of another type than it must be."""

    def __init__(self, wanted: str, hint: str = "") -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.hint = hint


def _anything(value: object) -> object:
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong("a text", "put the value in quotes")
    _refuse_unwritten(value)
    return one_line(value)


def _refuse_unwritten(text: str) -> None:
    # Quoted, it may be written with an escape, and is in no line of the article.
    if "\0" in text or "\x04" in text:
        raise _Wrong("a text without the characters NUL and EOT", "delete them")


def _tags(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise _Wrong("a list of texts", 'write it as ["first tag", "second tag"]')
    for tag in value:
        _refuse_unwritten(tag)
    return [one_line(tag) for tag in value if tag.strip()]


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Wrong("a date", "write it as 2026-03-31") from None


def _kind(value: object) -> str:
    if value not in KINDS:
        raise _Wrong("`article` or `mail`")
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong("true or false")
    return value


def _shown(value: object) -> str:
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 3]}..."


_READERS: Final[dict[str, Callable[[object], object]]] = {
    **dict.fromkeys(_TEXTS, _text),
    "tags": _tags,
    "date": _date,
    "updated": _date,
    "kind": _kind,
    "draft": _flag,
    "bilingual": _flag,
}
