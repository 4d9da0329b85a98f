import os
import threading

import pytest

from pipeline.workflow.meanwhile import meanwhile


def require_none_left(children):
    assert len(children) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def told(work):
    with meanwhile(work) as result:
        return result()


def test_another_process_does_the_work(children):
    found = told(lambda: {"process": str(os.getpid()), "of": str(os.getppid())})

    assert found["process"] == str(children[0])
    assert found["of"] == str(os.getpid())


def test_its_result_may_be_long(children):
    assert told(lambda: {"text": "ü\n" * 1_000_000}) == {"text": "ü\n" * 1_000_000}
    assert children


def test_what_fails_there_fails_here():
    def work():
        raise ValueError(os.getpid())

    with pytest.raises(ValueError, match=f"^{os.getpid()}$"):
        told(work)


def test_where_the_other_process_dies_the_work_is_done_here(children):
    here = os.getpid()

    def work():
        if os.getpid() != here:
            os.kill(os.getpid(), 9)
        return {"process": str(os.getpid())}

    assert told(work) == {"process": str(here)}
    assert children


def test_beside_other_threads_the_work_is_done_here():
    end = threading.Event()
    other = threading.Thread(target=end.wait)
    other.start()
    try:
        found = told(lambda: {"process": str(os.getpid())})
    finally:
        end.set()
        other.join()

    assert found == {"process": str(os.getpid())}


@pytest.mark.parametrize("size", [1, 1_000_000])
def test_no_process_is_left_where_nobody_asks_for_the_result(children, size):
    with meanwhile(lambda: {"text": "x" * size}):
        pass

    require_none_left(children)


def test_no_process_is_left_where_something_fails_meanwhile(children):
    with pytest.raises(KeyError), meanwhile(dict):
        raise KeyError

    require_none_left(children)


def test_where_no_more_processes_may_be_the_work_is_done_here(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 1)

    def refused():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)

    found = told(lambda: {"process": str(os.getpid())})

    assert found == {"process": str(os.getpid())}
