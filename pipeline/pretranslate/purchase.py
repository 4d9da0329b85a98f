"""What engines answer: bought once, validated, and given out at once."""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pipeline.engines import Answer, Engine, Request
from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    TokensBroken,
)
from pipeline.masking import Pieces, mask, read, restore, simpler
from pipeline.pretranslate.calls import Batch, Outcome
from pipeline.pretranslate.drafts import Draft, Event, Failure, Means, Stop, Task
from pipeline.pretranslate.wanted import Wanted, Wording, texts_of

_PATIENCE: Final = 5
"""Texts in a row that an engine may fail on before it is left alone."""
_OUTAGE: Final = 3
"""Calls in a row that may fail for its own reasons."""

_Left: TypeAlias = tuple[list[Task], list[tuple[Failure, Task]]]


@dataclass(slots=True)
class Purchase:
    """One engine's work on the tasks of one locale."""

    engine: Engine
    means: Means
    answers: dict[str, str] = field(default_factory=dict)
    """Translations by text, be it a whole source text or a piece of one."""

    reasons: dict[str, str] = field(default_factory=dict)
    """Why there is none, by source text."""

    _plans: dict[str, Pieces] = field(default_factory=dict)
    """What each source text is bought as."""

    _waiting: dict[str, list[Task]] = field(default_factory=lambda: defaultdict(list))
    """Tasks by source text."""

    _owners: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Source texts by the texts they are bought as."""

    _texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Texts by masked text: what differs in a link alone is bought once."""

    _again: list[str] = field(default_factory=list)
    """Source texts for the second round."""

    _asked: dict[str, str] = field(default_factory=dict)
    """Masked texts by the ids of their requests."""

    _passed_over: list[str] = field(default_factory=list)
    """Texts of calls that failed, since the last one that did not."""

    _alone: dict[str, None] = field(default_factory=dict)
    """Masked texts for the second round, each by itself."""

    _failed_in_a_row: int = 0
    _outages_in_a_row: int = 0
    _stop: Stop | None = None

    def of(self, tasks: Sequence[Task]) -> Generator[Event, None, _Left]:
        """The drafts; gives back the tasks that are left and why some of them are."""
        for task in tasks:
            for text in dict.fromkeys(texts_of(task.message)):
                self._waiting[text].append(task)
        for source in self._waiting:
            self._plan(source, Pieces((source,)))
        yield from self._round(list(self._waiting))
        again = [*self._again, *self._unanswered(self._alone)]
        yield from self._round(list(dict.fromkeys(again)))
        if self._stop:
            yield self._stop
        left = [task for task in tasks if not self._is_complete(task)]
        return left, [
            (Failure(task.domain, task.message.msgid, self.engine.origin, why), task)
            for task in left
            if (why := self._reason(task))
        ]

    @property
    def _wording(self) -> Wording:
        return Wording(self.engine, self.means)

    def _plan(self, source: str, pieces: Pieces) -> None:
        self._plans[source] = pieces
        for text in pieces.texts:
            if source not in self._owners[text]:
                self._owners[text].append(source)
            if text not in self._texts[mask(text).text]:
                self._texts[mask(text).text].append(text)

    def _round(self, sources: Sequence[str]) -> Iterator[Draft]:
        """Buy what the plans of some source texts need and is not there."""
        needed: dict[str, Wanted] = {}
        for source in sources:
            for text in self._plans[source].texts:
                masked = mask(text)
                if not masked.has_words:
                    self.answers[text] = text
                elif text not in self.answers:
                    task = self._waiting[source][0]
                    needed.setdefault(masked.text, Wanted(masked.text, text, task))
        yield from self._drafts(sources)
        missing = []
        for wanted in needed.values():
            known = self._known(wanted)
            if known is None:
                missing.append(wanted)
            else:
                yield from self._taken(wanted.masked, known)
        for outcome in self.means.ask(
            self.engine,
            self._batches(missing),
            self.means.source_locale,
            self.means.locale,
        ):
            yield from self._looked_at(outcome)

    def _unanswered(self, masked: Iterable[str]) -> Iterator[str]:
        """The source texts that masked texts are for, without a translation yet."""
        for each in masked:
            for text in self._texts[each]:
                if text not in self.answers:
                    yield from self._owners[text]

    def _known(self, wanted: Wanted) -> str | None:
        key = self._wording.purchase_key(wanted.source)
        means = self.means
        return means.memory.bought(
            key, means.source_locale, means.locale, wanted.masked
        )

    def _batches(self, wanted: Sequence[Wanted]) -> Iterator[Batch]:
        """What is sent at once; ends when the engine or somebody says so."""
        limits = self.engine.limits
        batch: list[Request] = []
        size = 0
        for each in wanted:
            request = self._wording.request(len(self._asked) + 1, each)
            self._asked[request.id] = each.masked
            length = len(request.text)
            if length > limits.characters:
                self._refuse(
                    each.masked,
                    f"{length} characters are more than {self.engine.origin} "
                    f"takes at once ({limits.characters})",
                )
                continue
            is_full = (
                len(batch) == limits.batch
                or size + length > limits.characters
                or each.masked in self._alone
            )
            if batch and is_full:
                if self._may_send(batch):
                    yield batch
                batch, size = [], 0
            if self._stop or self.means.is_stopped():
                return
            batch.append(request)
            size += length
        if batch and self._may_send(batch):
            yield batch

    def _may_send(self, batch: Batch) -> bool:
        if self._stop or self.means.is_stopped():
            return False
        characters = sum(len(request.text) for request in batch)
        return self.means.may_send(self.engine.origin, characters)

    def _looked_at(self, outcome: Outcome) -> Iterator[Draft]:
        """The drafts from one call; notes why the engine is left alone, if so."""
        by_id = {request.id: self._asked[request.id] for request in outcome.batch}
        for answer in outcome.answers:
            masked = by_id.pop(answer.id, None)
            if masked is not None:
                yield from self._answered(masked, answer)
        if outcome.error is None:
            for masked in by_id.values():
                self._refuse(masked, "the engine gave no answer")
            self._outages_in_a_row = 0
            self._passed_over.clear()
        else:
            self._note_failure(outcome.error, by_id.values())
        if self._failed_in_a_row >= _PATIENCE and not self._stop:
            origin, failed = self.engine.origin, self._failed_in_a_row
            why = next(reversed(self.reasons.values()), "")
            message = f"{origin} failed on {failed} texts in a row: {why}"
            self._stop = Stop(origin, EngineUnavailable(message))

    def _note_failure(self, error: EngineError, masked: Collection[str]) -> None:
        """Give up these texts, or the engine where no other text will fare better."""
        if isinstance(error, EngineRefused):
            for each in masked:
                self._refuse(each, error.message)
            return
        self._outages_in_a_row += 1
        may_pass = isinstance(error, EngineUnavailable) and error.may_pass
        most = _PATIENCE if self._alone else _OUTAGE
        if may_pass and self._outages_in_a_row < most:
            if len(masked) > 1:
                # One of them may be at fault: each gets a call of its own.
                self._alone |= dict.fromkeys(masked)
            for each in masked:
                self._refuse(each, error.message, counts=False)
                self._passed_over += self._texts[each]
        elif not self._stop:
            self._stop = Stop(self.engine.origin, error)
            # It is the engine that failed, not these texts.
            for text in self._passed_over:
                for source in self._owners[text]:
                    self.reasons.pop(source, None)

    def _answered(self, masked: str, answer: Answer) -> Iterator[Draft]:
        if answer.text is None:
            self._refuse(masked, answer.why or "the engine gave no answer")
            return
        try:
            text = read(
                answer.text,
                mask(self._texts[masked][0]),
                self.engine.limits.dialect,
            )
        except TokensBroken as error:
            self._refuse(masked, error.message, is_broken=True)
            return
        yield from self._taken(masked, text, is_new=True)

    def _taken(
        self, masked: str, answer: str, *, is_new: bool = False
    ) -> Iterator[Draft]:
        """The drafts that an answer makes possible, if it is a good one."""
        means = self.means
        texts = self._texts[masked]
        try:
            for text in texts:
                self.answers[text] = restore(
                    answer,
                    mask(text),
                    source=means.source_locale,
                    target=means.locale,
                )
        except EngineRefused as error:
            self._refuse(
                masked, error.message, is_broken=isinstance(error, TokensBroken)
            )
            return
        try:
            if is_new:
                self._failed_in_a_row = 0
                key = self._wording.purchase_key(texts[0])
                means.memory.keep(
                    key, means.source_locale, means.locale, masked, answer
                )
        finally:
            # It is paid for: it is given out even where it cannot be kept.
            yield from self._drafts(texts)

    def _drafts(self, texts: Sequence[str]) -> Iterator[Draft]:
        sources = [source for text in texts for source in self._owners[text]]
        tasks = [task for source in sources for task in self._waiting[source]]
        for task in dict.fromkeys(tasks):
            if self._is_complete(task):
                yield self._drafted(task)

    def _drafted(self, task: Task) -> Draft:
        plans = [self._plans[text] for text in texts_of(task.message)]
        how = next((f", {plan.how}" for plan in plans if plan.how), "")
        return Draft(
            task.domain,
            task.message.key,
            tuple(self._joined(plan) for plan in plans),
            self.engine.origin,
            f"publish {self.means.today}: machine ({self.engine.origin}){how}",
        )

    def _joined(self, plan: Pieces) -> str:
        return plan.joined(tuple(self.answers[text] for text in plan.texts))

    def _refuse(
        self, masked: str, why: str, *, is_broken: bool = False, counts: bool = True
    ) -> None:
        """Note why there is no answer; what was broken is tried in a simpler form."""
        gets_another_try = False
        for text in self._texts[masked]:
            self.answers.pop(text, None)
            for source in self._owners[text]:
                self.reasons[source] = why
                is_whole = not self._plans[source].how
                pieces = simpler(source) if is_broken and is_whole else None
                if pieces:
                    self._plan(source, pieces)
                    self._again.append(source)
                    gets_another_try = True
        self._failed_in_a_row += counts and not gets_another_try

    def _is_complete(self, task: Task) -> bool:
        texts = texts_of(task.message)
        return bool(texts) and all(
            piece in self.answers for text in texts for piece in self._plans[text].texts
        )

    def _reason(self, task: Task) -> str:
        return next(
            (self.reasons[t] for t in texts_of(task.message) if t in self.reasons), ""
        )
