"""
Firefox's own translation models on this machine, by fxtranslate (the extra `firefox`).

No key, no cost, and no text leaves the house. A model is installed once for a pair of
languages; after that no connection is opened. What is masked are tokens: the models are
made for plain text.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pipeline.engines import Answer, Limits, Model, Request
from pipeline.engines.firefox.fetch import FILES, RECORDS, Source
from pipeline.engines.firefox.install import install_from, listed_as
from pipeline.engines.firefox.languages import spellings
from pipeline.engines.firefox.models import (
    Model as Stored,
)
from pipeline.engines.firefox.models import home, installed, pairs_in, read_model
from pipeline.engines.firefox.process import INSTALL, ORIGIN, Process, Wrong
from pipeline.errors import EngineUnavailable, UnsupportedLocale
from pipeline.transport.retries import Pace
from pipeline.transport.service import Service
from pipeline.transport.settings import Settings

_OWN: Final = ("models", "records_url", "files_url", "batch")
_USUAL: Final = Limits(batch=8, characters=10_000, deadline=120.0, workers=1)
_HUB: Final = "en"
"""The language that Firefox goes through where it has no model of a pair."""

Legs = list[dict[str, str]]


class Firefox:
    """The models that are installed here."""

    name = "firefox"
    origin = ORIGIN
    needs_network = False

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.firefox]`. Raises ConfigError naming the known keys."""
        table = Settings.read(self.name, settings, *_OWN)
        named = table.text("models")
        self._top = Path(named).expanduser() if named else home()
        limits, endurance = _USUAL.within(table)
        self._source = Source(
            Service(self.origin, table, endurance),
            table.address("records_url", RECORDS),
            table.address("files_url", FILES),
        )
        self._pace = Pace(endurance.rate)
        self._idle: list[Process] = []
        self._legs: dict[tuple[str, str], Legs] = {}
        self.limits = replace(limits, variant=_variant(self._top))

    def missing(self) -> str:
        """What has to be installed; empty if nothing."""
        if not find_spec("fxtranslate"):
            return f"the package fxtranslate is not installed; {INSTALL}"
        if not pairs_in(self._top):
            return "there is no model yet: publish engines install firefox TAG"
        return ""

    def models(self) -> list[Model]:
        """The models that are installed."""
        return [listed_as(model) for model in installed(self._top)]

    def lacking(self, source: str, target: str) -> str:
        """Why it cannot translate a pair; empty if it can."""
        try:
            self._way(source, target)
        except (EngineUnavailable, UnsupportedLocale) as error:
            return str(error)
        return ""

    def install(
        self,
        source: str,
        target: str,
        *,
        folder: Path | None,
        tell: Callable[[str, int, int], None],
    ) -> list[Model]:
        """
        Get the model of a pair, from a folder or, without one, from Mozilla.

        Raises an EngineError, or StoreError where the disk refuses.
        """
        if not find_spec("fxtranslate"):
            raise _not_installed()
        if folder is not None:
            return install_from(folder, self._top, source, target, tell)
        return self._source.fetch(self._top, source, target, tell)

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer each, one after the other.

        Raises EngineUnavailable or UnsupportedLocale; a text that fails alone is an
        Answer without text.
        """
        if not find_spec("fxtranslate"):
            raise _not_installed()
        legs = self._way(source, target)
        until = time.monotonic() + self.limits.deadline
        process = self._process()
        for request in requests:
            self._pace.wait(until, self.origin)
            try:
                said = process.ask("translate", until, text=request.text, legs=legs)
            except Wrong as wrong:
                yield Answer(request.id, None, f"{self.origin}: {wrong}")
            else:
                yield Answer(request.id, said if isinstance(said, str) else None)
        self._idle.append(process)

    def _process(self) -> Process:
        """A process that nobody uses, with the models it has read; or a new one."""
        while self._idle:
            try:
                process = self._idle.pop()
            except IndexError:
                break
            if not process.is_over:
                return process
        return Process()

    def _way(self, source: str, target: str) -> Legs:
        """The files of the models from a locale to another, verified once."""
        if (source, target) not in self._legs:
            found = self._direct(source, target) or self._through(source, target)
            if not found:
                there = ", ".join(pairs_in(self._top)) or "none"
                raise UnsupportedLocale(
                    f"{self.origin} has no model from {source} into {target} in "
                    f"{self._top} (there: {there})",
                    hint=f"publish engines install firefox {target}",
                )
            for model in found:
                model.verify()
            self._legs[source, target] = [model.paths for model in found]
        return self._legs[source, target]

    def _direct(self, source: str, target: str) -> list[Stored]:
        there = pairs_in(self._top)
        for ours in spellings(source):
            for theirs in spellings(target):
                if (pair := f"{ours}-{theirs}") in there:
                    return [read_model(self._top / pair)]
        return []

    def _through(self, source: str, target: str) -> list[Stored]:
        """Two models with English between, where both are here."""
        if _HUB in {source, target}:
            return []
        first, second = self._direct(source, _HUB), self._direct(_HUB, target)
        return [*first, *second] if first and second else []


def _variant(top: Path) -> str:
    """Which models are here, in short: another one translates otherwise."""
    known = "\n".join(
        f"{model.pair} {model.version} {sorted(model.digests.items())}"
        for model in installed(top)
    )
    return hashlib.sha256(known.encode()).hexdigest()[:12] if known else ""


def _not_installed() -> EngineUnavailable:
    return EngineUnavailable(
        f"{ORIGIN} needs a package that is not installed: fxtranslate", hint=INSTALL
    )
