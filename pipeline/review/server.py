"""The server itself: a socket, and uvicorn on it."""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from pipeline.errors import UsageError

HEAD_SECONDS: Final = 10.0
"""How long the head of a request may take to come in."""

_IDLE_SECONDS: Final = 30
_MOST_CONNECTIONS: Final = 200


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises UsageError."""
    try:
        family = socket.AF_INET6 if _is_ipv6(host) else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host}, port {port} cannot be used: {error.strerror or error}",
            hint="name another with --port, or 0 for any free one",
        ) from error


def shown_host(host: str) -> str:
    """An address of this machine as a browser is led to it."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - asked for by name
        return socket.gethostname()
    return f"[{host}]" if _is_ipv6(host) else host


def serve(
    app: Starlette, listening: socket.socket, *, is_ready: Callable[[], None]
) -> None:
    """Serve until a signal ends it; `is_ready` is called when requests are taken."""
    make_server(app, is_ready).run(sockets=[listening])


def make_server(app: Starlette, is_ready: Callable[[], None]) -> uvicorn.Server:
    """A server that does not run yet."""
    # What a client sends that is no HTTP is no news.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    return _Server(_configured(app), is_ready)


def _configured(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="asyncio",
        http=_Impatient,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=2,
    )


class _Server(uvicorn.Server):
    """Tells when it is ready, and lets go of who waits for events when it ends."""

    def __init__(self, config: uvicorn.Config, is_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._is_ready = is_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._is_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        if isinstance(app, Starlette):
            app.state.presence.close()
        await super().shutdown(sockets)


class _Impatient(H11Protocol):
    """A connection that is closed when the head of a request takes too long."""

    _waiting: asyncio.TimerHandle | None = None
    _served: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base class has it
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: object = self.cycle
        if cycle is not self._served:
            # A whole head has come.
            self._served = cycle
            self._stop()
        elif getattr(cycle, "response_complete", True):
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        self._waiting = None
        if not self.transport.is_closing():
            self.transport.close()


def _is_ipv6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6  # noqa: PLR2004 - its name
    except ValueError:
        return False
