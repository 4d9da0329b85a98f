"""The mark at the end: a question stays a question."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from pipeline.characters import KEPT
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank, find

_KINDS: Final = {
    "?": "a question mark",
    "؟": "a question mark",
    "？": "a question mark",
    "⸮": "a question mark",
    "!": "an exclamation mark",
    "！": "an exclamation mark",
    ".": "a full stop",
    "。": "a full stop",
    "．": "a full stop",
    "۔": "a full stop",
    "।": "a full stop",
    "։": "a full stop",
    "።": "a full stop",
    ":": "a colon",
    "：": "a colon",
    "…": "an ellipsis",
    ",": "a comma",
    "،": "a comma",
    "、": "a comma",
    "，": "a comma",
    ";": "a semicolon",
    "؛": "a semicolon",
    "；": "a semicolon",
}
_CLOSERS: Final = " \u00a0\n*_~`\"'”’“‘»«›‹)]}）」』】》\u200e\u200f\u2069\u061c"
_NO_STOP: Final = frozenset({"th", "lo", "km", "my"})
"""Languages whose sentences end without a full stop."""

_DENSE: Final = frozenset({"ja", "ko", "zh"})
_WORDY: Final = 40

_NO_COLON: Final = frozenset({"ja", "ko", "zh"})
"""Languages where a list may follow a full stop."""


class Punctuation:
    """Compares the kind of mark at the end of source and translation."""

    name = "punctuation"
    severity = Severity.WARNING
    explanation = (
        "The text ends with another kind of mark than the source: a lost question mark "
        "changes what is said. Marks of the language, such as ؟ or 。, are the same."
    )
    good = (
        Example("tr", "Do you smoke?", "Sigara içiyor musunuz?"),
        Example("ar", "Do you smoke?", "هل تدخن؟"),
        Example("el", "Do you smoke?", "Καπνίζετε;"),
        Example("ja", "It is safe.", "安全です。"),
    )
    bad = (
        Example("tr", "Do you smoke?", "Sigara içiyorsunuz."),
        Example("ar", "Do you smoke?", "أنت تدخن."),
        Example("de", "Wait!", "Warten Sie …"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, locale=context.locale))


def _compare(source: str, msgstr: str, locale: str) -> Iterator[Remark]:
    expected, found = _end(source), _end(msgstr)
    if locale == "el" and found == "a semicolon":
        found = "a question mark"
    if expected == found:
        return
    language = locale.partition("-")[0]
    if language in _NO_COLON and {expected, found} <= {"a colon", "a full stop", ""}:
        return
    if language in _NO_STOP and {expected, found} <= {"a full stop", ""}:
        return
    if not found:
        is_whole = expected == "a full stop" and _is_long(source, msgstr, language)
        yield Remark(
            f"the source ends with {expected}; put it at the end here, too",
            Severity.INFO if is_whole else None,
        )
    elif not expected:
        yield Remark(
            f"the source does not end with {found}; take it out",
            Severity.INFO if found == "a full stop" else None,
        )
    else:
        yield Remark(f"the source ends with {expected}, this with {found}")


def _is_long(source: str, msgstr: str, language: str) -> bool:
    """Whether a text without its full stop can hardly have been cut."""
    share = 0.5 if language in _DENSE else 0.95
    return len(msgstr) >= _WORDY and len(msgstr) >= share * len(source)


@lru_cache(maxsize=KEPT)
def _end(text: str) -> str:
    """The kind of the last mark, closing quotes and markup aside."""
    found = find(text)
    if not found:
        last = text.rstrip()[-40:].rstrip(_CLOSERS)
        return _kind(last)
    end = len(text.rstrip())
    for placeholder in reversed(found):
        if placeholder.end != end or placeholder.kind not in {"tag", "link"}:
            break
        end = len(text[: placeholder.start].rstrip())
    return _kind(blank(text)[max(0, end - 40) : end].rstrip(_CLOSERS))


def _kind(last: str) -> str:
    if last.endswith(("...", "。。。")):
        return "an ellipsis"
    return _KINDS.get(last[-1:], "")
