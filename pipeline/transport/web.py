"""
HTTP calls to a service: bounded in time and size, over https, without a redirect.

The environment's proxies and certificates are used as `requests` uses them, and
SSL_CERT_FILE besides; a `.netrc` is not, since it would replace the service's key.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from json import dumps, loads
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.late import dataclass
from pipeline.transport.deadlines import left, within
from pipeline.transport.safety import is_loopback, is_safe
from pipeline.transport.verdicts import connection_errors, require_good

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_MOST_BYTES: Final = 8_000_000
_CHUNK: Final = 4_096
_FILE_CHUNK: Final = 65_536
_SILENCE: Final = 60.0
"""Seconds without a byte after which a file is given up."""
_CERTIFICATES: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


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
        with self._answer(call, left(until, self._origin)) as response:
            text = self._read(response, until)
        require_good(response, text, self._origin, self._secrets)
        return Reply(response.status_code, text)

    def download(self, url: str, take: Callable[[bytes], object], until: float) -> None:
        """
        Hand over a file piece by piece, as it comes.

        Raises an EngineError, or Passing with one where another try may help.
        """
        plain = {"Accept-Encoding": "identity"}
        call = Call(method="GET", url=url, headers=plain)
        wait = min(_SILENCE, left(until, self._origin))
        with self._answer(call, wait) as response:
            require_good(response, "", self._origin, self._secrets)
            for chunk in response.iter_content(_FILE_CHUNK):
                left(until, self._origin)
                take(chunk)

    @contextmanager
    def _answer(self, call: Call, wait: float) -> "Iterator[Response]":
        """What comes back, before it is read; its connection is kept if it holds."""
        if not is_safe(call.url, plain_http=self._plain_http):
            raise EngineUnavailable(
                f"{self._origin} would use plain http, or has no valid address"
            )
        host = urlsplit(call.url).hostname or ""
        session = self._session(host)
        with (
            connection_errors(self._origin, host),
            self._request(session, call, wait) as response,
        ):
            yield response
        self._idle.append(session)

    def _request(self, session: "Session", call: Call, wait: float) -> "Response":
        return session.request(
            call.method,
            call.url,
            params=call.params,
            headers=call.all_headers,
            data=call.data if call.json is None else dumps(call.json).encode(),
            auth=_as_it_is,
            stream=True,
            allow_redirects=False,
            timeout=wait,
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
            left(until, self._origin)
        charset = response.encoding if "charset" in _type(response) else "utf-8"
        try:
            return data.decode(charset or "utf-8", errors="replace")
        except LookupError:
            return data.decode("utf-8", errors="replace")


def _as_it_is(request: "PreparedRequest") -> "PreparedRequest":
    """Our own headers, and no `.netrc`."""
    return request


def _type(response: "Response") -> str:
    return str(response.headers.get("content-type", "")).lower()
