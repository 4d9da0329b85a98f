"""
The services that deep_translator speaks to, behind a deadline that holds.

This is the only door to that library. It has no timeout, keeps the state of a request
in the object, and shows keys in its errors; so there is one object for each call, the
call runs in a thread that is left behind when its time is up, its connections are ours
(`web.py`), and every exception becomes one of `pipeline.errors` (`failures.py`).
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Final

from pipeline.engines import Answer, Limits, Request
from pipeline.engines.deep.failures import as_engine_error
from pipeline.engines.deep.services import Service, language_codes
from pipeline.engines.deep.settings import Settings, read_settings
from pipeline.engines.deep.web import Passing, Web, rebound
from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)

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
        self.limits = Limits(
            characters=service.characters,
            deadline=self._settings.deadline,
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
        settings = self._settings
        secrets = _secrets(settings)
        codes = language_codes(settings.service, source, target)
        if codes is None:
            raise UnsupportedLocale(
                f"{self.origin} does not translate from {source} into {target}",
            )
        for request in requests:
            try:
                text = _bought(request.text, settings, codes, secrets)
            except EngineRefused as error:
                yield Answer(request.id, None, error.message)
            else:
                yield Answer(request.id, text)


def _secrets(settings: Settings) -> dict[str, str]:
    """The keys by setting. Raises EngineUnavailable naming the variable that lacks."""
    found = {}
    for setting, variable in settings.secret_variables.items():
        value = os.environ.get(variable, "").strip()
        if not value:
            raise EngineUnavailable(
                f"deep:{settings.service.name} has no key: {variable} is not set",
                hint=f"put the key into the environment variable {variable}",
            )
        found[setting] = value
    return found


def _bought(
    text: str,
    settings: Settings,
    codes: tuple[str, str],
    secrets: Mapping[str, str],
) -> str:
    """The service's translation, after as many tries as the deadline has room for."""
    until = time.monotonic() + settings.deadline
    pause = settings.pause
    tries = settings.retries
    while True:
        try:
            return _tried(text, settings, codes, secrets, until)
        except Passing as passing:
            error = passing.error
        wait = getattr(error, "retry_after", None) or pause
        if not tries or wait > until - time.monotonic():
            raise error
        time.sleep(wait)
        tries -= 1
        pause *= 2


def _tried(
    text: str,
    settings: Settings,
    codes: tuple[str, str],
    secrets: Mapping[str, str],
    until: float,
) -> str:
    """One try. Raises an EngineError without a key in it, or Passing with one."""
    origin = f"deep:{settings.service.name}"
    web = Web(origin, until, secrets.values())
    try:
        return _within(until, _call(text, settings, codes, secrets, web), origin)
    except (EngineError, Passing):
        raise
    except Exception as foreign:  # noqa: BLE001 - one door: whatever the library raises ends here
        raise as_engine_error(foreign, origin, secrets.values()) from None


def _call(
    text: str,
    settings: Settings,
    codes: tuple[str, str],
    secrets: Mapping[str, str],
    web: Web,
) -> Callable[[], str]:
    """What the thread runs: a new object of the library, one text, one answer."""
    service = settings.service
    import deep_translator

    kind = rebound(getattr(deep_translator, service.kind), web, codes)

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


def _within(until: float, call: Callable[[], str], origin: str) -> str:
    """The outcome of a call, in another thread, if it is there in time."""
    outcome: queue.SimpleQueue[tuple[str, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - carried into the waiting thread
            outcome.put(("", error))

    threading.Thread(target=run, daemon=True, name=origin).start()
    try:
        text, error = outcome.get(timeout=max(until - time.monotonic(), 0.001))
    except queue.Empty:
        raise EngineUnavailable(
            f"{origin} did not answer in time",
            hint="try again later, or set a longer deadline in [engine.deep]",
        ) from None
    if error is not None:
        raise error
    return text
