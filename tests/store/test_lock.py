import multiprocessing
import os
import sys
import threading

import pytest

from pipeline.errors import BusyError, StoreError
from pipeline.store.lock import locked


def hold(root, ready, done):
    sys.argv = ["/usr/bin/publish", "extract"]
    with locked(root):
        ready.set()
        done.wait(30)


def test_the_holder_of_the_lock_is_named(tmp_path):
    context = multiprocessing.get_context("fork")
    ready, done = context.Event(), context.Event()
    process = context.Process(target=hold, args=(tmp_path, ready, done))
    process.start()
    try:
        assert ready.wait(30)
        for _ in range(2):
            with pytest.raises(BusyError) as caught, locked(tmp_path, timeout=0.1):
                pass
            assert f"`publish extract` (process {process.pid})" in caught.value.message
            assert caught.value.path == ".publish/lock"
    finally:
        done.set()
        process.join(30)
    with locked(tmp_path, timeout=0):
        pass


def test_the_lock_is_waited_for(tmp_path):
    done = threading.Event()
    entered = threading.Event()

    def holder():
        with locked(tmp_path):
            entered.set()
            done.wait(30)

    thread = threading.Thread(target=holder)
    thread.start()
    assert entered.wait(30)
    timer = threading.Timer(0.2, done.set)
    timer.start()
    with locked(tmp_path, timeout=30):
        assert done.is_set()
    thread.join(30)


def test_the_lock_is_free_after_an_error(tmp_path):
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError
    with locked(tmp_path, timeout=0):
        text = (tmp_path / ".publish" / "lock").read_text(encoding="utf-8")
    assert text.startswith(f"{os.getpid()} ")


def test_an_unknown_holder_is_named_so(tmp_path):
    with locked(tmp_path):
        (tmp_path / ".publish" / "lock").write_bytes(b"")
        unnamed = pytest.raises(BusyError, match="another process")
        with unnamed, locked(tmp_path, timeout=0):
            pass


def test_a_lock_that_cannot_be_made_is_an_error_of_ours(tmp_path):
    (tmp_path / ".publish").touch()
    with pytest.raises(StoreError, match="cannot be locked"), locked(tmp_path):
        pass
