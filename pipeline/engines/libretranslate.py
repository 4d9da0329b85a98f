"""
LibreTranslate: one's own server, or the public one (libretranslate.com).

Its protocol takes lists too, and matches their answers by place alone; so each text
has its own call, and no answer can come to another text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.engines import Answer, Limits, Request
from pipeline.errors import EngineRefused, UnsupportedLocale
from pipeline.transport.service import Service
from pipeline.transport.settings import SERVICE_KEYS, Settings
from pipeline.transport.web import Call

_KNOWN: Final = ("base_url", "api_key_env", "plain_http", "characters", *SERVICE_KEYS)
_ADDRESS: Final = "https://libretranslate.com"
_MOST: Final = 2_000
"""Characters in a text: what the public server takes."""
_CODES: Final = {
    "no": "nb",
    "pt-BR": "pt-BR",
    "zh": "zh-Hans",
    "zh-CN": "zh-Hans",
    "zh-HK": "zh-Hant",
    "zh-SG": "zh-Hans",
    "zh-TW": "zh-Hant",
}
_SCRIPT: Final = 4
"""Letters of a script subtag (BCP 47)."""


class LibreTranslate:
    """One server."""

    name = "libretranslate"
    origin = "libretranslate"
    needs_network = True

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.libretranslate]`. Raises ConfigError naming the known keys."""
        table = Settings(self.name, settings)
        table.known(*_KNOWN)
        self._url = table.address("base_url", _ADDRESS)
        if self._url == _ADDRESS and not table.text("api_key_env"):
            raise table.fail(
                "needs api_key_env, or the base_url of a server of your own",
                'the name of an environment variable: api_key_env = "NAME"',
            )
        self._service = Service(self.origin, table, table.endurance(deadline=30.0))
        self.limits = Limits(
            characters=table.count("characters", _MOST, least=1, most=1_000_000),
            deadline=self._service.endurance.deadline,
            workers=self._service.endurance.workers,
        )

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer each, one call each.

        Raises EngineUnavailable, RateLimited or UnsupportedLocale; a text that is
        refused alone is an Answer without text.
        """
        codes = (_code(source), _code(target))
        if codes[0] == codes[1]:
            raise UnsupportedLocale(
                f"{self.origin} does not translate from {source} into {target}"
            )
        for request in requests:
            try:
                yield Answer(request.id, self._translated(request.text, *codes))
            except EngineRefused as error:
                yield Answer(request.id, None, error.message)

    def probe(self) -> None:
        """Ask for the list of languages. Raises an EngineError."""
        self._service.ask(Call(method="GET", url=f"{self._url}/languages"))

    def _translated(self, text: str, source: str, target: str) -> str:
        query = {"q": text, "source": source, "target": target, "format": "text"}
        if key := self._service.key():
            query["api_key"] = key
        call = Call(url=f"{self._url}/translate", json=query)
        said = self._service.ask_json(call)
        answer = said.get("translatedText") if isinstance(said, dict) else None
        if not isinstance(answer, str):
            raise EngineRefused(f"{self.origin} gave no text")
        return answer


def _code(tag: str) -> str:
    """The language as LibreTranslate spells it: never another script."""
    if tag in _CODES:
        return _CODES[tag]
    language, _, rest = tag.partition("-")
    script = rest.partition("-")[0]
    return f"{language}-{script}" if len(script) == _SCRIPT else language
