"""The progress bar: rich's, on standard error, gone when the work is done."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


class Bar:
    """One line that tells what is being done and how far it is."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
            transient=True,
        )
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

    def advance(self, what: str, done: int, total: int, note: str = "") -> None:
        """Show that `done` of `total` are done, how fast, and a note beside it."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(
                what, total=total, rate="", note=note
            )
        task = self._tasks[what]
        self._bar.update(task, completed=done, total=total, note=note)
        speed = self._bar.tasks[self._bar.task_ids.index(task)].speed
        self._bar.update(task, rate=f"{speed:.1f}/s" if speed else "")
