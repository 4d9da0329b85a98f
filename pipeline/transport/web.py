"""
HTTP calls to a service: bounded in time and size, over https, without a redirect.

The environment's proxies and certificates are used as `requests` uses them, and
SSL_CERT_FILE besides; a `.netrc` is not, since it would replace the service's key.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from json import dumps, loads
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit

from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from pipeline.transport.safety import (
    holds,
    is_loopback,
    is_safe,
    said_in,
    scrub,
    shortened,
)

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_T = TypeVar("_T")
_MOST_BYTES: Final = 8_000_000
_CHUNK: Final = 4_096
_REFUSED: Final = frozenset({400, 413, 414, 422})
_NOT_ALLOWED: Final = frozenset({401, 402, 403, 407})
_TOO_MANY: Final = frozenset({429, 529})
_QUOTA: Final = frozenset({456})
"""DeepL's own: the characters of the month are used up."""
_PASSING: Final = frozenset({408, 425, 500, 502, 503, 504})
_KEY: Final = 8
"""Characters from which on a key cannot stand in an answer by chance."""
_CERTIFICATES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


class Passing(Exception):
    """An error that may be gone at the next try."""

    def __init__(self, error: EngineError) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to a service."""

    method: str = "POST"
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] | None = None
    data: Mapping[str, str] | None = None
    json: object = None

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers, with what the body is."""
        kind = {} if self.json is None else {"Content-Type": "application/json"}
        return {**kind, **self.headers}


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer."""

    status_code: int
    text: str

    def json(self) -> object:
        """The text as JSON. Raises ValueError."""
        return loads(self.text)

    def close(self) -> None:
        """The connection is closed already."""


class Web:
    """The connections to one service; any thread may use it."""

    def __init__(
        self,
        origin: str,
        *,
        secrets: Collection[str] = (),
        plain_http: bool = False,
    ) -> None:
        self._origin = origin
        self._secrets = secrets
        self._plain_http = plain_http
        self._idle: list[Session] = []

    def send(self, call: Call, until: float) -> Reply:
        """
        The answer, if it is there by `until` (of time.monotonic).

        Raises an EngineError, or Passing with one where another try may help.
        """
        return within(until, lambda: self.exchange(call, until), self._origin)

    def exchange(self, call: Call, until: float) -> Reply:
        """The same in this thread; a service that drips its headers can hold it up."""
        import requests

        if not is_safe(call.url, plain_http=self._plain_http):
            raise EngineUnavailable(
                f"{self._origin} would use plain http, or has no valid address"
            )
        host = urlsplit(call.url).hostname or ""
        session = self._session(host)
        try:
            with self._request(session, call, until) as response:
                text = self._read(response, until)
            self._idle.append(session)
            return self._judged(response, text)
        except requests.exceptions.Timeout:
            raise Passing(late(self._origin)) from None
        except requests.exceptions.SSLError:
            raise EngineUnavailable(
                f"{host} has no valid certificate",
                hint="certificates of your own: name them in SSL_CERT_FILE",
            ) from None
        except requests.exceptions.InvalidURL:
            raise EngineUnavailable(f"{self._origin} has no valid address") from None
        except requests.exceptions.RequestException as error:
            raise Passing(self._unreachable(error, host)) from None
        except OSError as error:
            # A bundle of certificates that is not there.
            raise EngineUnavailable(
                f"{self._origin} cannot be reached: {_cause(error)}"
            ) from None

    def _request(self, session: "Session", call: Call, until: float) -> "Response":
        return session.request(
            call.method,
            call.url,
            params=call.params,
            headers=call.all_headers,
            data=call.data if call.json is None else dumps(call.json).encode(),
            auth=_as_it_is,
            stream=True,
            allow_redirects=False,
            timeout=_left(until, self._origin),
        )

    def _session(self, host: str) -> "Session":
        """A connection that nobody uses, or a new one."""
        import requests

        try:
            session = self._idle.pop()
        except IndexError:
            session = requests.Session()
        # No proxy leads to this machine.
        session.trust_env = not is_loopback(host)
        given = (os.environ.get(name) for name in _CERTIFICATES)
        session.verify = next(filter(None, given), True)
        return session

    def _read(self, response: "Response", until: float) -> str:
        data = bytearray()
        for chunk in response.iter_content(_CHUNK):
            data += chunk
            if len(data) > _MOST_BYTES:
                raise EngineRefused("the answer is far longer than the text")
            _left(until, self._origin)
        charset = response.encoding if "charset" in _type(response) else "utf-8"
        try:
            return data.decode(charset or "utf-8", errors="replace")
        except LookupError:
            return data.decode("utf-8", errors="replace")

    def _judged(self, response: "Response", text: str) -> Reply:
        """The reply if it is a good one; else the error that says what is wrong."""
        status = response.status_code
        where = f"{self._origin} answered with status {status}"
        if status in _TOO_MANY:
            limited = RateLimited(
                f"{self._origin} takes no more texts for now",
                hint="try again later, or set a lower rate",
            )
            limited.retry_after = _seconds(response.headers.get("retry-after", ""))
            raise Passing(limited)
        if status in _QUOTA:
            raise RateLimited(f"{self._origin} has used up its quota")
        if status in _PASSING:
            raise Passing(_passing(where, "try again later"))
        if status in _NOT_ALLOWED:
            raise EngineUnavailable(f"{where}: not allowed", hint="check the key")
        if response.is_redirect:
            raise EngineUnavailable(
                f"{self._origin} redirects, which is not followed",
                hint="set its address to where it leads, if you trust that",
            )
        said = shortened(scrub(said_in(text), self._secrets))
        if status in _REFUSED:
            kind = UnsupportedLocale if _is_about_locale(said) else EngineRefused
            raise kind(f"{where}: {said}" if said else where)
        if not response.ok:
            raise EngineUnavailable(f"{where}: {said}" if said else where)
        if holds(text, [each for each in self._secrets if len(each) >= _KEY]):
            raise EngineUnavailable(f"{self._origin} sends the key back: not used")
        return Reply(status, text)

    def _unreachable(self, error: BaseException, host: str) -> EngineUnavailable:
        unreachable = EngineUnavailable(
            f"{self._origin} cannot be reached: {_cause(error)} ({host})",
            hint="check the connection, or use --offline",
        )
        # One that broke off may hold the next time; one that nobody takes will not.
        unreachable.may_pass = not _is_refused(error)
        return unreachable


def within(until: float, call: Callable[[], _T], origin: str) -> _T:
    """The outcome of a call, in another thread, if it is there in time."""
    outcome: queue.SimpleQueue[tuple[_T | None, BaseException | None]]
    outcome = queue.SimpleQueue()

    def run() -> None:
        try:
            outcome.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - carried into the waiting thread
            outcome.put((None, error))

    threading.Thread(target=run, daemon=True, name=origin).start()
    try:
        result, error = outcome.get(timeout=max(until - time.monotonic(), 0.001))
    except queue.Empty:
        raise late(origin) from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # it is a result where there is no error


def late(origin: str) -> EngineUnavailable:
    """What is said of a service that did not answer by the deadline."""
    name = origin.partition(":")[0]
    return _passing(
        f"{origin} did not answer in time",
        f"try again later, or set a longer deadline in [engine.{name}]",
    )


def _passing(message: str, hint: str) -> EngineUnavailable:
    error = EngineUnavailable(message, hint=hint)
    error.may_pass = True
    return error


def _as_it_is(request: "PreparedRequest") -> "PreparedRequest":
    """Our own headers, and no `.netrc`."""
    return request


def _left(until: float, origin: str) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise late(origin)
    return left


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


def _is_refused(error: BaseException | None) -> bool:
    """Whether there was no connection at all."""
    from urllib3.exceptions import NewConnectionError

    reasons = [error, *getattr(error, "args", ())]
    reasons += [getattr(each, "reason", None) for each in reasons]
    return any(isinstance(each, NewConnectionError) for each in reasons)


def _type(response: "Response") -> str:
    return str(response.headers.get("content-type", "")).lower()


def _seconds(value: str) -> float | None:
    """`Retry-After`: seconds, or a date (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(then.timestamp() - time.time(), 0.0)


def _is_about_locale(said: str) -> bool:
    signs = ("language", "target_lang", "source_lang", "is not supported")
    return any(sign in said.lower() for sign in signs)
