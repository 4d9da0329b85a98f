import threading
import time

import pytest

from pipeline.errors import EngineUnavailable, RateLimited
from pipeline.transport.deadlines import Passing
from pipeline.transport.retries import Pace, persist


def limited(seconds=None):
    error = RateLimited("wait")
    error.retry_after = seconds
    return error


def tried(errors, *, retries=2, seconds=10.0, pause=0.001, pace=None):
    """How often it was tried, and what came of it."""
    left = list(errors)
    tries = []

    def attempt():
        tries.append(time.monotonic())
        if left:
            raise Passing(left.pop(0))
        return "done"

    try:
        outcome = persist(
            attempt,
            origin="mt",
            until=time.monotonic() + seconds,
            retries=retries,
            pause=pause,
            pace=pace or Pace(),
        )
    except (EngineUnavailable, RateLimited) as error:
        outcome = error
    return tries, outcome


def test_what_passes_is_tried_again():
    tries, outcome = tried([EngineUnavailable("a"), limited()])
    assert (len(tries), outcome) == (3, "done")


def test_tries_are_bounded():
    errors = [EngineUnavailable(str(n)) for n in range(9)]
    tries, outcome = tried(errors, retries=2)
    assert (len(tries), outcome.message) == (3, "2")


def test_no_wait_goes_beyond_the_deadline():
    tries, outcome = tried([limited(60.0)])
    assert (len(tries), outcome.retry_after) == (1, 60.0)


def test_a_time_that_is_asked_for_is_waited():
    tries, outcome = tried([limited(0.2)])
    assert outcome == "done"
    assert tries[1] - tries[0] >= 0.2


def test_a_wait_that_one_thread_was_asked_for_is_kept_by_all():
    pace = Pace()
    pace.rest(0.2)
    began = time.monotonic()
    tries, _ = tried([], pace=pace)
    assert tries[0] - began >= 0.19


def test_a_rate_is_kept_by_all_threads():
    pace = Pace(rate=50.0)
    turns = []

    def wait():
        pace.wait(time.monotonic() + 10, "mt")
        turns.append(time.monotonic())

    threads = [threading.Thread(target=wait) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(turns) - min(turns) >= 0.09


def test_a_turn_after_the_deadline_is_not_waited_for():
    pace = Pace()
    pace.rest(60.0)
    _, outcome = tried([], pace=pace, seconds=1.0)
    assert "did not answer in time" in outcome.message


def test_pauses_vary():
    gaps = set()
    for _ in range(5):
        tries, _ = tried([EngineUnavailable("a")], pause=0.02)
        gaps.add(round(tries[1] - tries[0], 4))
        assert tries[1] - tries[0] >= 0.014
    assert len(gaps) > 1


@pytest.mark.parametrize("rate", [0.0, 1e9])
def test_without_a_rate_nobody_waits(rate):
    pace = Pace(rate)
    for _ in range(100):
        pace.wait(time.monotonic() + 0.5, "mt")
