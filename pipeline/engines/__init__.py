"""
The Engine protocol: texts in, as many answers out, matched by id.

Engines see masked texts only (`pipeline/masking/`), and their answers are validated by
the stage, not by themselves. An engine holds no state that two calls could mix up, and
several threads may call it at once if its limits allow more than one worker.

An engine may also have `missing()`, which says why it cannot work on this machine, and
`probe()`, which asks its service without a text and raises an EngineError if it is not
there; `publish engines` shows both. One that works with models on this machine has
`models()` and `install()`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from pipeline.late import dataclass, regex
from pipeline.masking import Dialect
from pipeline.model.term import Term
from pipeline.transport.settings import Endurance, Settings

_MOST_BATCH = 1_000
_MOST_CHARACTERS = 1_000_000

_HALF: Final = regex("[\ud800-\udfff]")


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

    glossary: tuple[Term, ...] = ()
    """All of the locale's terms, for engines that keep a glossary of their own."""

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

    is_sent: bool = True
    """Whether its texts count as sent; `pseudo` only plays."""

    takes_terms: bool = False
    """Whether terms change its answers."""

    takes_glossary: bool = False
    takes_examples: bool = False
    variant: str = ""
    """What else changes its answers, such as its model: each is bought for itself."""

    def within(
        self, table: Settings, *, most_batch: int = _MOST_BATCH
    ) -> tuple["Limits", Endurance]:
        """
        These limits as an engine's table changes them, and how long it is asked.

        Raises ConfigError for a setting that cannot be meant.
        """
        endurance = table.endurance(deadline=self.deadline, workers=self.workers)
        changed = replace(
            self,
            batch=table.count("batch", self.batch, least=1, most=most_batch),
            characters=table.count(
                "characters", self.characters, least=1, most=_MOST_CHARACTERS
            ),
            deadline=endurance.deadline,
            workers=endurance.workers,
        )
        return changed, endurance


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


@dataclass(frozen=True, slots=True)
class Model:
    """What an engine has installed for a pair of languages."""

    pair: str
    folder: str
    version: str = ""
    size: int = 0
    """Bytes."""


@runtime_checkable
class Stocked(Protocol):
    """An engine whose models are installed on this machine."""

    def models(self) -> list[Model]:
        """Those that are there. Opens no connection."""

    def lacking(self, source: str, target: str) -> str:
        """Why a pair of locales cannot be translated, in a line; empty if it can."""

    def install(
        self,
        source: str,
        target: str,
        *,
        folder: Path | None,
        tell: Callable[[str, int, int], None],
    ) -> list[Model]:
        """
        Get what a pair of locales needs, from a folder or, without one, its maker.

        `tell` is called with what is fetched, the bytes that are there, and all of
        them. Raises an EngineError or a StoreError.
        """


@runtime_checkable
class Probed(Protocol):
    """An engine that can be asked whether it is there."""

    def probe(self) -> None:
        """Ask without a text. Raises an EngineError if it does not answer."""
