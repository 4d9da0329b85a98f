import pytest

from pipeline.errors import EngineUnavailable
from pipeline.pretranslate import Draft, Failure, Refusal, Stop
from pipeline.workflow.saving import Saving


def draft(text, domain="a", origin="deep", context=None):
    return Draft(domain, (context, text), (text,), origin, "")


class Catalogs:
    """What was saved together, and a clock that saving moves on."""

    def __init__(self, monkeypatch, takes=0.0):
        self.saved = []
        self.stops = []
        self.refusals: list[Refusal] = []
        self.told = []
        self.now = 0.0
        self.takes = takes
        monkeypatch.setattr("pipeline.workflow.saving.time.monotonic", lambda: self.now)

    def save(self, drafts):
        self.now += self.takes
        self.saved.append([each.key[1] for each in drafts])
        return drafts

    def saving(self, **more):
        return Saving(
            self.save,
            self.stops.append,
            self.refusals.append,
            self.told.append,
            **more,
        )


def test_free_drafts_of_a_domain_are_saved_together(monkeypatch):
    catalogs = Catalogs(monkeypatch)
    events = [
        draft("one", origin="memory"),
        draft("two", origin="glossary"),
        draft("three", "b", origin="memory"),
    ]
    catalogs.saving().do(iter(events))
    assert catalogs.saved == [["one", "two"], ["three"]]


def test_a_bought_draft_is_saved_at_once_where_that_is_quick(monkeypatch):
    catalogs = Catalogs(monkeypatch)
    catalogs.saving().do(iter([draft("one"), draft("two")]))
    assert catalogs.saved == [["one"], ["two"]]
    assert catalogs.told == [1, 2]


def test_saving_takes_a_small_part_of_the_time(monkeypatch):
    catalogs = Catalogs(monkeypatch, takes=1.0)

    def events():
        for number in range(30):
            yield draft(str(number))
            catalogs.now += 1.0

    catalogs.saving().do(events())
    assert 3 <= len(catalogs.saved) <= 5
    assert sum(map(len, catalogs.saved)) == 30


def test_everything_is_saved_at_once_where_nothing_is_cached(monkeypatch):
    catalogs = Catalogs(monkeypatch, takes=1.0)
    catalogs.saving(at_once=True).do(iter([draft("one"), draft("two")]))
    assert catalogs.saved == [["one"], ["two"]]


def test_what_waits_is_saved_when_it_ends_early(monkeypatch):
    catalogs = Catalogs(monkeypatch, takes=1.0)

    def events():
        yield from (draft("one"), draft("two"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogs.saving().do(events())
    assert catalogs.saved == [["one"], ["two"]]


def test_drafts_failures_and_stops_are_counted(monkeypatch):
    catalogs = Catalogs(monkeypatch)
    work = catalogs.saving()
    failure = Failure("a", "three", "deep", "empty")
    stop = Stop("deep", EngineUnavailable("gone"))
    work.do(iter([draft("one"), draft("x", context="slug"), failure, stop]))
    assert (work.filled, work.counted) == ({"deep": 2}, 1)
    assert (work.failed, catalogs.stops) == ([failure], [stop])


def test_refusals_are_handed_on(monkeypatch):
    catalogs = Catalogs(monkeypatch)
    refusal = Refusal("words", "the answer is empty")
    catalogs.saving().do(iter([refusal]))
    assert catalogs.refusals == [refusal]
