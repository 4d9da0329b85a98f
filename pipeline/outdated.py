"""
Whether an earlier translation may still be read, though its original has changed.

A new wording of the original leaves it as right as it was. A number, a unit, a side,
how often, a negation or a warning that is another now makes it dangerous: nobody may
read the old dose because the new one is not translated yet.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from pipeline import frontmatter
from pipeline.clinical import harms
from pipeline.model.article import Article, Segment
from pipeline.similarity import best

Part: TypeAlias = tuple[str | None, str]
"""The msgctxt and the text of a segment."""

VERBATIM: Final = "verbatim"
"""Stands for the msgctxt of what is not translated."""

_ALIKE: Final = 60
"""From here on, in percent, a sentence is a changed one and not another one."""


def changed_parts(before: Article, now: Article) -> tuple[tuple[Part, Part], ...]:
    """
    What of an original is another now, each part with what became of it.

    A part that is gone has an empty text after it, a new one an empty text before it.
    """
    old, new = _parts(before), _parts(now)
    gone = [part for part in old if part not in new]
    added = [part for part in new if part not in old]
    pairs: list[tuple[Part, Part]] = []
    for part in gone:
        context, text = part
        alike = [text for other, text in added if other == context]
        found = best(text, alike, cutoff=_ALIKE) if alike else None
        if found is None:
            pairs.append((part, (context, "")))
        else:
            after = (context, alike[found[0]])
            added.remove(after)
            pairs.append((part, after))
    pairs += (((context, ""), (context, text)) for context, text in added)
    return tuple(pairs)


def dangers(pairs: Sequence[tuple[Part, Part]], source_locale: str) -> Iterator[str]:
    """What readers of the old text would get wrong, as clauses; nothing: nothing."""
    for (_, before), (_, now) in pairs:
        found = list(harms(before, now, source_locale))
        if not found:
            continue
        if not before:
            yield f"“{now}” is new"
        elif not now:
            yield f"“{before}” is gone"
        else:
            yield f"“{before}” became “{now}”: {'; '.join(found)}"


def _parts(article: Article) -> dict[Part, None]:
    """
    By context and text; an address is not read.

    What nobody translates, such as code, pictures and the targets of links, is compared
    too where there are letters in it: readers see the old one.
    """
    parts: dict[Part, None] = {}
    place, head = 0, frontmatter.end("".join(span.raw for span in article.spans))
    for span in article.spans:
        if isinstance(span, Segment):
            if span.context != "slug":
                parts[span.context, span.text] = None
        elif place >= head and any(map(str.isalpha, span.raw)):
            parts[VERBATIM, span.raw.strip()] = None
        place += len(span.raw)
    return parts
