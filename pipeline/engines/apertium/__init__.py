"""
Apertium: rules and dictionaries, on this machine or behind an APY server.

Debian has it with its languages (`apt-get install apertium-eng-spa`). It costs nothing
and, as a program, sends nothing anywhere. It serves related languages best, and from
English Spanish, Catalan, Galician and others. What is masked are tags to it, which
leave the grammar of a sentence as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.engines import Answer, Limits, Request
from pipeline.engines.apertium.program import PROGRAM, Program
from pipeline.engines.apertium.server import Server
from pipeline.masking import Dialect
from pipeline.transport.settings import Settings

_OWN: Final = ("base_url", "program", "batch")
# A run of the program takes a fifth of a second to start.
_USUAL: Final = Limits(
    batch=40, characters=20_000, deadline=60.0, workers=2, dialect=Dialect.TAGS
)


class Apertium:
    """The program, or a server where `base_url` names one."""

    name = "apertium"
    origin = "apertium"
    needs_network = False

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.apertium]`. Raises ConfigError naming the known keys."""
        table = Settings.read(self.name, settings, *_OWN)
        url = table.address("base_url")
        if url and table.text("program"):
            raise table.fail("has base_url and program", "keep one of them")
        self.limits, endurance = _USUAL.within(table)
        self._behind: Program | Server
        if url:
            self.needs_network = True
            # A server is asked for one text a call.
            self.limits = replace(self.limits, batch=1)
            self._behind = Server(url, table, endurance)
        else:
            program = table.text("program", PROGRAM)
            self._behind = Program(program, endurance.deadline)

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer each.

        Raises EngineUnavailable or UnsupportedLocale; a text that is refused alone is
        an Answer without text.
        """
        pair = self._behind.pair(source, target)
        texts = self._behind.translated([r.text for r in requests], pair)
        for request, text in zip(requests, texts, strict=True):
            why = "" if text is not None else f"{self.origin} did not translate it"
            yield Answer(request.id, text, why)

    def missing(self) -> str:
        """What has to be installed; empty if nothing."""
        return self._behind.missing()

    def probe(self) -> None:
        """Ask for the list of languages. Raises an EngineError."""
        self._behind.pairs()
