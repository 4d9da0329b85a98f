"""Brackets: what is opened is closed, and an aside stays an aside."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_ANY: Final = frozenset("()[]（）［］")
_WIDE: Final = regex("[（）［］【】〔〕]")
_NARROW: Final = str.maketrans("（）［］【】〔〕", "()[][]()")
# `a)` and `1)` number a list; `:)` is a face; a bracket after a backslash is a sign.
_NO_BRACKET: Final = regex(r"(?<!\S)(?:\d{1,2}|\w)\)|[:;]-?[()](?!\w)|\\.")
_PAIRS: Final = (("(", ")"), ("[", "]"))


class Brackets:
    """Counts the brackets of source and translation."""

    name = "brackets"
    severity = Severity.WARNING
    signs = _ANY
    explanation = (
        "A bracket has no partner, or the brackets of the source are gone. Close what "
        "is open, and put in brackets what the source has in them."
    )
    good = (
        Example("tr", "Wait (one day).", "Bekleyin (bir gün)."),
        Example("ja", "Wait (one day).", "待ってください（一日）。"),
        Example("de", "a) Wash. b) Rinse.", "a) Waschen. b) Spülen."),
    )
    bad = (
        Example("tr", "Wait (one day).", "Bekleyin (bir gün."),
        Example("de", "Wait (one day).", "Warten Sie einen Tag)."),
        Example("ar", "Wait (one day).", "انتظر يوما واحدا."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        return compare_pairs(message, _compare)


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    # What belongs to a link is compared as markup.
    if "](" in source or "](" in msgstr or source == msgstr:
        return
    there, here = _narrow(blank(source)), _narrow(blank(msgstr))
    for opening, closing in _PAIRS:
        if _surplus(here, opening, closing) and not _surplus(there, opening, closing):
            is_open = here.count(opening) > here.count(closing)
            sign = opening if is_open else closing
            yield Remark(f"a bracket {sign} has no partner here; close it")
            return
    is_lost = not _ANY.isdisjoint(there) and _ANY.isdisjoint(here)
    if is_lost and _is_aside(there):
        yield Remark(
            "what the source has in brackets is in none here; is it there at all?",
            Severity.INFO,
        )


def _narrow(text: str) -> str:
    return text.translate(_NARROW) if _WIDE.search(text) else text


def _surplus(text: str, opening: str, closing: str) -> bool:
    """Whether one is more than the other, faces and numbers of lists or none."""
    if text.count(opening) == text.count(closing):
        return False
    text = _NO_BRACKET.sub(" ", text)
    return text.count(opening) != text.count(closing)


def _is_aside(text: str) -> bool:
    """Whether a bracket holds words: no `(s)` at the end of one, no `f()`."""
    return " (" in text
