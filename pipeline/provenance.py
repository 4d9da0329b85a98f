"""
Provenance: what the comments of an entry say of its draft, and of silenced checks.

`# publish 2026-11-22: machine (deep:google)` is what pretranslation and merging leave.
It stays when a person has worked on the text: the draft began as that.
"""

from typing import Final

from pipeline.late import regex
from pipeline.model.catalog import Message

HUMAN: Final = "human"
MEMORY: Final = "memory"
"""Also where an older text of the site was carried over."""

_LINE: Final = regex(
    r"publish [\d-]+: (?:machine \(([^()\[\]]+)\)|from ([^,\[\]]+)|\w+)"
)
_SILENCE: Final = regex(r"\s*publish:\s*ignore\s*=\s*([\w,-]+)")


def draft_origin(message: Message) -> str:
    """What made the draft: `human`, `memory`, `glossary`, or the name of an engine."""
    origin = HUMAN
    for comment in message.comments:
        if match := _LINE.match(comment):
            origin = match[1] or match[2] or MEMORY
    return origin


def is_machine_draft(message: Message) -> bool:
    """Whether an engine made the draft, or any before it."""
    return any(
        (match := _LINE.match(comment)) and match[1] for comment in message.comments
    )


def silenced_checks(message: Message) -> tuple[str, ...]:
    """The checks that somebody silenced beside the entry."""
    names = {
        name
        for comment in message.comments
        if "publish:" in comment and (match := _SILENCE.match(comment))
        for name in match[1].split(",")
        if name
    }
    return tuple(sorted(names))
