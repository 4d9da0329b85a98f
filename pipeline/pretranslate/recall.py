"""What memory and glossary know of a message."""

from dataclasses import replace
from typing import Final

from pipeline.glossary import preferred
from pipeline.masking import carry_over
from pipeline.model.catalog import Previous
from pipeline.model.suggestion import Suggestion
from pipeline.placeholders import find
from pipeline.pretranslate.drafts import Draft, Means, Task

MEMORY: Final = "memory"
GLOSSARY: Final = "glossary"
_SHOWN: Final = 80
"""Characters of another source text that a comment shows."""


def recalled(task: Task, means: Means) -> Draft | None:
    """The best draft that costs nothing, if there is any."""
    message = task.message
    if message.msgid_plural is not None:
        return None
    msgid, context, locale = message.msgid, message.msgctxt, means.locale
    same = means.memory.exact(locale, msgid, context)
    if len(same) > 1:
        between = means.memory.in_context(
            locale, msgid, context, task.before, task.after
        )
        if len(between) == 1 and not between[0].place:
            how = "100 %, between the same texts"
            return _draft(task, means, between[0], how, is_fuzzy=False)
        same = (*between, *(each for each in same if each not in between))
    if len(same) == 1:
        # What no catalog of this site has, nobody here stands behind.
        return _draft(task, means, same[0], "100 %", is_fuzzy=bool(same[0].place))
    if same:
        return _draft(task, means, same[0], f"100 %, one of {len(same)} translations")
    if context == "slug":
        return None
    for suggestion in means.memory.elsewhere(locale, msgid, context):
        return _draft(task, means, suggestion, "100 %, in another context")
    for target in preferred(msgid, means.terms, means.source_locale):
        return _draft(task, means, Suggestion(target, 100, GLOSSARY), "")
    for suggestion in means.memory.near(locale, msgid):
        return _near(task, means, suggestion)
    return None


def _near(task: Task, means: Means, suggestion: Suggestion) -> Draft:
    how = f"{suggestion.score} %"
    source = suggestion.source
    carried = carry_over(source, suggestion.msgstr, task.message.msgid)
    if carried is not None:
        suggestion = replace(suggestion, msgstr=carried)
        how = f"{how}, {_what_differs(source, task.message.msgid)} changed"
    line = " ".join(source.split())
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    draft = _draft(task, means, suggestion, f'{how}, source: "{shown}"')
    return replace(draft, previous=Previous(source))


def _what_differs(source: str, msgid: str) -> str:
    """What was swapped: numbers, or placeholders and perhaps numbers."""
    has_same = [p.raw for p in find(source)] == [p.raw for p in find(msgid)]
    return "numbers" if has_same else "placeholders"


def _draft(
    task: Task,
    means: Means,
    suggestion: Suggestion,
    how: str,
    *,
    is_fuzzy: bool = True,
) -> Draft:
    parts = [f"from {suggestion.origin}", how]
    if suggestion.place:
        parts.insert(1, f"in {suggestion.place}")
    said = ", ".join(filter(None, parts))
    return Draft(
        task.domain,
        task.message.key,
        (suggestion.msgstr,),
        suggestion.origin,
        f"publish {means.today}: {said}",
        is_fuzzy,
    )
