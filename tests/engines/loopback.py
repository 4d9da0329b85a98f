"""A translation service on this machine, well behaved or not; and nothing beyond it."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WORDS = str.maketrans("aeiou", "âêîôû")


@dataclass
class Said:
    """What the service sends back."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False


Answering = Callable[[str], str | Said]


def translation(text: str) -> str:
    """Another text with the same tokens and numbers."""
    return text.translate(WORDS) if text.translate(WORDS) != text else f"{text} ê"


class Service:
    """Speaks Google's mobile page, LibreTranslate, MyMemory and Microsoft."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.queries: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answering = translation
        self.released = threading.Event()
        self.address = ""

    @property
    def google(self) -> str:
        return f"{self.address}/m"

    def reply(self, path: str, query: dict[str, str]) -> Said:
        text = query.get("q") or query.get("text", "")
        self.asked.append(text)
        self.queries.append(query)
        self.paths.append(path)
        said = self.answer(text)
        return said if isinstance(said, Said) else _spoken(path, said)


def _spoken(path: str, text: str) -> Said:
    if path == "/m":
        page = f'<html><div class="result-container">{escape(text)}</div></html>'
        return Said(page, headers={"Content-Type": "text/html; charset=UTF-8"})
    bodies: dict[str, Any] = {
        "/get": {"responseData": {"translatedText": escape(text)}, "matches": []},
        "/translate": {"translatedText": text},
        "/microsoft": [{"translations": [{"text": text, "to": "tr"}]}],
        "/yandex": {"code": 200, "text": text},
        "/papago": {"message": {"result": {"translatedText": text}}},
        "/baidu": {"trans_result": [{"dst": text}]},
        "/qcri": {"translatedText": text},
        "/deepl/translate": {"translations": [{"text": text}]},
    }
    headers = {"Content-Type": "application/json"}
    return Said(json.dumps(bodies[path]), headers=headers)


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(self.rfile.read(length))

        def _answer(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            query = {k: v[0] for k, v in parse_qs(parts.query).items()}
            if body.startswith(b"["):
                query |= {"text": json.loads(body)[0]["text"]}
            else:
                query |= {k: v[0] for k, v in parse_qs(body.decode()).items()}
            service.headers.append(dict(self.headers))
            said = service.reply(parts.path, query)
            if said.hangs:
                service.released.wait()
                return
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
            """Say nothing."""

    return Handler


@contextmanager
def running_service() -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def closed_port() -> Iterator[str]:
    """An address of this machine where nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def refuse_the_internet(monkeypatch) -> None:
    """Let a connection that would leave this machine fail at once."""
    connect = socket.socket.connect

    def local(self, address):
        if isinstance(address, tuple) and not address[0].startswith("127."):
            raise OSError(101, "Network is unreachable")
        return connect(self, address)

    resolve = socket.getaddrinfo

    def local_names(host, *args, **keywords):
        if host not in {"127.0.0.1", "localhost", None}:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return resolve(host, *args, **keywords)

    monkeypatch.setattr(socket.socket, "connect", local)
    monkeypatch.setattr(socket, "getaddrinfo", local_names)
