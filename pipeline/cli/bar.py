"""The progress bar: rich's, on standard error, gone when the work is done."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, TaskID


class Bar:
    """One line that tells what is being done and how far it is."""

    def __init__(self) -> None:
        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def advance(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)
