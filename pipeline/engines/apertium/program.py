"""The program `apertium` of this machine."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.engines.apertium.pairs import find_pair
from pipeline.errors import EngineUnavailable
from pipeline.late import regex

PROGRAM: Final = "apertium"
_INSTALL: Final = "on Debian: apt-get install apertium-eng-spa (or another pair)"
_PARAGRAPH: Final = regex(r'<p id="t(\d+)">(.*?)</p>', re.DOTALL)


class Program:
    """Runs it, several texts at a time, each in a paragraph with its number."""

    def __init__(self, program: str, deadline: float) -> None:
        self._program = program
        self._deadline = deadline

    def missing(self) -> str:
        """What has to be installed; empty if nothing."""
        if shutil.which(self._program):
            return ""
        return f"the program {self._program} is not installed; {_INSTALL}"

    def pair(self, source: str, target: str) -> tuple[str, str]:
        """The installed pair. Raises EngineUnavailable or UnsupportedLocale."""
        return find_pair(source, target, self.pairs())

    def pairs(self) -> frozenset[str]:
        """The pairs that are installed. Raises EngineUnavailable."""
        return frozenset(_listed(self._program, self._deadline).split())

    def translated(
        self, texts: Sequence[str], pair: tuple[str, str]
    ) -> list[str | None]:
        """
        One translation each, in the order of the texts, which are XML.

        None: its paragraph does not come back as it went. Raises EngineUnavailable.
        """
        document = "\n".join(
            f'<p id="t{number}">{text}</p>' for number, text in enumerate(texts)
        )
        # -u: no marks at unknown words; the entities come back as characters.
        arguments = ["-u", "-f", "html-noent", "-".join(pair)]
        said = _run(self._program, arguments, document, self._deadline)
        found = {int(number): text for number, text in _PARAGRAPH.findall(said)}
        if len(_PARAGRAPH.findall(said)) == len(texts) == len(found):
            return [found[number] for number in range(len(texts))]
        if len(texts) > 1:
            return [self.translated([text], pair)[0] for text in texts]
        return [None]


@lru_cache(maxsize=8)
def _listed(program: str, deadline: float) -> str:
    return _run(program, ["-l"], "", deadline)


def _run(program: str, arguments: Sequence[str], text: str, deadline: float) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program that the site names
            [program, *arguments],
            input=text,
            capture_output=True,
            timeout=deadline,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError:
        raise EngineUnavailable(
            f"the program {program} is not installed", hint=_INSTALL
        ) from None
    except subprocess.TimeoutExpired:
        late = EngineUnavailable(
            f"{PROGRAM} did not answer in time",
            hint="set a longer deadline in [engine.apertium]",
        )
        late.may_pass = True
        raise late from None
    except OSError as error:
        raise EngineUnavailable(
            f"the program {program} cannot be run: {(error.strerror or '').lower()}"
        ) from None
    if done.returncode:
        why = " ".join(done.stderr.split())[:160]
        raise EngineUnavailable(f"{PROGRAM} failed ({done.returncode}): {why}")
    return done.stdout
