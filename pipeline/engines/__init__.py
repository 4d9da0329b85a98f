"""
The Engine protocol: texts in, as many answers out, matched by id.

Engines see masked texts only (`pipeline/masking/`), and their answers are validated by
the stage, not by themselves. An engine holds no state that two calls could mix up, and
several threads may call it at once if its limits allow more than one worker.

An engine may also have `missing()`, which says why it cannot work on this machine, and
`probe()`, which asks its service without a text and raises an EngineError if it is not
there; `publish engines` shows both.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from pipeline.masking import Dialect
from pipeline.model.term import Term

_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Request:
    """One masked text to translate."""

    id: str
    text: str
    context: str = ""
    """What the text is (`heading 2`), for engines that can use it."""

    domain: str = ""
    """The article it is of."""

    terms: tuple[Term, ...] = ()
    """The glossary's terms that stand in it."""

    examples: tuple[tuple[str, str], ...] = ()
    """Similar texts with their translations, for engines that ask for them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The engine's text for one request, or why there is none."""

    id: str
    text: str | None
    """A half character, which no file can hold, becomes U+FFFD."""

    why: str = ""

    def __post_init__(self) -> None:
        """Make the text one that can be written."""
        if self.text is not None and _HALF.search(self.text):
            object.__setattr__(self, "text", _HALF.sub("\ufffd", self.text))


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine takes at once, and in which form."""

    batch: int = 1
    """Texts in one call."""

    characters: int = 4_500
    """Characters in one call."""

    deadline: float = 20.0
    """Seconds that one call may take, all of it."""

    workers: int = 1
    """Calls at the same time."""

    dialect: Dialect = Dialect.TOKENS
    """How it wants to see what is masked."""

    takes_terms: bool = False
    """Whether terms change its answers."""

    takes_examples: bool = False
    variant: str = ""
    """What else changes its answers, such as its model: each is bought for itself."""


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
        where no further text can succeed now (an EngineUnavailable that `may_pass`:
        where these could not); a text that fails alone is an Answer without text.
        """


@runtime_checkable
class Installed(Protocol):
    """An engine that can tell whether it can work on this machine."""

    def missing(self) -> str:
        """What has to be installed; empty if nothing. Opens no connection."""


@runtime_checkable
class Probed(Protocol):
    """An engine that can be asked whether it is there."""

    def probe(self) -> None:
        """Ask without a text. Raises an EngineError if it does not answer."""
