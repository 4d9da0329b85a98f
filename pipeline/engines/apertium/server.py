"""An APY server: Apertium behind HTTP (wiki.apertium.org, "Apertium-apy")."""

from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.engines.apertium.pairs import find_pair
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.transport.service import Service
from pipeline.transport.settings import Endurance, Settings
from pipeline.transport.web import Call

_OK: Final = 200


class Server:
    """Asks one, a text a call."""

    def __init__(self, url: str, table: Settings, endurance: Endurance) -> None:
        self._url = url
        self._service = Service("apertium", table, endurance)
        self._known = cache(self._listed)

    def missing(self) -> str:
        """Nothing has to be installed here."""
        return ""

    def pair(self, source: str, target: str) -> tuple[str, str]:
        """The server's pair. Raises an EngineError."""
        return find_pair(source, target, self._known())

    def pairs(self) -> frozenset[str]:
        """The server's pairs. Raises an EngineError."""
        return self._known()

    def translated(
        self, texts: Sequence[str], pair: tuple[str, str]
    ) -> list[str | None]:
        """One translation each; None: it was refused. Raises an EngineError."""
        return [self._translated(text, pair) for text in texts]

    def _translated(self, text: str, pair: tuple[str, str]) -> str | None:
        form = {
            "q": text,
            "langpair": "|".join(pair),
            "markUnknown": "no",
            "format": "html",
        }
        try:
            data = self._asked("translate", form).get("responseData")
        except EngineRefused:
            return None
        answer = data.get("translatedText") if isinstance(data, dict) else None
        return answer if isinstance(answer, str) else None

    def _listed(self) -> frozenset[str]:
        listed = self._asked("listPairs", {}).get("responseData")
        if not isinstance(listed, list):
            raise EngineUnavailable("apertium gave no list of its pairs")
        return frozenset(
            f"{each.get('sourceLanguage')}-{each.get('targetLanguage')}"
            for each in listed
            if isinstance(each, dict)
        )

    def _asked(self, path: str, form: dict[str, str]) -> dict[str, object]:
        call = Call(url=f"{self._url}/{path}", data=form)
        said = self._service.ask_json(call)
        if not isinstance(said, dict) or said.get("responseStatus", _OK) != _OK:
            raise EngineRefused("apertium refused the text")
        return said
