"""Work that another process of this machine does meanwhile, where there may be one."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, TypeAlias

Lines: TypeAlias = dict[str, str]


@contextmanager
def meanwhile(work: Callable[[], Lines]) -> Iterator[Callable[[], Lines]]:
    """
    Begin with a work, and yield what waits for the result of it.

    The other process is forked: it knows what is known here, and nothing that it finds
    is known here but the result. Where there can be no such process, or nothing whole
    comes from it, whoever asks for the result does the work, and raises what it raises.
    """
    if not _may_fork():
        yield work
        return
    source, target = os.pipe()
    try:
        child = os.fork()
    except OSError:
        # The machine has no memory or no room for one more.
        os.close(source)
        os.close(target)
        yield work
        return
    if not child:
        os.close(source)
        _answer(work, target)
    os.close(target)
    answer = os.fdopen(source, "rb")

    def result() -> Lines:
        data = answer.read()
        return _read(data) or work()

    try:
        yield result
    finally:
        # It ends by itself: whoever stopped it would leave half a file.
        answer.close()
        os.waitpid(child, 0)


def _may_fork() -> bool:
    """Whether this is the only thread: what others hold would be held for ever."""
    import threading

    return hasattr(os, "fork") and threading.active_count() == 1


def _answer(work: Callable[[], Lines], target: int) -> NoReturn:
    """Write what a work gives, or nothing, and end this process."""
    try:
        # Ctrl-C goes to every process of the terminal; ours tells of it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(target, "wb") as answer:
            answer.write(json.dumps(work()).encode())
    finally:
        os._exit(0)


def _read(data: bytes) -> Lines:
    """What was written; nothing where that is not whole."""
    try:
        return dict(json.loads(data))
    except ValueError:
        return {}
