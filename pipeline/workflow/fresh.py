"""Whether anything that a build depends on has changed since the last one."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from hashlib import blake2b
from os import environ
from pathlib import Path
from time import time_ns
from typing import Final

from pipeline.model.site import Site
from pipeline.store.kept import is_kept
from pipeline.store.stamps import RACY, Stamp, stamp_files, stamp_trees
from pipeline.store.state import (
    BuildState,
    forget_state,
    is_current,
    read_state,
    write_state,
)
from pipeline.workflow.again import (
    INPUTS,
    Said,
    around_now,
    is_settled,
    look,
    seen,
)

_HISTORY: Final = "/published.jsonl"


Saved = tuple[BuildState, frozenset[str]]
"""The last build, and what was saved, added or removed since."""


class Fresh:
    """The inputs of one kind of build, now and at the last time."""

    def __init__(self, site: Site, *, options: Mapping[str, object], name: str) -> None:
        self._root = Path(site.root)
        self._name = name
        self._around = around_now(self._root)
        self.code = self._around[0]
        """The stamp of the program."""

        self._key = digest(site, options, self.code)
        self._is_settled = is_settled(self._root, time_ns())
        # A plain build has asked already, and goes on here.
        known = seen(self._root) if name == "build" else None
        self._state = read_state(self._root, name, known)
        self.inputs = look(self._root)
        self._now: dict[str, Stamp] | None = None
        self._changed: set[str] = set()
        """What is another now than when this looked."""

    def unchanged(self) -> Mapping[str, object] | None:
        """The report of the last build, if building again would change no byte."""
        state = self._state
        if state is None or state.key != self._key:
            return None
        if not is_current(state, self.inputs):
            return None
        return state.report if self.are_outputs_untouched() else None

    @property
    def output_count(self) -> int:
        """How many files the last build left."""
        return len(self._state.outputs) if self._state else 0

    def are_outputs_untouched(self) -> bool:
        """Whether they are as it left them."""
        outputs = self._state.outputs if self._state else {}
        return stamp_files(self._root, outputs) == outputs

    def saved(self) -> Saved | None:
        """
        The last build, and what was saved, added or removed since.

        None where it was another kind of build, or had other settings.
        """
        state = self._state
        if state is None or state.key != self._key:
            return None
        settled = {
            path
            for path, stamp in self.inputs.items()
            if stamp[1] < state.started - RACY and stamp == state.inputs.get(path)
        }
        return state, frozenset((self.inputs.keys() | state.inputs.keys()) - settled)

    @property
    def report(self) -> Mapping[str, object] | None:
        """What the last build said, if that is still known."""
        return self._state.report if self._state else None

    def let_go(self) -> None:
        """Forget what was read of the last build; the file of it stays."""
        self._state = None

    def remember(
        self,
        started: int,
        outputs: Mapping[str, Stamp],
        report: Mapping[str, object],
        said: Said | None,
        ledger: object = "",
    ) -> None:
        """
        Keep what this build saw and made. Raises StoreError.

        Only the build's own history files may have changed since it looked. `said` is
        what a plain build says from now on, if that is all; `ledger` is the mark of
        what it decided and made.
        """
        if self._now is None:
            self.moved()
        now, changed = self._now or {}, self._changed
        own = _own(changed)
        if changed - own:
            self.forget()
            return
        # What the build itself appended is newer than its start, and yet known.
        newest_own = max((now[path][1] for path in own if path in now), default=0)
        write_state(
            self._root,
            self._name,
            BuildState(
                key=self._key,
                started=max(started, newest_own + 1_000_000_000)
                if changed
                else started,
                inputs=now,
                outputs=outputs,
                report=report,
                around=self._around,
                said=said if self._is_settled else None,
                ledger=str(ledger),
            ),
            since=self._state,
        )

    def moved(self, among: Collection[str] | None = None) -> bool:
        """
        Whether an input was saved since this looked, but by the build itself.

        `among` is all that was read, if that is known.
        """
        if among is None:
            now = stamp_trees(self._root, INPUTS)
            among = now.keys() | self.inputs
        else:
            # A build adds to histories, whatever it reads.
            among = {*among, *(p for p in self.inputs if p.endswith(_HISTORY))}
            now = dict(self.inputs)
            for path in among:
                now.pop(path, None)
            now |= stamp_files(self._root, among)
        self._now = now
        self._changed = {p for p in among if now.get(p) != self.inputs.get(p)}
        return bool(self._changed - _own(self._changed))

    def forget(self) -> None:
        """The next build looks at everything."""
        forget_state(self._root, self._name)


def _own(paths: Iterable[str]) -> set[str]:
    """What a build itself appends to, or keeps."""
    return {p for p in paths if p.endswith(_HISTORY) or is_kept(p)}


def digest(site: Site, options: Mapping[str, object], code: object) -> str:
    """One for configuration, options and code."""
    parts = {
        "site": asdict(site),
        "options": options,
        "code": code,
        "epoch": environ.get("SOURCE_DATE_EPOCH", ""),
    }
    data = json.dumps(parts, sort_keys=True, default=str).encode()
    return blake2b(data, digest_size=16).hexdigest()
