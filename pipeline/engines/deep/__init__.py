"""
The services that deep_translator speaks to, behind a deadline that holds.

This is the only door to that library. It has no timeout, keeps the state of a request
in the object, and shows keys in its errors; so there is one object for each call, the
call runs in a thread that is left behind when its time is up, its connections are ours
(`web.py`), and every exception becomes one of `pipeline.errors` (`failures.py`).
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from typing import Final

from pipeline.engines import Answer, Request
from pipeline.engines.deep.failures import as_engine_error
from pipeline.engines.deep.services import Service, language_codes
from pipeline.engines.deep.settings import Settings, read_settings
from pipeline.engines.deep.web import Door, rebound
from pipeline.errors import EngineError, EngineRefused, RateLimited, UnsupportedLocale
from pipeline.transport.deadlines import Passing, within
from pipeline.transport.retries import Pace, persist
from pipeline.transport.web import Web

_QUOTA: Final = "MYMEMORY WARNING"
"""How MyMemory begins what it sends as a translation when its free quota is used up."""


class Deep:
    """One service of deep_translator."""

    name = "deep"
    needs_network = True

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.deep]`. Raises ConfigError naming the known keys."""
        self._settings = read_settings(settings)
        service = self._settings.service
        self.origin = f"deep:{service.name}"
        self._pace = Pace(self._settings.endurance.rate)
        self.limits = self._settings.limits

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
        settings = self._settings
        secrets = {
            setting: place.read(self.origin) for setting, place in settings.keys.items()
        }
        codes = language_codes(settings.service, source, target)
        if codes is None:
            raise UnsupportedLocale(
                f"{self.origin} does not translate from {source} into {target}",
            )
        for request in requests:
            try:
                text = self._bought(request.text, codes, secrets)
            except EngineRefused as error:
                yield Answer(request.id, None, error.message)
            else:
                yield Answer(request.id, text)

    def _bought(
        self, text: str, codes: tuple[str, str], secrets: Mapping[str, str]
    ) -> str:
        """The service's translation, after as many tries as the deadline allows."""
        endurance = self._settings.endurance
        until = time.monotonic() + endurance.deadline
        return persist(
            partial(_tried, text, self._settings, codes, secrets, until),
            origin=self.origin,
            until=until,
            retries=endurance.retries,
            pause=endurance.pause,
            pace=self._pace,
        )


def _tried(
    text: str,
    settings: Settings,
    codes: tuple[str, str],
    secrets: Mapping[str, str],
    until: float,
) -> str:
    """One try. Raises an EngineError without a key in it, or Passing with one."""
    origin = f"deep:{settings.service.name}"
    web = Web(origin, secrets=secrets.values(), plain_http=settings.plain_http)
    try:
        call = _call(text, settings, codes, secrets, Door(web, until))
        return within(until, call, origin)
    except (EngineError, Passing):
        raise
    except Exception as foreign:  # noqa: BLE001 - one door: whatever the library raises ends here
        raise as_engine_error(foreign, origin, secrets.values()) from None


def _call(
    text: str,
    settings: Settings,
    codes: tuple[str, str],
    secrets: Mapping[str, str],
    door: Door,
) -> Callable[[], str]:
    """What the thread runs: a new object of the library, one text, one answer."""
    service = settings.service
    import deep_translator

    kind = rebound(getattr(deep_translator, service.kind), door, codes)

    def call() -> str:
        translator = kind(
            source=codes[0],
            target=codes[1],
            **service.arguments(settings.options, secrets),
        )
        # The library takes some codes for names, and its own addresses for given.
        translator.source, translator.target = codes
        if address := settings.base_url or service.address:
            vars(translator)["_base_url"] = address
        if not secrets:
            # LibreTranslate without keys; the library insists on one.
            vars(translator)["api_key"] = ""
        answer = translator.translate(text, **service.keywords)
        return _checked(answer, service)

    return call


def _checked(answer: object, service: Service) -> str:
    if not isinstance(answer, str):
        raise EngineRefused("the service gave no text")
    if service.name != "mymemory":
        return answer
    if answer.startswith(_QUOTA):
        raise RateLimited(
            "deep:mymemory has used up its free quota",
            hint="try again tomorrow, or use another service",
        )
    # It escapes what is no markup; all entities of the source are masked.
    return unescape(answer)
