import os
import signal
import threading

import pytest

from pipeline.workflow.interruption import interruption


def press():
    os.kill(os.getpid(), signal.SIGINT)


def pressed(times, seen):
    with interruption() as wish:
        for _ in range(times):
            press()
        seen.append(bool(wish))


def test_ctrl_c_is_noted_and_raised_at_the_end():
    seen: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        pressed(1, seen)
    assert seen == [True]


def test_a_second_ctrl_c_does_not_wait():
    seen: list[bool] = []
    with pytest.raises(KeyboardInterrupt):
        pressed(2, seen)
    assert not seen


def test_without_ctrl_c_nothing_is_raised_and_the_handler_is_back():
    before = signal.getsignal(signal.SIGINT)
    with interruption() as wish:
        assert not wish
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_asks_for_no_signals():
    seen: list[bool] = []

    def work():
        with interruption() as wish:
            seen.append(bool(wish))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
