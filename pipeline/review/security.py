"""
What every request must pass and every answer carries, whichever page it is for.

A page of another site may make the browser send requests here (CSRF), or have its own
name lead to this address (DNS rebinding). So the Host must be one of ours, a request
that changes anything must come from our own pages, and no answer may be framed, cached
or run by others. Bodies have a size and a time to come in.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.late import dataclass
from pipeline.transport.safety import is_loopback

MAX_BODY: Final = 1_000_000
BODY_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 60.0

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PREVIEW_POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin"
)
"""No scripts; styles within tags, because mails have no others."""

FILE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a picture that is opened by itself: an SVG is a document."""

_COMMON: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SAFE: Final = frozenset({"GET", "HEAD"})
_OWN_SITES: Final = frozenset({"", "same-origin", "none"})
_STREAM: Final = "/api/events"


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names under which the server answers."""

    host: str
    port: int

    def accept(self, header: str) -> bool:
        """
        Whether a Host header names this server.

        Off the loopback any address will do: only a name can be made to lead here.
        """
        try:
            parts = urlsplit(f"//{header}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port or parts.username is not None or parts.path:
            return False
        if is_loopback(self.host):
            return name in {"localhost", "127.0.0.1", "::1"}
        return name in self._names() or _is_address(name)

    def _names(self) -> set[str]:
        return {"localhost", self.host.lower(), socket.gethostname().lower()}


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        body = _Body(receive, send, scope, headers)
        seconds = None if scope["path"] == _STREAM else ANSWER_SECONDS
        try:
            async with asyncio.timeout(seconds):
                if await body.is_in():
                    await self.app(scope, body.receive, send)
        except TimeoutError:
            # Whoever reads so slowly gets no more.
            return

    def _refusal(self, method: str, headers: Headers) -> JSONResponse | None:
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self.hosts.accept(host):
            return error(403, "this server has another name", "use its own address")
        if headers.get("sec-fetch-site", "") not in _OWN_SITES and (
            method not in _SAFE or headers.get("sec-fetch-mode") != "navigate"
        ):
            return error(403, "the request comes from another site")
        if method in _SAFE:
            return None
        origin = headers.get("origin", "")
        if origin not in {f"http://{host}", f"https://{host}"}:
            return error(403, "the request does not come from a page of this server")
        return None


def error(status: int, message: str, hint: str = "") -> JSONResponse:
    """An error as every answer of the server has it."""
    return JSONResponse({"error": {"message": message, "hint": hint}}, status)


class _Body:
    """The body of a request, read whole before anybody works with it."""

    def __init__(
        self, receive: Receive, send: Send, scope: Scope, headers: Headers
    ) -> None:
        self._receive = receive
        self._send = send
        self._scope = scope
        self._length = headers.get("content-length", "")
        self._data = b""
        self._is_given = False

    async def is_in(self) -> bool:
        """Whether it came, in time and not too large; else that has been said."""
        if self._scope["method"] in _SAFE:
            return True
        if self._length.isdecimal() and int(self._length) > MAX_BODY:
            return await self._refuse(413, "the request is too large")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await self._read()
        except TimeoutError:
            return await self._refuse(408, "the request came in too slowly")

    async def _read(self) -> bool:
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                return False
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > MAX_BODY:
                return await self._refuse(413, "the request is too large")
            more = message.get("more_body", False)
        self._data = b"".join(parts)
        return True

    async def receive(self) -> Message:
        """The body in one piece, and then whatever comes."""
        if self._is_given or self._scope["method"] in _SAFE:
            return await self._receive()
        self._is_given = True
        return {"type": "http.request", "body": self._data, "more_body": False}

    async def _refuse(self, status: int, message: str) -> bool:
        answer = error(status, message, "")
        answer.headers["Connection"] = "close"
        await answer(self._scope, self._receive, self._send)
        return False


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _COMMON.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            is_framed = "frame-ancestors 'self'" in headers["Content-Security-Policy"]
            headers["X-Frame-Options"] = "SAMEORIGIN" if is_framed else "DENY"
        await send(message)

    return sending
