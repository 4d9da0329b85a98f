"""
The Engine protocol: texts in, as many answers out, matched by id.

Engines see masked texts only (`masking.py`), and their answers are validated by the
stage, not by themselves. An engine holds no state that two calls could mix up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Request:
    """One masked text to translate."""

    id: str
    text: str
    context: str = ""
    """What the text is (`heading 2`), for engines that can use it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The engine's text for one request, or why there is none."""

    id: str
    text: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine takes at once."""

    batch: int = 1
    """Texts in one call."""

    characters: int = 4_500
    """Characters in one call."""

    deadline: float = 20.0
    """Seconds that one call may take, all of it."""


class Engine(Protocol):
    """One machine translation service or program."""

    name: str
    origin: str
    """What a provenance comment says: `deep:google`."""

    needs_network: bool
    limits: Limits

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.NAME]`. Raises ConfigError naming the known keys."""

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer for each request, in any order, each as soon as it is there.

        Locales are BCP 47. Raises EngineUnavailable, RateLimited or UnsupportedLocale
        where no further text can succeed now; a text that fails alone is an Answer
        without text.
        """
