"""Mozilla's server of models on this machine, which can be told to misbehave."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.engines.firefox import marian

RECORDS = "/v1/buckets/main/collections/translations-models-v2/records"


class Mozilla:
    """What it has, what it was asked for, and how it answers."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.redirects = False
        self.cut = ""
        """Files whose location has this are broken off in the middle."""

        self.address = ""

    def add(
        self, pair: str, *, version: str = "3.0", size: str = "tiny", seed: int = 7
    ) -> None:
        source, _, target = pair.partition("-")
        for name, data in marian.files(pair, seed).items():
            location = f"models/{version}-{size}-{name}.zst"
            whole = marian.packed(data)
            self.files[f"/{location}"] = whole
            self.records.append(
                {
                    "name": name,
                    "fileType": name.partition(".")[0],
                    "sourceLanguage": source,
                    "targetLanguage": target,
                    "version": version,
                    "architecture": size,
                    "decompressedHash": marian.digest(data),
                    "attachment": {
                        "hash": marian.digest(whole),
                        "size": len(whole),
                        "filename": f"{name}.zst",
                        "location": location,
                    },
                }
            )

    @property
    def settings(self) -> dict[str, object]:
        """What leads the engine here."""
        return {
            "records_url": f"{self.address}{RECORDS}",
            "files_url": self.address,
            "pause": 0.001,
        }

    def body(self, path: str) -> bytes | None:
        if path == RECORDS:
            return json.dumps({"data": self.records}).encode()
        return self.files.get(path)


def _handler(mozilla: Mozilla) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mozilla.asked.append(self.path)
            body = mozilla.body(self.path)
            if mozilla.redirects and self.path != RECORDS:
                self.send_response(302)
                self.send_header("Location", f"{mozilla.address}/elsewhere")
                body = b""
            else:
                self.send_response(200 if body is not None else 404)
            whole = body or b""
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            is_cut = mozilla.cut and mozilla.cut in self.path
            with suppress(ConnectionError):
                self.wfile.write(whole[: len(whole) // 2] if is_cut else whole)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
            """Say nothing."""

    return Handler


@contextmanager
def running_mozilla() -> Iterator[Mozilla]:
    mozilla = Mozilla()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(mozilla))
    mozilla.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield mozilla
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
