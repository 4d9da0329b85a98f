"""
The connections of deep_translator: bounded, and over https.

The library calls `requests.get` and `requests.post` without a timeout. `rebound` makes
a copy of one of its classes that finds a `Web` under that name; nothing is patched.
"""

import ipaddress
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from json import loads
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urljoin, urlsplit

from pipeline.engines.deep.failures import scrub, shortened
from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)

if TYPE_CHECKING:
    from requests import Response, Session

_MOST_BYTES: Final = 2_000_000
_MOST_REDIRECTS: Final = 3
_CHUNK: Final = 4_096
_REFUSED: Final = frozenset({400, 413, 414, 422})
_NOT_ALLOWED: Final = frozenset({401, 402, 403, 407})
_TOO_MANY: Final = 429
_PASSING: Final = frozenset({408, 425, 500, 502, 503, 504})


class Passing(Exception):
    """An error that may be gone at the next try."""

    def __init__(self, error: EngineError) -> None:
        super().__init__(error)
        self.error = error


class Translator(Protocol):
    """What the engine asks of an object of the library."""

    source: str
    target: str

    def translate(self, text: str, **keywords: str) -> object:
        """The translation, or None."""


def is_safe(url: str) -> bool:
    """Whether an address is https, or plain http that does not leave this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Reply:
    """As much of a `requests.Response` as the library reads."""

    status_code: int
    text: str

    def json(self) -> object:
        """The text as JSON. Raises ValueError."""
        return loads(self.text)

    def close(self) -> None:
        """The connection is closed already."""


class Web:
    """What the library takes for the module `requests`, for one call."""

    def __init__(self, origin: str, until: float, secrets: Collection[str]) -> None:
        self._origin = origin
        self._until = until
        self._secrets = secrets

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
        return self._ask("GET", url, params=params, headers=headers)

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
        return self._ask(
            "POST",
            url,
            params=params,
            headers=headers,
            data=data,
            json=json,
        )

    def _ask(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        data: Mapping[str, str] | None = None,
        json: list[dict[str, str]] | None = None,
    ) -> Reply:
        import requests

        if not is_safe(url):
            raise EngineUnavailable(f"{self._origin} would use plain http")
        host = urlsplit(url).hostname or ""
        try:
            with requests.Session() as session:
                self._prepare(session, host)
                with session.request(
                    method,
                    url,
                    params=params,
                    headers=headers,
                    data=data,
                    json=json,
                    stream=True,
                    timeout=self._left(),
                ) as response:
                    return self._judged(response, self._read(response))
        except requests.exceptions.TooManyRedirects:
            raise EngineUnavailable(f"{self._origin} redirects in circles") from None
        except requests.exceptions.Timeout:
            raise self._late() from None
        except requests.exceptions.SSLError:
            raise EngineUnavailable(f"{host} has no valid certificate") from None
        except requests.exceptions.InvalidURL:
            raise EngineUnavailable(f"{self._origin} has no valid address") from None
        except requests.exceptions.RequestException as error:
            raise Passing(
                EngineUnavailable(
                    f"{self._origin} cannot be reached: {_cause(error)} ({host})",
                    hint="check the connection, or use --offline",
                ),
            ) from None

    def _prepare(self, session: "Session", host: str) -> None:
        session.max_redirects = _MOST_REDIRECTS
        session.hooks["response"].append(self._require_safe_redirect)
        if is_loopback(host):
            # No proxy leads to this machine.
            session.trust_env = False

    def _require_safe_redirect(self, response: "Response", **_: object) -> None:
        if not response.is_redirect:
            return
        target = urljoin(response.url, response.headers["location"])
        host = urlsplit(target).hostname or ""
        refused = ""
        if not is_safe(target):
            refused = "redirects to plain http"
        elif self._secrets and host != urlsplit(response.url).hostname:
            refused = "redirects to another host, which would get the key"
        if refused:
            response.close()
            raise EngineUnavailable(f"{self._origin} {refused}")

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._late()
        return left

    def _late(self) -> EngineUnavailable:
        return EngineUnavailable(
            f"{self._origin} did not answer in time",
            hint="try again later, or set a longer deadline in [engine.deep]",
        )

    def _read(self, response: "Response") -> str:
        data = bytearray()
        for chunk in response.iter_content(_CHUNK):
            data += chunk
            if len(data) > _MOST_BYTES:
                raise EngineRefused("the answer is far longer than the text")
            self._left()
        charset = response.encoding if "charset" in _type(response) else "utf-8"
        try:
            return data.decode(charset or "utf-8", errors="replace")
        except LookupError:
            return data.decode("utf-8", errors="replace")

    def _judged(self, response: "Response", text: str) -> Reply:
        """The reply if it is a good one; the library is vague about all others."""
        status = response.status_code
        where = f"{self._origin} answered with status {status}"
        if status == _TOO_MANY:
            limited = RateLimited(f"{self._origin} takes no more texts for now")
            limited.retry_after = _seconds(response.headers.get("retry-after", ""))
            raise Passing(limited)
        if status in _PASSING:
            raise Passing(EngineUnavailable(where, hint="try again later"))
        if status in _NOT_ALLOWED:
            raise EngineUnavailable(f"{where}: not allowed", hint="check the key")
        said = shortened(scrub(_said(text), self._secrets))
        if status in _REFUSED:
            kind = UnsupportedLocale if _is_about_locale(said) else EngineRefused
            raise kind(f"{where}: {said}" if said else where)
        if not response.ok or response.is_redirect:
            raise EngineUnavailable(f"{where}: {said}" if said else where)
        return Reply(status, text)


def rebound(
    kind: type,
    web: Web,
    codes: tuple[str, str],
) -> Callable[..., Translator]:
    """A copy of a class of the library whose functions see `web` as `requests`."""
    world = {**vars(sys.modules[kind.__module__]), "requests": web}
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


def _cause(error: BaseException) -> str:
    """Why, in the system's words; the rest of the text holds the whole URL."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror.lower()
        reason = getattr(inner, "reason", None) or next(iter(inner.args), None)
        if not isinstance(reason, BaseException):
            reason = inner.__cause__ or inner.__context__
        inner = reason
    return "no connection"


def _type(response: "Response") -> str:
    return str(response.headers.get("content-type", "")).lower()


def _seconds(value: str) -> float | None:
    return float(value) if value.isascii() and value.isdigit() else None


def _said(text: str) -> str:
    """What a service's JSON says is wrong."""
    try:
        said = loads(text)
    except ValueError:
        return ""
    for _ in range(2):
        if isinstance(said, dict):
            said = said.get("error") or said.get("message") or ""
    return said if isinstance(said, str) else ""


def _is_about_locale(said: str) -> bool:
    return "language" in said.lower() or "is not supported" in said.lower()
