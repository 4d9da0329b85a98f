"""What engines answer: bought once, validated, and given out at once."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.engines import Answer, Engine, Request
from pipeline.errors import EngineError, EngineRefused, EngineUnavailable
from pipeline.masking import Masked, mask, restore
from pipeline.model.catalog import Message
from pipeline.pretranslate.drafts import Draft, Event, Failure, Means, Stop, Task

_PATIENCE: Final = 5
"""Texts in a row that an engine may fail on before it is left alone."""


def _texts(message: Message) -> tuple[str, ...]:
    """What a machine has to translate for a message; empty where it should not."""
    if message.msgctxt == "slug":
        return ()
    texts: tuple[str, ...] = (message.msgid,)
    if message.msgid_plural is not None:
        # One text for each form: the last one stands for all but `one`, whose place
        # is known in languages with two forms only.
        texts = (message.msgid_plural,) * len(message.msgstrs)
        if len(message.msgstrs) == 2:  # noqa: PLR2004 - `one` and `other`
            texts = (message.msgid, message.msgid_plural)
    return texts if all(mask(text).has_words for text in texts) else ()


@dataclass(slots=True)
class Purchase:
    """One engine's work on the tasks of one locale."""

    engine: Engine
    means: Means
    answers: dict[str, str] = field(default_factory=dict)
    """Translations by source text."""

    reasons: dict[str, str] = field(default_factory=dict)
    """Why there is none, by source text."""

    waiting: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Source texts by masked text: what differs in a link alone is bought once."""

    failed_in_a_row: int = 0

    def of(
        self, tasks: Sequence[Task]
    ) -> Generator[Event, None, tuple[list[Task], list[tuple[Failure, Task]]]]:
        """The drafts; gives back the tasks that are left and why some of them are."""
        for task in tasks:
            for text in dict.fromkeys(_texts(task.message)):
                if text not in self.waiting:
                    self.sources[mask(text).text].append(text)
                self.waiting[text].append(task)
        wanted = []
        for masked in self.sources:
            known = self.means.memory.bought(*self._pair, masked)
            if known is None:
                wanted.append(masked)
            else:
                yield from self._taken(masked, known, is_new=False)
        for batch in self._batches(wanted):
            stop = yield from self._bought(batch)
            if stop:
                yield stop
                break
        left = [task for task in tasks if not self._is_complete(task)]
        return left, [
            (Failure(task.domain, task.message.msgid, self.engine.origin, why), task)
            for task in left
            if (why := self._reason(task))
        ]

    @property
    def _pair(self) -> tuple[str, str, str]:
        means = self.means
        return self.engine.origin, means.source_locale, means.locale

    def _batches(self, wanted: Sequence[str]) -> Iterator[list[Request]]:
        limits = self.engine.limits
        batch: list[Request] = []
        size = 0
        for number, masked in enumerate(wanted, 1):
            if len(masked) > limits.characters:
                self._refuse(
                    masked,
                    f"{len(masked)} characters are more than {self.engine.origin} "
                    f"takes at once ({limits.characters})",
                )
                continue
            if batch and (
                len(batch) == limits.batch or size + len(masked) > limits.characters
            ):
                yield batch
                batch, size = [], 0
            message = self.waiting[self.sources[masked][0]][0].message
            context = next(iter(message.extracted), message.msgctxt or "")
            batch.append(Request(str(number), masked, context))
            size += len(masked)
        if batch:
            yield batch

    def _bought(self, batch: Sequence[Request]) -> Generator[Event, None, Stop | None]:
        """The drafts from one call; gives back why the engine is left alone, if so."""
        means, origin = self.means, self.engine.origin
        if not means.may_send(origin, sum(len(request.text) for request in batch)):
            return None
        open_requests = {request.id: request.text for request in batch}
        try:
            for answer in self.engine.translate(
                batch, source=means.source_locale, target=means.locale
            ):
                masked = open_requests.pop(answer.id, None)
                if masked is not None:
                    yield from self._answered(masked, answer)
        except EngineError as error:
            return Stop(origin, error)
        for masked in open_requests.values():
            self._refuse(masked, "the engine gave no answer")
        if self.failed_in_a_row >= _PATIENCE:
            why = next(reversed(self.reasons.values()))
            return Stop(
                origin,
                EngineUnavailable(
                    f"{origin} failed on {self.failed_in_a_row} texts in a row: {why}"
                ),
            )
        return None

    def _answered(self, masked: str, answer: Answer) -> Iterator[Draft]:
        if answer.text is None:
            self._refuse(masked, answer.why or "the engine gave no answer")
        else:
            yield from self._taken(masked, answer.text, is_new=True)

    def _taken(self, masked: str, answer: str, *, is_new: bool) -> Iterator[Draft]:
        """The drafts that an answer makes possible, if it is a good one."""
        try:
            for source in self.sources[masked]:
                self.answers[source] = self._restored(answer, mask(source))
        except EngineRefused as error:
            self._refuse(masked, error.message)
            return
        try:
            if is_new:
                self.failed_in_a_row = 0
                self.means.memory.keep(*self._pair, masked, answer)
        finally:
            # It is paid for: it is given out even where it cannot be kept.
            tasks = [task for s in self.sources[masked] for task in self.waiting[s]]
            for task in dict.fromkeys(tasks):
                if self._is_complete(task):
                    yield self._drafted(task)

    def _restored(self, answer: str, masked: Masked) -> str:
        return restore(
            answer,
            masked,
            source=self.means.source_locale,
            target=self.means.locale,
        )

    def _drafted(self, task: Task) -> Draft:
        return Draft(
            task.domain,
            task.message.key,
            tuple(self.answers[text] for text in _texts(task.message)),
            self.engine.origin,
            f"publish {self.means.today}: machine ({self.engine.origin})",
        )

    def _refuse(self, masked: str, why: str) -> None:
        self.failed_in_a_row += 1
        for source in self.sources[masked]:
            self.answers.pop(source, None)
            self.reasons[source] = why

    def _is_complete(self, task: Task) -> bool:
        texts = _texts(task.message)
        return bool(texts) and all(text in self.answers for text in texts)

    def _reason(self, task: Task) -> str:
        return next(
            (self.reasons[t] for t in _texts(task.message) if t in self.reasons), ""
        )
