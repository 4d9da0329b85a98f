"""
The stage `pretranslate`: untranslated messages in, drafts out, one after the other.

The order is memory, glossary, near memory, engines. Only the translation of the very
same message is taken over as it is; whatever is inexact or a machine's is fuzzy, and
every draft says in a comment where it comes from and when.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.engines import Engine
from pipeline.model.catalog import Key
from pipeline.pretranslate.drafts import (
    Draft,
    Event,
    Failure,
    Means,
    Memory,
    Purchases,
    Refusal,
    Stop,
    Task,
)
from pipeline.pretranslate.purchase import Purchase
from pipeline.pretranslate.recall import GLOSSARY, MEMORY, recalled

__all__ = [
    "GLOSSARY",
    "MEMORY",
    "Draft",
    "Event",
    "Failure",
    "Means",
    "Memory",
    "Purchases",
    "Refusal",
    "Stop",
    "Task",
    "pretranslate",
    "translated",
]


def pretranslate(tasks: Sequence[Task], means: Means) -> Iterator[Event]:
    """
    What can be had for messages without a translation.

    What memory and glossary know comes first, then each answer of the engines as soon
    as it is there; failures come last.
    """
    left: list[Task] = []
    for task in tasks:
        if means.is_stopped():
            return
        draft = recalled(task, means)
        if draft is None:
            left.append(task)
        else:
            yield draft
    failures: dict[tuple[str, Key], list[Failure]] = defaultdict(list)
    for engine in means.engines:
        if not left:
            break
        left, failed = yield from Purchase(engine, means).of(left)
        for failure, task in failed:
            failures[task.domain, task.message.key].append(failure)
            yield Refusal(failure.engine, failure.why)
    for task in left:
        yield from failures[task.domain, task.message.key]


def translated(tasks: Sequence[Task], engine: Engine, means: Means) -> Iterator[Event]:
    """What one engine alone makes of messages, without memory and glossary."""
    _, failed = yield from Purchase(engine, means).of(tasks)
    for failure, _ in failed:
        yield Refusal(failure.engine, failure.why)
