"""Blanks at the ends and inside: they join or part words on the page."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

_DOUBLED: Final = regex(r"\S {2,}(?=\S)")
_AT_LINE_END: Final = regex(r"\n(?:\s|(?<=\s\n))")
_NAMES: Final = {"": "nothing", " ": "a space", "\n": "a line break", "\t": "a tab"}


class Whitespace:
    """Compares the blanks of source and translation."""

    name = "whitespace"
    severity = Severity.WARNING
    explanation = (
        "The text begins or ends with other blanks than the source, or has doubled "
        "spaces or tabs of its own. Make the blanks as the source has them."
    )
    good = (
        Example("tr", "Call us. ", "Bizi arayın. "),
        Example("ja", "Call us.", "お電話ください。"),
    )
    bad = (
        Example("tr", "Call us.", "Bizi  arayın."),
        Example("de", "Call us: ", "Rufen Sie uns an:"),
        Example("ar", "Call us.", "\nاتصل بنا."),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del context
        return _has_blanks(sources) or _has_blanks(texts)

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        return compare_pairs(message, _compare)


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    stripped, stripped_source = msgstr.strip(), source.strip()
    if not stripped or not stripped_source:
        return
    start, source_start = _lead(msgstr), _lead(source)
    if start != source_start:
        yield Remark(
            f"the text begins with {_named(start)}, the source with "
            f"{_named(source_start)}; make them alike",
            None if source_start or start.strip(" ") else Severity.INFO,
        )
    end, source_end = _lead(msgstr[::-1])[::-1], _lead(source[::-1])[::-1]
    if end != source_end:
        yield Remark(
            f"the text ends with {_named(end)}, the source with "
            f"{_named(source_end)}; make them alike",
            None if source_end or end.strip(" ") else Severity.INFO,
        )
    doubled = _DOUBLED.search(stripped) if "  " in stripped else None
    if doubled and not _DOUBLED.search(stripped_source):
        here = stripped[doubled.start() : doubled.end() + 15].strip()
        # On a page they look like one.
        yield Remark(f"two spaces in a row at “{here}”; leave one", Severity.INFO)
    if "\t" in stripped and "\t" not in stripped_source:
        yield Remark("a tab that the source does not have; write a space")


def _has_blanks(texts: str) -> bool:
    """Whether any of several texts has blanks at an end, or a tab, or two in a row."""
    return (
        texts != texts.strip()
        or "  " in texts
        or "\t" in texts
        or _AT_LINE_END.search(texts) is not None
    )


def _lead(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _named(blanks: str) -> str:
    return _NAMES.get(blanks) or f"{len(blanks)} blanks"
