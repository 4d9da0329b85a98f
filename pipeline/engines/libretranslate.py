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
from pipeline.transport.settings import Settings
from pipeline.transport.web import Call

_OWN: Final = ("base_url", "api_key_env", "api_key_keyring")
_ADDRESS: Final = "https://libretranslate.com"
# The public server takes 2,000 characters.
_USUAL: Final = Limits(characters=2_000, deadline=30.0, workers=4)
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
        table = Settings.read(self.name, settings, *_OWN)
        self._url = table.address("base_url", _ADDRESS)
        if self._url == _ADDRESS and not table.key():
            raise table.fail(
                "needs api_key_env, or the base_url of a server of your own",
                'the name of an environment variable: api_key_env = "NAME"',
            )
        self.limits, endurance = _USUAL.within(table)
        self._service = Service(self.origin, table, endurance)

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
