"""What happens to the drafts of one locale as they come."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Final

from pipeline.late import dataclass
from pipeline.pretranslate import (
    GLOSSARY,
    MEMORY,
    Draft,
    Event,
    Failure,
    Refusal,
    Stop,
)

FREE: Final = frozenset({MEMORY, GLOSSARY})
"""Origins that can be asked again at no cost: their drafts are saved together."""
_SHARE: Final = 9
"""How many times as long as the last saving took is worked before the next one."""


@dataclass(slots=True)
class Saving:
    """
    Drafts on their way into the catalogs.

    What was bought is in the memory's cache before it comes here, so the catalogs may
    follow a moment later: a large one takes longer to write than an engine to answer.
    """

    save: Callable[[Sequence[Draft]], Sequence[Draft]]
    """Write drafts of one domain; gives back those that were still wanted."""

    stop: Callable[[Stop], None]
    refuse: Callable[[Refusal], None]
    tell: Callable[[int], None]
    """Called with the number of messages that are filled."""

    at_once: bool = False
    """Whether nothing is cached, so that nothing may wait."""

    filled: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    counted: int = 0
    """Filled messages that are not page addresses."""

    _waiting: dict[str, list[Draft]] = field(default_factory=dict)
    _due: float = 0.0

    def do(self, events: Iterator[Event]) -> None:
        """Save what comes; also what is there when somebody interrupts."""
        try:
            for event in events:
                self._take(event)
        finally:
            self._flush()

    def _take(self, event: Event) -> None:
        match event:
            case Draft():
                is_free = event.origin in FREE
                if is_free and event.domain not in self._waiting:
                    self._flush()
                self._waiting.setdefault(event.domain, []).append(event)
                if not is_free and (self.at_once or time.monotonic() >= self._due):
                    self._flush()
            case Failure():
                self.failed.append(event)
            case Refusal():
                self.refuse(event)
            case Stop():
                self.stop(event)

    def _flush(self) -> None:
        began = time.monotonic()
        waiting, self._waiting = self._waiting, {}
        for drafts in waiting.values():
            for draft in self.save(drafts):
                self.filled[draft.origin] += 1
                self.counted += draft.key[0] != "slug"
            self.tell(self.filled.total())
        ended = time.monotonic()
        self._due = ended + _SHARE * (ended - began)
