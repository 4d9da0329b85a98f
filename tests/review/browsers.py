"""A review server in this process, and browsers without a window."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

from pipeline.review.app import Setting, make_app
from pipeline.review.security import Hosts
from pipeline.review.server import listen, make_server
from pipeline.store.config import read_site

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
PLACE = "tr/articles/scalp"
_TOKEN = re.compile(r'name="csrf-token" content="([^"]*)"')


@dataclass
class Answer:
    """What a server said."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.data)


@dataclass
class Server:
    """A running server."""

    app: Any
    port: int
    said: list[str]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def door(self) -> str:
        """The address that lets one browser in."""
        return f"http://{self.host}/?key={self.app.state.sessions.key()}"

    def browser(self, name: str = "Ann", role: str = "translator") -> "Browser":
        """A browser in which somebody has signed in."""
        browser = Browser(self.port)
        browser.open(f"/?key={self.app.state.sessions.key()}")
        assert browser.sign_in(name=name, role=role).status == 303
        return browser


@dataclass
class Browser:
    """Sends what a browser sends: cookies, the Origin, the token of its page."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str | None] | None = None,
    ) -> Answer:
        """A request; a header that is None is left out."""
        given: dict[str, str | None] = {"Host": f"127.0.0.1:{self.port}"}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST":
            given |= {"Origin": self.origin, "X-CSRF-Token": self.token}
        given |= headers or {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(
                method, path, skip_host=True, skip_accept_encoding=True
            )
            if body is not None and "Content-Length" not in given:
                given["Content-Length"] = str(len(body))
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            response = connection.getresponse()
            data = response.read()
            headers_read = {k.lower(): v for k, v in response.getheaders()}
            self._keep(headers_read.get("set-cookie", ""))
            return Answer(response.status, headers_read, data)
        finally:
            connection.close()

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if name:
            self.cookies[name] = value

    def open(self, path: str) -> Answer:
        """A page; its token is remembered."""
        answer = self.send("GET", path)
        found = _TOKEN.search(answer.text)
        self.token = found[1] if found else self.token
        return answer

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def sign_in(self, **values: str) -> Answer:
        body = urlencode({"csrf": self.token, **values}).encode()
        kind: dict[str, str | None] = {
            "Content-Type": "application/x-www-form-urlencoded"
        }
        return self.send("POST", "/signin", body, kind)

    def post(
        self, path: str, values: object, headers: dict[str, str | None] | None = None
    ) -> Answer:
        body = json.dumps(values).encode()
        kind = {"Content-Type": "application/json", **(headers or {})}
        return self.send("POST", path, body, kind)

    def messages(self, place: str = PLACE, **query: str) -> Any:
        """The interface's answer on an article."""
        answer = self.get(f"/api/{quote(place)}/messages?{urlencode(query)}")
        assert answer.status == 200, answer.text
        return answer.json

    def message(self, msgid: str, place: str = PLACE) -> Any:
        """One message of an article by its source."""
        found = [m for m in self.messages(place)["messages"] if m["msgid"] == msgid]
        assert found, msgid
        return found[0]

    def change(self, what: str, msgid: str, *msgstrs: str, **more: object) -> Answer:
        """Save, approve or check an entry as it stands now."""
        message = self.message(msgid)
        values = {"key": message["key"], "version": message["version"], **more}
        if msgstrs:
            values["msgstrs"] = list(msgstrs)
        return self.post(f"/api/{PLACE}/{what}", values)


@contextmanager
def serving(root: Any, *, at: int = 0, **options: Any) -> Iterator[Server]:
    """A server of a site, in a thread of this process, at a port or any free one."""
    listening = listen("127.0.0.1", at)
    port = listening.getsockname()[1]
    site = read_site(root)
    said: list[str] = []
    given = {"locales": site.locales, "now": lambda: NOW, "tell": said.append}
    app = make_app(
        Setting(site=site, hosts=Hosts("127.0.0.1", port), **{**given, **options})
    )
    ready = threading.Event()
    server = make_server(app, ready.set)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield Server(app, port, said)
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
