"""When an engine is left alone: it opens like a fuse, and stays open."""

from dataclasses import field
from typing import Final

from pipeline.errors import EngineError, EngineUnavailable
from pipeline.late import dataclass
from pipeline.pretranslate.drafts import Stop

_REFUSALS: Final = 5
"""Texts in a row that an engine may fail on."""
_OUTAGES: Final = 3
"""Calls in a row that may fail for the engine's own reasons."""


@dataclass(slots=True)
class Circuit:
    """What has failed of late, and the reason to stop once there is one."""

    origin: str
    stop: Stop | None = None
    passed_over: list[str] = field(default_factory=list)
    """Texts of the calls that failed since the last one that did not."""

    _refusals: int = 0
    _why: str = ""
    _outages: int = 0

    def note_good(self) -> None:
        """Note a good answer."""
        self._refusals = 0

    def note_call(self) -> None:
        """Note a call that did not fail as such."""
        self._outages = 0
        self.passed_over.clear()

    def note_refusal(self, why: str) -> None:
        """Note a text that the engine failed on."""
        self._refusals += 1
        self._why = why

    def judge(self) -> None:
        """Stop after a call if too many texts in a row have failed by now."""
        if self._refusals >= _REFUSALS and not self.stop:
            failed = f"{self.origin} failed on {self._refusals} texts in a row"
            error = EngineUnavailable(f"{failed}: {self._why}")
            self.stop = Stop(self.origin, error)

    def is_passing(self, error: EngineError, *, patient: bool) -> bool:
        """
        Note a call that failed; whether another one may fare better.

        `patient` allows for texts that are asked for alone because one is at fault.
        """
        self._outages += 1
        most = _REFUSALS if patient else _OUTAGES
        may_pass = isinstance(error, EngineUnavailable) and error.may_pass
        if may_pass and self._outages < most and not self.stop:
            return True
        self.stop = self.stop or Stop(self.origin, error)
        return False
