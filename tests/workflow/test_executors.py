import os
import signal

import pytest

from pipeline.errors import PublishError, SourceError
from pipeline.workflow.executors import WORTH_IT, spread, worker_count

MANY = WORTH_IT * 3


def double(number):
    return number * 2


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, WORTH_IT - 1, WORTH_IT, MANY])
def test_results_come_in_order_whoever_did_the_work(count, workers):
    assert list(spread(double, count, workers=workers)) == [
        2 * number for number in range(count)
    ]


def test_little_work_is_done_here():
    here = os.getpid()

    processes = set(spread(lambda _: os.getpid(), WORTH_IT - 1, workers=4))

    assert processes == {here}


def test_much_work_is_done_by_others():
    processes = set(spread(lambda _: os.getpid(), MANY, workers=2))

    assert os.getpid() not in processes


def test_workers_see_what_was_read_before():
    words = {number: f"word {number}" for number in range(MANY)}

    assert list(spread(words.__getitem__, MANY, workers=2)) == list(words.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_keeps_its_place_and_hint(workers):
    def fail(number):
        if number == WORTH_IT:
            raise SourceError("cut", path="a.md", line=3, hint="mend it")
        return number

    with pytest.raises(SourceError) as caught:
        list(spread(fail, MANY, workers=workers))

    assert str(caught.value) == "a.md:3: cut (mend it)"


def test_a_worker_that_is_killed_is_said_and_not_waited_for():
    def die(number):
        if number == WORTH_IT:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(PublishError, match="a worker process was killed"):
        list(spread(die, MANY, workers=2))


def test_ctrl_c_does_not_reach_the_workers():
    def press(number):
        os.kill(os.getpid(), signal.SIGINT)
        return number

    assert list(spread(press, MANY, workers=2)) == list(range(MANY))


def test_one_may_stop_in_the_middle():
    for number, result in enumerate(spread(double, MANY, workers=2)):
        assert result == 2 * number
        if number == 3:
            break

    assert list(spread(double, MANY, workers=2))[-1] == 2 * (MANY - 1)


def test_serial_is_one_worker():
    assert worker_count(8, "serial") == 1


def test_processes_are_as_many_as_asked_for_or_as_there_are_cores():
    assert worker_count(3, "process") == 3
    assert worker_count(0, "process") == len(os.sched_getaffinity(0))
