"""A process in which fxtranslate works (`worker.py`), asked line by line."""

import json
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Final

from pipeline.errors import EngineUnavailable
from pipeline.transport.deadlines import late, passing, within
from pipeline.transport.safety import shortened

ORIGIN: Final = "firefox"
INSTALL: Final = "pip install 'publish[firefox]'"
_SCRIPT: Final = Path(__file__).with_name("worker.py")


class Wrong(Exception):
    """What fxtranslate says is wrong with a model, a text or a list."""


class Process:
    """One process; one thread at a time may ask it."""

    def __init__(self) -> None:
        """Raises EngineUnavailable if it cannot be started."""
        try:
            # -P: nothing of the folder that we happen to be in is imported.
            self._running = subprocess.Popen(  # noqa: S603 - our own script
                [sys.executable, "-P", str(_SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                # Ctrl-C is for the one who asks.
                start_new_session=True,
            )
        except OSError as error:
            why = (error.strerror or "").lower()
            raise EngineUnavailable(
                f"{ORIGIN}: no process can be started: {why}"
            ) from None
        self.end = weakref.finalize(self, _ended, self._running)

    @property
    def is_over(self) -> bool:
        """Whether it can be asked no more."""
        return self._running.poll() is not None

    def ask(self, do: str, until: float, **given: object) -> object:
        """
        The answer of one of the worker's duties.

        Raises Wrong if it has none; EngineUnavailable, after which it is over, if it is
        late or breaks down.
        """
        line = json.dumps({"do": do, **given}) + "\n"
        try:
            said = within(until, lambda: self._said(line), ORIGIN)
        except EngineUnavailable:
            self.end()
            raise
        if not said:
            code = self._running.wait()
            self.end()
            # It may be this text alone.
            raise passing(
                f"{ORIGIN}: fxtranslate broke down ({code})",
                "the model may be damaged: install it again",
            )
        answer = json.loads(said)
        if "wrong" in answer:
            raise Wrong(shortened(answer["wrong"]))
        return answer["said"]

    def _said(self, line: str) -> str:
        """The line that comes back; empty if the process has ended."""
        given, taken = self._running.stdin, self._running.stdout
        if given is None or taken is None:
            raise late(ORIGIN)
        try:
            given.write(line)
            given.flush()
            return taken.readline()
        except (OSError, ValueError):
            return ""


def _ended(running: "subprocess.Popen[str]") -> None:
    running.kill()
    running.wait()
    for pipe in (running.stdin, running.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                # What could not be written any more is not wanted any more.
                continue
