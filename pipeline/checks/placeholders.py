"""Merge fields: each one arrives as it was, as often as it was."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from pipeline.checks import ENOUGH, CheckContext, Example, Remark, in_form, pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import FIELD_SIGNS, fields, find

_NAME: Final = regex(r"([{%(\s]+)(\w+)([})\s]+[sd]?)")
_LONGEST: Final = 4
"""Letters of an ending, at most; more are another name."""

_POSITION: Final = regex(r"^%[0-9]+\$")


class Placeholders:
    """Compares the merge fields of source and translation."""

    name = "placeholders"
    severity = Severity.ERROR
    signs = FIELD_SIGNS
    only_of_unlike = True
    explanation = (
        "Merge fields such as {{ first_name }} or %s are filled in later. Copy each "
        "one exactly, spaces included; a suffix goes after it: {{ first_name }}'ın."
    )
    good = (
        Example("tr", "{name}'s visit", "{name}'in randevusu"),
        Example("tr", "{name} and {friend}", "{friend} ile {name}"),
        Example("ar", "Dear {{ first_name }},", "عزيزي {{ first_name }}،"),
        Example("de", "%(count)s of %(all)s", "von %(all)s %(count)s"),
    )
    bad = (
        Example("tr", "Dear {{ first_name }},", "Sayın {{ ilk_ad }},"),
        Example("tr", "{name}'s visit", "{namein} randevusu"),
        Example("ar", "Dear {{ first_name }},", "عزيزي {{ first name }}،"),
        Example("de", "%(count)s hairs", "Haare"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        for pair in pairs(message):
            if fields(pair.msgstr) == fields(pair.sources[0]):
                continue
            found = Counter(_fields(pair.msgstr))
            expected = [Counter(_fields(source)) for source in pair.sources]
            if any(found == each for each in expected):
                continue
            missing, added = expected[0] - found, found - expected[0]
            if pair.drops_number and not added and missing.total() == 1:
                continue
            shown = [field for field in added if _is_code(field, pair.sources[0])]
            for field in shown:
                del added[field]
                text = f"{field} is code in the source; put it in backticks"
                yield in_form(Remark(text, Severity.WARNING), pair)
            for remark in _remarks(list(missing)[:ENOUGH], list(added)[:ENOUGH]):
                yield in_form(remark, pair)


def _fields(text: str) -> Iterator[str]:
    """The fields; `%2$s` in its new place is the `%s` of the source."""
    return (_POSITION.sub("%", field) for field in fields(text))


def _is_code(field: str, source: str) -> bool:
    """Whether the source has it in code only, where nothing fills it."""
    return any(
        field in each.raw for each in find(source) if each.kind == "code"
    ) and field not in fields(source)


def _remarks(missing: list[str], added: list[str]) -> Iterator[Remark]:
    # The same field in another shape is one mistake, not two.
    for field in missing:
        other = next((each for each in added if _is_like(field, each)), None)
        if other is None and len(missing) == len(added) == 1:
            other = added[0]
        if other is None:
            yield Remark(f"{field} of the source is missing here; copy it in")
            continue
        added.remove(other)
        suffix = _suffix(field, other)
        yield Remark(
            f"{field} of the source is {other} here; "
            + (
                f"write the ending after it: {field}'{suffix}"
                if suffix
                else "write it exactly so"
            )
        )
    for field in added:
        yield Remark(f"{field} is not in the source; take it out")


def _is_like(field: str, other: str) -> bool:
    inner, other_inner = field.strip("{}%$ "), other.strip("{}%$ ")
    return inner.casefold().startswith(other_inner.casefold()[:4])


def _suffix(field: str, other: str) -> str:
    """What the name of a field has been inflected by: the `i` of `{adi}` for `{ad}`."""
    match, changed = _NAME.fullmatch(field), _NAME.fullmatch(other)
    if match is None or changed is None or match.group(1, 3) != changed.group(1, 3):
        return ""
    suffix = changed[2].removeprefix(match[2])
    is_ending = suffix != changed[2] and len(suffix) <= _LONGEST and suffix.isalpha()
    return suffix if is_ending else ""
