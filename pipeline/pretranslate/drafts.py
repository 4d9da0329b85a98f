"""The words of the stage: what it is asked for, what it works with, what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, TypeAlias

from pipeline.engines import Engine
from pipeline.errors import EngineError
from pipeline.late import dataclass
from pipeline.masking import BUILT_IN, Guard, Masked, mask
from pipeline.model.catalog import Key, Message, Previous
from pipeline.model.purchase import Kept, Label
from pipeline.model.suggestion import Suggestion
from pipeline.model.term import Term
from pipeline.pretranslate.calls import Asking, one_by_one
from pipeline.similarity import NEAR


class Memory(Protocol):
    """What the stage asks of the translation memory."""

    def exact(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> Sequence[Suggestion]:
        """The translations of this very message."""

    def in_context(
        self, locale: str, msgid: str, msgctxt: str | None, before: str, after: str
    ) -> Sequence[Suggestion]:
        """Of those, the ones that stand between the same two texts."""

    def elsewhere(
        self, locale: str, msgid: str, msgctxt: str | None
    ) -> Sequence[Suggestion]:
        """The translations of the same text in other contexts."""

    def near(self, locale: str, msgid: str, cutoff: int = NEAR) -> Sequence[Suggestion]:
        """The translations of the most similar text from a score on, best first."""


class Purchases(Protocol):
    """What engines were paid for; see `store/bought.py`."""

    def find(self, label: Label) -> Kept | None:
        """The answer to a text, if there is one."""

    def arrived(self, label: Label, answer: str, dialect: str) -> None:
        """Keep an answer the moment it comes, in whichever thread."""

    def keep(self, label: Label, answer: str) -> None:
        """Keep a good answer."""

    def drop(self, label: Label) -> None:
        """Forget an answer that was refused."""


@dataclass(frozen=True, slots=True)
class Task:
    """A message that has no translation, and where it stands."""

    domain: str
    message: Message
    before: str = ""
    """The msgid before it in its catalog."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A translation for one message."""

    domain: str
    key: Key
    msgstrs: tuple[str, ...]
    origin: str
    comment: str
    is_fuzzy: bool = True
    previous: Previous | None = None

    def applied(self, message: Message) -> Message:
        """
        The message with the draft in it, below the translator's own comments.

        A message that somebody has filled in meanwhile stays as it is.
        """
        if any(message.msgstrs) or message.obsolete or message.key != self.key:
            return message
        if len(message.msgstrs) != len(self.msgstrs):
            return message
        flags = tuple(flag for flag in message.flags if flag != "fuzzy")
        return replace(
            message,
            msgstrs=self.msgstrs,
            comments=(*message.comments, self.comment),
            flags=("fuzzy", *flags) if self.is_fuzzy else flags,
            previous=self.previous,
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A text that an engine did not translate, and no other one did."""

    domain: str
    msgid: str
    engine: str
    why: str


@dataclass(frozen=True, slots=True)
class Stop:
    """An engine that will not be asked again, and why."""

    engine: str
    error: EngineError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that one engine did not translate; the next one may."""

    engine: str
    why: str


Event: TypeAlias = Draft | Failure | Refusal | Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the stage has to work with."""

    locale: str
    source_locale: str
    today: str
    """As comments say it: `2026-11-22`."""

    memory: Memory
    purchases: Purchases
    guard: Guard = BUILT_IN
    """What is hidden from engines besides what is not language."""

    terms: Sequence[Term] = ()
    engines: Sequence[Engine] = ()
    may_send: Callable[[str, Sequence[int]], int] = lambda _origin, sizes: len(sizes)
    """
    How many of the next texts may be sent to an engine, by their characters.

    Called before each call; what it allows is sent.
    """

    ask: Asking = one_by_one
    is_stopped: Callable[[], bool] = lambda: False
    """Whether somebody wants it to end: then nothing more is asked for."""

    def masked(self, text: str) -> Masked:
        """What an engine may see of a text."""
        return mask(text, self.guard)
