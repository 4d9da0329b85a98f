"""`publish serve` as a real process, talked to over the loopback."""

import http.client
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.builders import CONFIG, publish, put, translate

PATIENCE = 30
"""Seconds after which a test gives up; nothing here takes that long."""


@dataclass
class Served:
    """A running `publish serve`."""

    process: subprocess.Popen[str]
    line: str
    host: str

    def get(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace"), answer
        finally:
            connection.close()

    def end(self):
        """Ctrl-C; the exit code and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said

    @contextmanager
    def events(self):
        """The lines of the stream of events, as they come."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request("GET", "/_publish/events")
            yield connection.getresponse()
        finally:
            connection.close()


@contextmanager
def serving(root, *args):
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", "--port", "0", *args],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        url = json.loads(line)["url"] if "--json" in args else line.strip()
        yield Served(process, line, urlsplit(url).netloc)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
        process.stdout.close()
        process.stderr.close()


def wait_for(stream):
    """Until the stream says that the site was built again."""
    while line := stream.readline():
        if line.startswith(b"data:"):
            return
        if line.startswith(b": alive"):
            pytest.fail("nothing was built")
    pytest.fail("the stream ended")


PAGE = "/site/tr/scalp/"


def test_pages_are_served_with_the_script_that_reloads_them(site):
    translate(site, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))

    with serving(site) as served:
        status, html, answer = served.get(PAGE)
        script = served.get("/_publish/reload.js")
        root = served.get("/")
        style = served.get("/site/static/site.css")
        code, said = served.end()

    assert served.line == f"http://{served.host}/\n"
    assert served.host.startswith("127.0.0.1:")
    assert (status, code, said.strip()) == (200, 130, "publish: stopped")
    assert 'src="/_publish/reload.js?0"' in html
    assert "Kaşımayın." in html
    assert "locales/tr/LC_MESSAGES/articles/scalp.po:" in html
    assert answer.headers["Cache-Control"] == "no-store"
    assert "EventSource" in script[1]
    assert (root[0], root[2].headers["Location"]) == (302, "/site/index.html")
    assert (style[0], style[2].headers["Content-Type"]) == (200, "text/css")


def test_a_saved_catalog_source_or_template_is_built_and_announced(turkish):
    put(turkish, {"templates/partials/notice.html": "<p>Before</p>\n"})
    article = turkish / "source/articles/scalp.md"

    with serving(turkish) as served:
        with served.events() as stream:
            translate(turkish, {"Do not scratch.": "Asla kaşımayın."})
            wait_for(stream)
            after_catalog = served.get(PAGE)[1]
            text = article.read_text("utf-8").replace("Sleep on", "Rest on")
            article.write_text(text, "utf-8")
            wait_for(stream)
            after_source = served.get("/site/en/scalp/")[1]
            put(turkish, {"templates/redirect.html": "<p>{{ 1 }}</p>\n"})
            wait_for(stream)
        code, said = served.end()

    assert "Asla kaşımayın." in after_catalog
    assert "Rest on your back." in after_source
    assert (code, said.strip()) == (130, "publish: stopped")


def test_a_mistake_is_said_and_does_not_end_it(turkish):
    with serving(turkish) as served:
        with served.events() as stream:
            put(turkish, {"publish.toml": CONFIG + 'titel = "x"\n'})
            wait_for(stream)
            broken = served.get(PAGE)[0]
            put(turkish, {"publish.toml": CONFIG})
            wait_for(stream)
            put(turkish, {"source/articles/two.md": b"\xff\n"})
            wait_for(stream)
            (turkish / "source/articles/two.md").write_text(
                "# Two\n\nWords.\n", "utf-8"
            )
            wait_for(stream)
            mended = served.get("/site/en/two/")[0]
        code, said = served.end()

    assert (broken, mended, code) == (200, 200, 130)
    assert "publish.toml:4: unknown key 'titel'" in said
    assert "source/articles/two.md:1: the byte 0xff is not UTF-8" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_answers_to_this_machines_names_only(turkish, method):
    with serving(turkish) as served:
        port = served.host.rpartition(":")[2]
        answers = {
            name: served.get(PAGE, method, Host=name)[0]
            for name in (
                served.host,
                f"localhost:{port}",
                f"[::1]:{port}",
                "clinic.example",
                f"evil.example:{port}",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "[",
                "",
            )
        }

    assert [name for name, status in answers.items() if status == 200] == [
        served.host,
        f"localhost:{port}",
        f"[::1]:{port}",
    ]
    assert {*answers.values()} == {200, 403}


def test_nothing_but_the_drafts_is_served(turkish):
    outside = [
        "/../../publish.toml",
        "/%2e%2e/%2e%2e/publish.toml",
        "/..%2f..%2fpublish.toml",
        "//etc/passwd",
        "/site/../../../publish.toml",
        "/site/%00",
        "/.publish/lock",
    ]
    with serving(turkish) as served:
        (turkish / "dist/draft/site/link.html").symlink_to("/etc/hostname")
        (turkish / "dist/draft/site/away").symlink_to("/etc")
        answers = {path: served.get(path) for path in outside}
        linked = served.get("/site/link.html")
        away = served.get("/site/away/hostname")
        written = served.get("/site/index.html", "PUT")
        code, said = served.end()

    for path, (status, body, _) in answers.items():
        assert status in {400, 404}, path
        assert "clinic.example" not in body
    assert (linked[0], away[0]) == (404, 404)
    assert written[0] == 501
    assert "Traceback" not in said
    assert code == 130


def test_json_is_one_line_and_drafts_of_one_locale_are_enough(turkish):
    with serving(turkish, "--json", "--lang", "en-XA") as served:
        status, html, _ = served.get("/site/en-XA/scalp/")
        served.end()

    assert set(json.loads(served.line)) == {"url", "errors"}
    assert status == 200
    assert "Sleep on your back." not in html


def test_a_taken_port_is_said_with_what_to_do(turkish):
    with serving(turkish) as served:
        port = served.host.rpartition(":")[2]
        ran = publish(turkish, "serve", "--port", port, "--json")

    assert ran.code == 2
    (error,) = ran.json["errors"]
    assert f"port {port} cannot be used" in error["message"]
    assert "--port" in error["hint"]


def test_what_is_published_is_left_alone(turkish):
    with serving(turkish) as served:
        served.end()

    assert not (turkish / "dist/site").exists()
    assert not (turkish / "dist/release.json").exists()
    assert not list(turkish.glob("locales/*/published.jsonl"))
