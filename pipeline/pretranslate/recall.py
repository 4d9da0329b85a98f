"""What memory and glossary know of a message."""

from dataclasses import replace
from typing import Final

from pipeline.glossary import preferred
from pipeline.masking import carry_numbers
from pipeline.model.catalog import Previous
from pipeline.model.suggestion import Suggestion
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
    if len(same) == 1:
        return _draft(task, means, same[0], "100 %", is_fuzzy=False)
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
    carried = carry_numbers(source, suggestion.msgstr, task.message.msgid)
    if carried is not None:
        suggestion = replace(suggestion, msgstr=carried)
        how = f"{how}, numbers changed"
    line = " ".join(source.split())
    shown = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    draft = _draft(task, means, suggestion, f'{how}, source: "{shown}"')
    return replace(draft, previous=Previous(source))


def _draft(
    task: Task,
    means: Means,
    suggestion: Suggestion,
    how: str,
    *,
    is_fuzzy: bool = True,
) -> Draft:
    said = f"from {suggestion.origin}" + (f", {how}" if how else "")
    return Draft(
        task.domain,
        task.message.key,
        (suggestion.msgstr,),
        suggestion.origin,
        f"publish {means.today}: {said}",
        is_fuzzy,
    )
