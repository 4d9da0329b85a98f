"""Ctrl-C as a wish: what is under way is finished and saved, then the command ends."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interruption:
    """Whether somebody pressed Ctrl-C."""

    def __init__(self) -> None:
        self.is_wished = False

    def __bool__(self) -> bool:
        return self.is_wished

    def wish(self, _signal: int, _frame: FrameType | None) -> None:
        """Note the wish; a second one ends the command at once."""
        if self.is_wished:
            raise KeyboardInterrupt
        self.is_wished = True


@contextmanager
def interruption() -> Iterator[Interruption]:
    """
    Note Ctrl-C in the meantime; raises KeyboardInterrupt at the end if there was one.

    Only the main thread may ask for signals; in another one nothing changes.
    """
    wish = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield wish
        return
    before = signal.signal(signal.SIGINT, wish.wish)
    try:
        yield wish
    finally:
        signal.signal(signal.SIGINT, before)
    if wish:
        raise KeyboardInterrupt
