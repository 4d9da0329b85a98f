"""
The connections of deep_translator: bounded, and over https.

The library calls `requests.get` and `requests.post` without a timeout. `rebound` makes
a copy of one of its classes that finds a `Door` under that name; nothing is patched.
"""

import sys
from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType
from typing import Final, Protocol

from pipeline.errors import EngineRefused
from pipeline.late import dataclass, regex
from pipeline.transport.web import Call, Reply, Web

_TRANSLATED: Final = regex(r"""class=["']?(?:t0|result-container)\b""")
"""Where the library looks for the translation in Google's page."""


class Translator(Protocol):
    """What the engine asks of an object of the library."""

    source: str
    target: str

    def translate(self, text: str, **keywords: str) -> object:
        """The translation, or None."""


@dataclass(frozen=True, slots=True)
class Door:
    """What the library takes for the module `requests`, for one call."""

    web: Web
    until: float

    @property
    def exceptions(self) -> ModuleType:
        """The library names some of them in its `except` clauses."""
        import requests

        return requests.exceptions

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Reply:
        """A GET that ends in time. Raises an EngineError, or Passing with one."""
        call = Call(method="GET", url=url, params=params, headers=headers or {})
        reply = self.web.exchange(call, self.until)
        _require_whole(reply.text)
        return reply

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        json: list[dict[str, str]] | None = None,
        **_: object,
    ) -> Reply:
        """A POST, likewise."""
        call = Call(url=url, params=params, headers=headers or {}, data=data, json=json)
        return self.web.exchange(call, self.until)


def _require_whole(page: str) -> None:
    """Raise EngineRefused where a page ends within the translation: it is read so."""
    if (found := _TRANSLATED.search(page)) and "</div>" not in page[found.end() :]:
        raise EngineRefused("the service gave a page that is cut")


def rebound(
    kind: type,
    door: Door,
    codes: tuple[str, str],
) -> Callable[..., Translator]:
    """A copy of a class of the library whose functions see `door` as `requests`."""
    world = {**vars(sys.modules[kind.__module__]), "requests": door}
    members: dict[str, object] = {}
    for name, function in vars(kind).items():
        if isinstance(function, FunctionType):
            copy = FunctionType(
                function.__code__,
                world,
                name,
                function.__defaults__,
                function.__closure__,
            )
            copy.__kwdefaults__ = function.__kwdefaults__
            members[name] = copy
    if kind.__name__ == "MicrosoftTranslator":
        # Else it would fetch the list of all languages for each text.
        members["_get_supported_languages"] = lambda _: {code: code for code in codes}
    made: Callable[..., Translator] = type(kind)(kind.__name__, (kind,), members)
    return made
