import threading
import time

import pytest

from pipeline.engines import Answer, Limits, Request
from pipeline.errors import EngineUnavailable, RateLimited
from pipeline.workflow import crew
from pipeline.workflow.crew import Crew


class Slow:
    """An engine that answers when it is let go."""

    name = origin = "slow"
    needs_network = False

    def __init__(self, *, workers=4, deadline=20.0):
        self.limits = Limits(workers=workers, deadline=deadline)
        self.go = threading.Event()
        self.at_once = self.most = 0

    def translate(self, requests, *, source, target):
        assert (source, target) == ("en", "tr")
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.go.wait()
        self.at_once -= 1
        for request in requests:
            if request.text == "limit":
                raise RateLimited("wait")
            yield Answer(request.id, request.text.upper())


def batches(*texts):
    for number, text in enumerate(texts):
        yield [Request(str(number), text)]


def ask(engine, *texts, **given):
    outcomes = Crew(**given).ask(engine, batches(*texts), "en", "tr")
    return [
        (each.batch[0].text, each.answers[0].text if each.answers else each.error)
        for each in outcomes
    ]


def test_every_batch_has_its_outcome():
    engine = Slow()
    engine.go.set()
    texts = [f"text {n}" for n in range(50)]
    assert sorted(ask(engine, *texts)) == sorted((t, t.upper()) for t in texts)


def test_no_more_calls_are_made_at_once_than_allowed():
    engine = Slow(workers=3)
    threading.Timer(0.2, engine.go.set).start()
    ask(engine, *"abcdefgh")
    assert engine.most == 3


def test_a_batch_is_taken_when_an_outcome_has_been_looked_at():
    engine = Slow(workers=2)
    engine.go.set()
    taken = []

    def noted():
        for batch in batches(*"abcd"):
            taken.append(batch)
            yield batch

    outcomes = Crew().ask(engine, noted(), "en", "tr")
    for looked_at in range(1, 5):
        next(outcomes)
        assert len(taken) <= looked_at + 1
    assert next(outcomes, None) is None


def test_an_error_is_an_outcome():
    engine = Slow()
    engine.go.set()
    found = dict(ask(engine, "limit", "a"))
    assert isinstance(found["limit"], RateLimited)
    assert found["a"] == "A"


def test_an_engine_that_does_not_keep_its_deadline_is_left(monkeypatch):
    monkeypatch.setattr(crew, "_SPARE", 0.1)
    engine = Slow(deadline=0.1)
    ((text, error),) = ask(engine, "a")
    engine.go.set()
    assert text == "a"
    assert isinstance(error, EngineUnavailable)
    assert error.may_pass


def test_what_is_under_way_is_kept_when_somebody_wants_it_to_end():
    engine = Slow(workers=2)
    threading.Timer(0.1, engine.go.set).start()
    more = iter([*batches("a", "b")])
    outcomes = Crew(lambda: True).ask(engine, more, "en", "tr")
    assert {each.answers[0].text for each in outcomes} == {"A", "B"}


def test_what_hangs_is_left_when_somebody_wants_it_to_end():
    engine = Slow()
    began = time.monotonic()
    assert ask(engine, "a", is_stopped=lambda: True) == []
    assert time.monotonic() - began < 5.0
    engine.go.set()


@pytest.mark.parametrize("workers", [0, 1])
def test_one_call_is_always_made(workers):
    engine = Slow(workers=workers)
    engine.go.set()
    assert ask(engine, "a") == [("a", "A")]
