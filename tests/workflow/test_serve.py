"""The preview and the watch, in this process; `cli/test_serve.py` has the real one."""

import http.client
import socket
import threading
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from pipeline.errors import SourceError, StoreError, UsageError
from pipeline.workflow.serve import Changes, preview, watch


@pytest.fixture
def running(tmp_path):
    (tmp_path / "site/a").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text("<body>Start</body>")
    (tmp_path / "site/a/index.html").write_text("<body>A ş</body>", "utf-8")
    (tmp_path / "site/plain.html").write_text("no end")
    (tmp_path / "site/x.css").write_text("a{}")
    with preview(tmp_path, port=0) as server:
        yield server


def get(server, path, method="GET", headers=None):
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def test_a_page_carries_the_script(running):
    answer, body = get(running, "/site/a/")

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert body.count(b"/_publish/reload.js") == 1
    assert "A ş".encode() in body


def test_other_files_are_as_they_are(running):
    assert get(running, "/site/x.css")[1] == b"a{}"
    assert get(running, "/site/plain.html")[1] == b"no end"


@pytest.mark.parametrize("path", ["/site/nowhere/", "/nowhere.html", "/site/a/b.css"])
def test_what_is_not_there_is_not_found(running, path):
    assert get(running, path)[0].status == 404


@pytest.mark.parametrize("path", ["/site/%00", "/%00.html", "/site/" + "a" * 5000])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_path_that_cannot_be_is_not_found(running, capfd, method, path):
    assert get(running, path, method)[0].status in {404, 414}
    assert "Traceback" not in capfd.readouterr().err


def test_a_folder_is_led_to_its_page(running):
    answer, _ = get(running, "/site/a")

    assert answer.status == 301
    assert answer.headers["Location"].endswith("/site/a/")


def test_nothing_is_kept_by_the_browser(running):
    for path in ("/site/a/", "/site/x.css", "/_publish/reload.js", "/nowhere"):
        headers = get(running, path)[0].headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_another_sites_page_is_refused_everything(running):
    for path in ("/", "/site/a/", "/_publish/events", "/_publish/reload.js"):
        answer, body = get(running, path, headers={"Host": "evil.example"})
        assert answer.status == 403
        assert "A ş".encode() not in body


def test_a_browser_that_goes_away_is_no_news(running, capfd):
    host, port = urlsplit(running.url).netloc.split(":")
    for _ in range(5):
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"GET /site/a/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
            # An end without a farewell: the server's next word finds nobody.
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    assert get(running, "/site/a/")[0].status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_every_waiting_browser_is_told(running):
    said: list[bytes] = []

    def listen():
        connection = http.client.HTTPConnection(urlsplit(running.url).netloc)
        connection.request("GET", "/_publish/events")
        stream = connection.getresponse()
        listening.release()
        line = stream.readline()
        while line in {b": alive\n", b"\n"}:  # a slow machine
            line = stream.readline()
        said.append(line)
        connection.close()

    listening = threading.Semaphore(0)
    threads = [threading.Thread(target=listen) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in threads:
        listening.acquire(timeout=30)
    running.changes.announce()
    for thread in threads:
        thread.join(timeout=30)

    assert said == [b"data: built\n"] * 3


def test_a_page_that_was_built_anew_meanwhile_is_told_at_once(running):
    page = get(running, "/site/a/")[1]
    running.changes.announce()

    connection = http.client.HTTPConnection(urlsplit(running.url).netloc, timeout=30)
    connection.request("GET", "/_publish/events?0")
    said = connection.getresponse().readline()
    connection.close()

    assert b"/_publish/reload.js?0" in page
    assert b"/_publish/reload.js?1" in get(running, "/site/a/")[1]
    assert said == b"data: built\n"


def test_a_port_that_is_taken_is_wrong_use(running, tmp_path):
    port = urlsplit(running.url).port

    with (
        pytest.raises(UsageError, match=f"port {port} cannot be used") as caught,
        preview(tmp_path, port=port),
    ):
        pass

    assert "--port" in caught.value.hint


def test_the_port_is_free_again_afterwards(tmp_path):
    with preview(tmp_path, port=0) as first:
        port = urlsplit(first.url).port or 0

    with preview(tmp_path, port=port) as second:
        assert urlsplit(second.url).port == port


def test_who_waits_is_let_go_at_the_end():
    changes = Changes()
    waiting = threading.Thread(target=changes.wait, args=(0,))
    waiting.start()

    changes.close()
    waiting.join(timeout=30)

    assert not waiting.is_alive()


@contextmanager
def watching(root, **calls):
    """A watch in a thread; it ends with the block."""
    stop, begun, saved = threading.Event(), threading.Event(), threading.Semaphore(0)
    thread = threading.Thread(
        target=watch,
        args=(root,),
        kwargs={
            "first": calls.get("first", begun.set),
            "again": calls.get("again", saved.release),
            "stop": stop,
        },
    )
    thread.start()
    try:
        assert begun.wait(timeout=30)
        yield saved
    finally:
        stop.set()
        thread.join(timeout=30)


def saved_soon(saved):
    return saved.acquire(timeout=30)


@pytest.mark.parametrize("folder", ["source", "locales", "templates"])
def test_every_save_is_noticed(tmp_path, folder):
    (tmp_path / folder / "deep").mkdir(parents=True)

    with watching(tmp_path) as saved:
        (tmp_path / folder / "deep/file.txt").write_text("x")
        assert saved_soon(saved)


def test_the_configuration_is_noticed_even_where_it_is_replaced(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "publish.toml").write_text("")

    with watching(tmp_path) as saved:
        for number in range(3):
            (tmp_path / "new").write_text("x" * number)
            (tmp_path / "new").replace(tmp_path / "publish.toml")
            assert saved_soon(saved)


def test_a_folder_that_comes_later_is_noticed_and_watched(tmp_path):
    (tmp_path / "source").mkdir()

    with watching(tmp_path) as saved:
        (tmp_path / "source/a").write_text("x")
        assert saved_soon(saved)
        (tmp_path / "templates").mkdir()
        (tmp_path / "source/b").write_text("x")
        assert saved_soon(saved)
        (tmp_path / "templates/page.html").write_text("x")
        assert saved_soon(saved)


def test_what_the_build_itself_writes_is_not_noticed(tmp_path):
    (tmp_path / "locales/tr").mkdir(parents=True)

    with watching(tmp_path) as saved:
        (tmp_path / "locales/tr/published.jsonl").write_text("x")
        (tmp_path / "locales/tr/.publish-1.tmp").write_text("x")
        assert not saved.acquire(timeout=0.5)


def test_a_site_without_folders_has_nothing_to_watch(tmp_path):
    with pytest.raises(StoreError, match="nothing to watch"):
        watch(tmp_path, first=print, again=print, stop=threading.Event())


def test_what_the_first_build_raises_ends_it(tmp_path):
    (tmp_path / "source").mkdir()

    def fail():
        raise SourceError("cut")

    with pytest.raises(SourceError), suppress(KeyboardInterrupt):
        watch(tmp_path, first=fail, again=print, stop=threading.Event())
