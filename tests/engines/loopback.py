"""
Translation services on this machine, well behaved or not; and nothing beyond it.

They speak the protocols of Google's page, LibreTranslate, DeepL, OpenAI, Apertium's
APY, and of what else deep-translator knows. `Service.fault` says how they misbehave.
"""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.engines.misbehaviour import REPLY_FAULTS, TEXT_FAULTS, inside, translation

DRIP = 0.02


@dataclass
class Said:
    """What the service sends back."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    drips: bool = False
    drips_headers: bool = False
    charset: str = "utf-8"
    times: int = 1
    """How often it is sent, where the connection is kept."""


Answering = Callable[[str], str | Said]


class Service:
    """What was asked, and how it is answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.queries: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Answering = translation
        self.fault: Callable[[str], str] = lambda _: ""
        self.given: set[str] = set()
        """Texts that were answered as they should be, in a reply without a fault."""

        self.sent: list[tuple[float, list[str]]] = []
        """When replies were sent, by the clock of `time.monotonic`, and to what."""

        self.keeps_alive = False
        self.pause = 0.0
        """Seconds before each answer."""

        self.released = threading.Event()
        self.address = ""
        self.most_at_once = 0
        self.glossaries: dict[str, dict[str, Any]] = {}
        """DeepL's, by their ids."""

        self.takes_glossaries = True
        self._at_once = 0
        self._lock = threading.Lock()

    @property
    def google(self) -> str:
        return f"{self.address}/m"

    @contextmanager
    def busy(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1

    def reply(self, path: str, query: dict[str, Any]) -> Said:
        texts = _texts(path, query)
        with self._lock:
            self.asked += texts
            self.queries.append(query)
            self.paths.append(path)
        if not texts:
            return _listed(path)
        faults = [self.fault(text) for text in texts]
        answers = []
        for text, fault in zip(texts, faults, strict=True):
            if fault in TEXT_FAULTS:
                answers.append(inside(text, TEXT_FAULTS[fault]))
                continue
            said = self.answer(text)
            if isinstance(said, Said):
                return said
            answers.append(said)
        whole = next((each for each in faults if each in REPLY_FAULTS), "")
        if not whole:
            self.given |= {
                text for text, fault in zip(texts, faults, strict=True) if not fault
            }
        return _spoken(path, query, texts, answers, whole)

    def glossary(self, method: str, path: str, query: dict[str, Any]) -> Said:
        """DeepL's `/v2/glossaries`."""
        with self._lock:
            self.paths.append(f"{method} {path}")
            if method == "DELETE":
                del self.glossaries[path.rpartition("/")[2]]
                return Said("", 204)
            if method == "GET":
                listed = list(self.glossaries.values())
                return Said(json.dumps({"glossaries": listed}))
            if not self.takes_glossaries:
                return Said('{"message": "Unsupported glossary source language"}', 400)
            made = query | {
                "glossary_id": f"g-{len(self.paths)}",
                "ready": True,
                "creation_time": "2026-01-01T00:00:00.000000+00:00",
                "entry_count": len(query["entries"].splitlines()),
            }
            self.glossaries[made["glossary_id"]] = made
            return Said(json.dumps(made), 201)


def _texts(path: str, query: dict[str, Any]) -> list[str]:
    if path.endswith("/chat/completions"):
        data = json.loads(query["messages"][-1]["content"])
        return [entry["text"] for entry in data["texts"]]
    if path.endswith("/v2/translate"):
        return list(query["text"])
    text = query.get("q") or query.get("text", "")
    is_list = path.rpartition("/")[2] in {"languages", "listPairs", "models", "usage"}
    return [] if is_list else [text]


def _listed(path: str) -> Said:
    pairs = [{"sourceLanguage": "eng", "targetLanguage": "spa"}]
    bodies: dict[str, Any] = {
        "languages": [{"code": "en", "targets": ["tr"]}],
        "listPairs": {"responseData": pairs, "responseStatus": 200},
        "models": {"data": []},
        "usage": {"character_count": 1, "character_limit": 2},
    }
    return Said(json.dumps(bodies[path.rpartition("/")[2]]))


def _spoken(
    path: str,
    query: dict[str, Any],
    texts: list[str],
    answers: list[str],
    fault: str,
) -> Said:
    said = {
        "hang": Said("", hangs=True),
        "429": Said("", 429),
        "429 with a time": Said("", 429, {"Retry-After": "0"}),
        "429 with a long time": Said("", 429, {"Retry-After": "3600"}),
        "no body": Said(""),
        "null": Said("null"),
        "error with status 200": Said(
            json.dumps({"error": {"message": "Quota Exceeded"}, "message": "Quota"})
        ),
        "500": Said("sorry", 500),
        "html": Said("<!DOCTYPE html><html><p>Our systems are busy</p></html>"),
        "redirect": Said("", 302, {"Location": "http://127.0.0.1:9/"}),
        "reset": Said("", 0),
    }.get(fault)
    if said:
        return said
    if fault.startswith("swapped"):
        texts, answers = [*texts[1:], texts[0]], [*answers[1:], answers[0]]
    if fault == "wrong count":
        texts, answers = texts[:-1], answers[:-1]
    good = _body(path, query, texts, answers)
    if fault == "swapped and unsaid":
        good.body = re.sub(r'\\"begins\\": \\"[^"]*\\", ', "", good.body)
    if fault == "wrong charset":
        good.charset = "cp1254"
        good.headers = {}
    if fault == "truncated":
        good.body = good.body[: len(good.body) * 2 // 3]
    good.drips = fault.startswith("drip")
    good.drips_headers = fault == "drip of headers"
    good.times = 2 if fault == "twice" else 1
    return good


def _body(
    path: str, query: dict[str, Any], texts: list[str], answers: list[str]
) -> Said:
    text = answers[0] if answers else ""
    if path == "/m":
        text = re.sub("[\ud800-\udfff]", lambda m: f"&#{ord(m[0])};", escape(text))
        page = f'<html><div class="result-container">{text}</div></html>'
        return Said(page, headers={"Content-Type": "text/html; charset=UTF-8"})
    translated = {"responseData": {"translatedText": text}, "responseStatus": 200}
    bodies: dict[str, Any] = {
        "/get": {"responseData": {"translatedText": escape(text)}, "matches": []},
        "/translate": translated if "langpair" in query else {"translatedText": text},
        "/microsoft": [{"translations": [{"text": text, "to": "tr"}]}],
        "/yandex": {"code": 200, "text": text},
        "/papago": {"message": {"result": {"translatedText": text}}},
        "/baidu": {"trans_result": [{"dst": text}]},
        "/qcri": {"translatedText": text},
        "/deepl/translate": {"translations": [{"text": text}]},
        "/v2/translate": {"translations": [_deepl(answer) for answer in answers]},
        "/v1/chat/completions": _chat(query, texts, answers),
    }
    headers = {"Content-Type": "application/json"}
    said = json.dumps(bodies[path], ensure_ascii=False)
    if not said.isascii() and re.search("[\ud800-\udfff]", said):
        said = json.dumps(bodies[path])
    return Said(said, headers=headers)


def _deepl(answer: str) -> dict[str, Any]:
    return {
        "text": answer,
        "detected_source_language": "EN",
        "billed_characters": len(answer),
    }


def _chat(
    query: dict[str, Any], texts: list[str], answers: list[str]
) -> dict[str, Any]:
    """Each key stays in its place; a model that slips puts other texts there."""
    if "messages" not in query:
        return {}
    entries = json.loads(query["messages"][-1]["content"])["texts"]
    translations = [
        {
            "id": entry["id"],
            "begins": " ".join(re.sub(r"<[^<>]*>", " ", text).split()[:8]),
            "text": answer,
        }
        for entry, text, answer in zip(entries, texts, answers, strict=False)
    ]
    content = json.dumps({"translations": translations}, ensure_ascii=False)
    message = {"role": "assistant", "content": content}
    return {"choices": [{"message": message, "finish_reason": "stop"}]}


def _query(parameters: str, body: bytes) -> dict[str, Any]:
    """What was asked: of the address, a form, or JSON."""
    query: dict[str, Any] = {k: v[0] for k, v in parse_qs(parameters).items()}
    if body.startswith(b"["):
        return query | {"text": json.loads(body)[0]["text"]}
    if body.startswith(b"{"):
        asked: dict[str, Any] = json.loads(body)
        return query | asked
    return query | {k: v[0] for k, v in parse_qs(body.decode()).items()}


def _send(handler: BaseHTTPRequestHandler, said: Said, over: threading.Event) -> None:
    if said.hangs:
        over.wait()
    if said.hangs or not said.status:
        handler.close_connection = True
        return
    body = said.body.encode(said.charset, "replace")
    if said.drips_headers:
        _drip(handler, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 4_000, over)
        return
    handler.send_response(said.status)
    for name, value in said.headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if said.drips:
        _drip(handler, body, over)
    else:
        handler.wfile.write(body)
    if handler.protocol_version == "HTTP/1.1" and said.times > 1:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        handler.wfile.write(head.encode() + body)


def _drip(handler: BaseHTTPRequestHandler, body: bytes, over: threading.Event) -> None:
    handler.close_connection = True
    for byte in body:
        handler.wfile.write(bytes([byte]))
        if over.wait(DRIP):
            return


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1" if service.keeps_alive else "HTTP/1.0"

        def handle(self) -> None:
            with suppress(ConnectionError):
                super().handle()

        def do_GET(self) -> None:
            self._answer(b"")

        def do_DELETE(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) == length:  # Of one who was killed, a part may arrive.
                self._answer(body)

        def _answer(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            query = _query(parts.query, body)
            service.headers.append(dict(self.headers))
            if "/glossaries" in parts.path:
                said = service.glossary(self.command, parts.path, query)
                _send(self, said, service.released)
                return
            with service.busy(), suppress(ConnectionError):
                time.sleep(service.pause)
                _send(self, service.reply(parts.path, query), service.released)
                service.sent.append((time.monotonic(), _texts(parts.path, query)))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
            """Say nothing."""

    return Handler


class Server(ThreadingHTTPServer):
    request_queue_size = 128


@contextmanager
def running_service(*, keeps_alive: bool = False) -> Iterator[Service]:
    service = Service()
    service.keeps_alive = keeps_alive
    server = Server(("127.0.0.1", 0), _handler(service))
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
