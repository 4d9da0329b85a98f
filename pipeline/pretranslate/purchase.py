"""What engines answer: bought once, validated, and given out at once."""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import field
from typing import TypeAlias

from pipeline.engines import Answer, Engine, Request
from pipeline.errors import (
    EngineError,
    EngineRefused,
    StoreError,
    TokensBroken,
)
from pipeline.late import dataclass
from pipeline.masking import (
    Dialect,
    Pieces,
    read,
    restore,
    sentences,
    without_emphasis,
)
from pipeline.model.purchase import Kept, Label
from pipeline.pretranslate.calls import Batch, Noting, Outcome
from pipeline.pretranslate.circuit import Circuit
from pipeline.pretranslate.drafts import (
    Draft,
    Event,
    Failure,
    Means,
    Task,
)
from pipeline.pretranslate.wanted import Wanted, Wording, texts_of

_Left: TypeAlias = tuple[list[Task], list[tuple[Failure, Task]]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request was for."""

    masked: str
    label: Label
    dialect: Dialect


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

    _asked: dict[str, _Asked] = field(default_factory=dict)
    """What was asked for, by the ids of the requests."""

    _simplified: set[str] = field(default_factory=set)
    """Source texts that have had their second try."""

    _in_tokens: set[str] = field(default_factory=set)
    """Masked texts that are sent with tokens, whatever the engine likes best."""

    _alone: dict[str, None] = field(default_factory=dict)
    """Masked texts for the second round, each by itself."""

    _circuit: Circuit = field(init=False)

    def __post_init__(self) -> None:
        self._circuit = Circuit(self.engine.origin)

    def of(self, tasks: Sequence[Task]) -> Generator[Event, None, _Left]:
        """The drafts; gives back the tasks that are left and why some of them are."""
        for task in tasks:
            for text in dict.fromkeys(texts_of(task.message, self.means.guard)):
                self._waiting[text].append(task)
        for source in self._waiting:
            self._plan(source, Pieces((source,)))
        yield from self._round(list(self._waiting))
        again = [*self._again, *self._unanswered(self._alone)]
        yield from self._round(list(dict.fromkeys(again)))
        if self._circuit.stop:
            yield self._circuit.stop
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
            if text not in self._texts[self.means.masked(text).text]:
                self._texts[self.means.masked(text).text].append(text)

    def _round(self, sources: Sequence[str]) -> Iterator[Draft]:
        """Buy what the plans of some source texts need and is not there."""
        needed: dict[str, Wanted] = {}
        for source in sources:
            for text in self._plans[source].texts:
                masked = self.means.masked(text)
                if not masked.has_words:
                    self.answers[text] = text
                elif text not in self.answers:
                    task = self._waiting[source][0]
                    needed.setdefault(masked.text, Wanted(masked.text, text, task))
        yield from self._drafts(sources)
        missing = []
        for wanted in needed.values():
            known = self.means.purchases.find(self._label(wanted.masked))
            if known is None:
                missing.append(wanted)
            else:
                yield from self._recalled(wanted.masked, known)
        for outcome in self.means.ask(
            Noting(self.engine, self._note),
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

    def _label(self, masked: str) -> Label:
        origin = self._wording.purchase_key(self._texts[masked][0])
        return Label(origin, self.means.source_locale, self.means.locale, masked)

    def _recalled(self, masked: str, known: Kept) -> Iterator[Draft]:
        """The drafts from what was bought before, whether or not it was looked at."""
        if not known.dialect:
            yield from self._taken(masked, known.answer)
        else:
            yield from self._answered(masked, known.answer, Dialect(known.dialect))

    def _note(self, answer: Answer) -> None:
        """Keep what was paid for; called in the thread of the call."""
        asked = self._asked.get(answer.id)
        if asked is None or answer.text is None:
            return
        # Where it cannot be kept now, nobody can keep it later, and that is said.
        with suppress(StoreError):
            self.means.purchases.arrived(asked.label, answer.text, asked.dialect.value)

    def _batches(self, wanted: Sequence[Wanted]) -> Iterator[Batch]:
        """What is sent at once; ends when the engine or somebody says so."""
        limits = self.engine.limits
        batch: list[Request] = []
        size = 0
        for each in wanted:
            number, dialect = len(self._asked) + 1, self._dialect(each.masked)
            request = self._wording.request(number, each, dialect)
            label = self._label(each.masked)
            self._asked[request.id] = _Asked(each.masked, label, dialect)
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
                if allowed := self._allowed(batch):
                    yield allowed
                batch, size = [], 0
            if self._circuit.stop or self.means.is_stopped():
                return
            batch.append(request)
            size += length
        if allowed := self._allowed(batch):
            yield allowed

    def _allowed(self, batch: Batch) -> Batch:
        """As much of a batch as may be sent."""
        if not batch or self._circuit.stop or self.means.is_stopped():
            return ()
        is_sent = self.engine.limits.is_sent
        sizes = [len(request.text) if is_sent else 0 for request in batch]
        return batch[: self.means.may_send(self.engine.origin, sizes)]

    def _looked_at(self, outcome: Outcome) -> Iterator[Draft]:
        """The drafts from one call; notes why the engine is left alone, if so."""
        by_id = {
            request.id: self._asked[request.id].masked for request in outcome.batch
        }
        for answer in outcome.answers:
            masked = by_id.pop(answer.id, None)
            if masked is not None and answer.text is not None:
                dialect = self._asked[answer.id].dialect
                yield from self._answered(masked, answer.text, dialect)
            elif masked is not None:
                self._refuse(masked, answer.why or "the engine gave no answer")
        if outcome.error is None:
            for masked in by_id.values():
                self._refuse(masked, "the engine gave no answer")
            self._circuit.note_call()
        else:
            self._note_failure(outcome.error, by_id.values())
        self._circuit.judge()

    def _note_failure(self, error: EngineError, masked: Collection[str]) -> None:
        """Give up these texts, or the engine where no other text will fare better."""
        if isinstance(error, EngineRefused):
            for each in masked:
                self._refuse(each, error.message)
            return
        circuit = self._circuit
        if circuit.is_passing(error, patient=bool(self._alone)):
            if len(masked) > 1:
                # One of them may be at fault: each gets a call of its own.
                self._alone |= dict.fromkeys(masked)
            for each in masked:
                self._refuse(each, error.message, counts=False)
                circuit.passed_over += self._texts[each]
            return
        # It is the engine that failed, not these texts.
        for text in circuit.passed_over:
            for source in self._owners[text]:
                self.reasons.pop(source, None)

    def _answered(self, masked: str, answer: str, dialect: Dialect) -> Iterator[Draft]:
        like = self.means.masked(self._texts[masked][0])
        try:
            text = read(answer, like, dialect)
        except TokensBroken as error:
            self._turned_down(masked, error)
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
                    self.means.masked(text),
                    source=means.source_locale,
                    target=means.locale,
                )
        except EngineRefused as error:
            self._turned_down(masked, error)
            return
        try:
            if is_new:
                self._circuit.note_good()
                means.purchases.keep(self._label(masked), answer)
        finally:
            # It is paid for: it is given out even where it cannot be kept.
            yield from self._drafts(texts)

    def _turned_down(self, masked: str, error: EngineRefused) -> None:
        """Forget an answer that is none."""
        self.means.purchases.drop(self._label(masked))
        self._refuse(masked, error.message, is_broken=isinstance(error, TokensBroken))

    def _drafts(self, texts: Sequence[str]) -> Iterator[Draft]:
        sources = [source for text in texts for source in self._owners[text]]
        tasks = [task for source in sources for task in self._waiting[source]]
        for task in dict.fromkeys(tasks):
            if self._is_complete(task):
                yield self._drafted(task)

    def _drafted(self, task: Task) -> Draft:
        plans = [self._plans[text] for text in texts_of(task.message, self.means.guard)]
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
                if is_broken and source not in self._simplified:
                    gets_another_try |= self._simplify(source, masked)
        if counts and not gets_another_try:
            self._circuit.note_refusal(why)

    def _simplify(self, source: str, masked: str) -> bool:
        """Plan a second try in a simpler form; false: there is none."""
        self._simplified.add(source)
        pieces = sentences(source, self.means.guard)
        if pieces is None and self._dialect(masked) is Dialect.TAGS:
            # Tags leave the grammar alone, tokens come back more often.
            self._in_tokens.add(masked)
            pieces = self._plans[source]
        pieces = pieces or without_emphasis(source, self.means.guard)
        if pieces is None:
            return False
        self._plan(source, pieces)
        self._again.append(source)
        return True

    def _dialect(self, masked: str) -> Dialect:
        is_second = masked in self._in_tokens
        return Dialect.TOKENS if is_second else self.engine.limits.dialect

    def _is_complete(self, task: Task) -> bool:
        texts = texts_of(task.message, self.means.guard)
        return bool(texts) and all(
            piece in self.answers for text in texts for piece in self._plans[text].texts
        )

    def _reason(self, task: Task) -> str:
        return next(
            (
                self.reasons[t]
                for t in texts_of(task.message, self.means.guard)
                if t in self.reasons
            ),
            "",
        )
