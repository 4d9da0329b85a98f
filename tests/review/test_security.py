"""Requests of people and pages that should not be there, and of clients that misbehave."""

import json
import socket
import time

import pytest

from pipeline.review import security, work
from pipeline.review import server as server_module
from pipeline.review.security import Hosts
from pipeline.review.sessions import Sessions, TooManyTries, fitting_name
from pipeline.store.lock import locked
from pipeline.workflow.review import changes
from tests.builders import entry, put
from tests.review.browsers import PLACE, Browser, serving

REST = "Sleep on your back."


def save_values(ann, text="Uyuyun."):
    message = ann.message(REST)
    return {
        "key": message["key"],
        "version": message["version"],
        "msgstrs": [text],
    }


# Who may come in.


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles",
        f"/api/{PLACE}/messages",
        f"/preview/{PLACE}",
        "/files/static/site.css",
        "/api/events",
    ],
)
def test_nothing_of_the_site_is_shown_to_somebody_without_a_session(server, path):
    answer = Browser(server.port).get(path)

    assert answer.status == 401
    assert "Caring" not in answer.text


@pytest.mark.parametrize("path", ["/", f"/a/{PLACE}"])
def test_a_page_without_a_session_says_where_the_address_is(server, path):
    stranger = Browser(server.port)
    answer = stranger.get(path)

    assert answer.status == 401
    assert "Caring" not in answer.text
    (told,) = server.said
    key = told.rpartition("/")[2]
    assert "key=" in key
    assert key not in answer.text
    assert stranger.open(f"/{key}").status == 200
    assert stranger.sign_in(name="Ben").status == 303


def test_the_address_is_good_for_one_browser(server):
    key = server.app.state.sessions.key()
    first, second = Browser(server.port), Browser(server.port)

    assert first.open(f"/?key={key}").status == 200
    assert second.open(f"/?key={key}").status == 401
    assert second.cookies == {}


def test_a_wrong_address_opens_nothing(server):
    assert Browser(server.port).open("/?key=x").status == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(server):
    answer = Browser(server.port).open(f"/?key={server.app.state.sessions.key()}")
    cookie = answer.headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_who_has_not_said_a_name_can_do_nothing(server):
    browser = Browser(server.port)
    browser.open(f"/?key={server.app.state.sessions.key()}")

    assert browser.get("/api/articles").status == 401
    assert browser.sign_in(name=" \n ").status == 200
    assert browser.get("/api/articles").status == 401
    assert browser.sign_in(name="Ann").status == 303
    assert browser.get("/api/articles").status == 200


def test_signing_out_ends_the_session(server, ann):
    old = Browser(server.port, dict(ann.cookies), ann.token)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    ann.send("POST", "/signout", f"csrf={ann.token}".encode(), kind)

    assert old.get("/api/articles").status == 401


def test_who_has_written_something_keeps_her_name(ann):
    assert ann.sign_in(name="Anne").status == 303
    assert ann.change("save", REST, "Uyuyun.").status == 200

    assert ann.sign_in(name="Ben").status == 409
    assert ann.sign_in(name="Anne", role="nurse").status == 303


def test_a_form_without_its_token_is_refused(server, ann):
    kind: dict[str, str | None] = {"Content-Type": "application/x-www-form-urlencoded"}
    plain: dict[str, str | None] = {"Content-Type": "text/plain"}
    for path in ("/signin", "/signout"):
        assert ann.send("POST", path, b"csrf=x&name=Eve", kind).status == 403
        assert ann.send("POST", path, b"{}", plain).status == 415
        assert ann.send("POST", path, b"\xff", kind).status == 400
        assert ann.send("POST", path, b"&".join([b"a=1"] * 50), kind).status == 400

    assert ann.get("/api/articles").status == 200
    assert [s.name for s in server.app.state.sessions._sessions.values()] == ["Ann"]


def test_the_address_may_be_opened_again_by_who_has_used_it(server):
    key = server.app.state.sessions.key()
    browser = Browser(server.port)
    browser.open(f"/?key={key}")

    assert "<form" in browser.open("/").text
    assert browser.sign_in(name="Ann").status == 303
    again = browser.open(f"/?key={key}")
    assert (again.status, again.headers["location"]) == (303, "/")


def test_a_new_address_is_told_once_until_somebody_uses_it(server):
    for _ in range(3):
        Browser(server.port).get("/")

    assert len(server.said) == 1


def test_a_link_on_another_site_finds_the_session_on_a_second_way(server, ann):
    led: dict[str, str | None] = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
    }
    # Without the cookie, as the browser sends it then.
    first = Browser(server.port).send("GET", f"/a/{PLACE}?ui=tr", headers=led)

    assert first.status == 200
    assert "Caring" not in first.text
    assert f'content="0; url=/a/{PLACE}?ui=tr&amp;again=1"' in first.text
    assert server.said == []
    assert ann.get(f"/a/{PLACE}?again=1").status == 200
    second = Browser(server.port).send("GET", f"/a/{PLACE}?again=1", headers=led)
    assert second.status == 401


def test_sessions_without_end_push_out_the_oldest():
    sessions = Sessions(password="right")
    first = sessions.by_password("right", "a")
    assert first
    for _ in range(500):
        assert sessions.by_password("right", "a")

    assert sessions.find(first.secret) is None


def test_wrong_passwords_from_everywhere_are_counted_together():
    sessions = Sessions(password="right", clock=lambda: 0.0)
    for number in range(50):
        assert sessions.by_password("wrong", str(number)) is None

    with pytest.raises(TooManyTries):
        sessions.by_password("right", "another")


def test_a_name_is_one_line_without_what_cannot_be_seen():
    assert fitting_name(" Ann\r\nX-Evil: 1\u202e ") == "Ann X-Evil: 1"
    assert len(fitting_name("n" * 1000)) == 100


def test_a_password_opens_the_door_where_there_is_one(root):
    with serving(root, password="correct horse") as server:
        ann = Browser(server.port)
        page = ann.open("/")

        assert (page.status, server.said) == (401, [])
        assert 'type="password"' in page.text
        assert ann.sign_in(name="Ann", password="wrong").status == 403
        assert ann.cookies == {}
        assert ann.sign_in(name="Ann", password="correct horse").status == 303
        assert ann.get("/api/articles").status == 200


def test_passwords_are_not_compared_without_end(root):
    with serving(root, password="correct horse") as server:
        ann = Browser(server.port)
        said = [ann.sign_in(name="A", password=str(n)).status for n in range(5)]

        assert said == [403] * 5
        assert ann.sign_in(name="A", password="correct horse").status == 429


def test_after_a_while_passwords_are_compared_again():
    now = [0.0]
    sessions = Sessions(password="right", clock=lambda: now[0])
    for _ in range(5):
        assert sessions.by_password("wrong", "a") is None
    with pytest.raises(TooManyTries):
        sessions.by_password("right", "a")
    assert sessions.by_password("right", "b")
    now[0] = 1000.0
    assert sessions.by_password("right", "a")


def test_without_a_password_none_opens_the_door():
    assert Sessions().by_password("", "a") is None


# Requests of other sites.


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "evil@127.0.0.1:{port}",
        "127.0.0.1:{port}/x",
        "[::1",
        "",
        None,
    ],
)
def test_another_name_for_this_address_is_refused(server, ann, host):
    given = host.format(port=server.port) if host is not None else None

    assert ann.send("GET", "/", headers={"Host": given}).status in {400, 403}


def test_localhost_is_a_name_of_this_machine(server, ann):
    answer = ann.send("GET", "/", headers={"Host": f"localhost:{server.port}"})

    assert answer.status == 200


@pytest.mark.parametrize(
    ("host", "header", "is_accepted"),
    [
        ("0.0.0.0", "192.168.1.7:80", True),
        ("0.0.0.0", "192.168.1.7", True),
        ("0.0.0.0", "evil.example:80", False),
        ("clinic.example", "clinic.example:80", True),
        ("::1", "[::1]:80", True),
        ("127.0.0.1", "192.168.1.7:80", False),
    ],
)
def test_off_the_loopback_any_address_is_ours_and_no_foreign_name(
    host, header, is_accepted
):
    assert Hosts(host, 80).accept(header) is is_accepted


@pytest.mark.parametrize("what", ["save", "approve", "withdraw", "comment", "check"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": None},
        {"X-CSRF-Token": "x"},
    ],
)
def test_what_changes_anything_comes_from_our_own_pages(ann, root, what, headers):
    values = {**save_values(ann), "text": "x"}
    answer = ann.post(f"/api/{PLACE}/{what}", values, headers)

    assert answer.status == 403
    assert answer.json["error"]["message"]
    assert entry(root, REST).msgstr == "Sırtüstü uyuyun."
    assert not list(root.glob("locales/tr/[rc]*s/**/*.jsonl"))


def test_the_token_of_another_session_is_none(server, ann):
    ben = server.browser("Ben")
    answer = ann.post(
        f"/api/{PLACE}/save", save_values(ann), {"X-CSRF-Token": ben.token}
    )

    assert answer.status == 403


def test_a_page_of_another_site_cannot_load_ours_as_its_own(ann):
    for headers in (
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
    ):
        assert ann.send("GET", f"/preview/{PLACE}", headers=headers).status == 403
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert ann.send("GET", "/", headers=link).status == 200


def test_a_mistake_of_ours_is_told_on_the_terminal_alone(ann, monkeypatch, capfd):
    def fail(*_, **__):
        raise RuntimeError("secret words")

    monkeypatch.setattr(work, "article_json", fail)
    answer = ann.get(f"/api/{PLACE}/messages")

    assert answer.status == 500
    assert "secret words" not in answer.text
    assert "secret words" in capfd.readouterr().err


def test_a_site_that_another_program_holds_is_busy(ann, root, monkeypatch):
    values = save_values(ann)
    monkeypatch.setattr(changes, "locked", lambda root: locked(root, timeout=0.1))
    with locked(root):
        answer = ann.post(f"/api/{PLACE}/save", values)

    assert answer.status == 503
    assert "at work" in answer.json["error"]["message"]
    assert ann.post(f"/api/{PLACE}/save", values).status == 200


# What answers carry.


@pytest.mark.parametrize(
    "path",
    ["/", f"/a/{PLACE}", "/api/articles", "/nothing", "/static/review.css"],
)
def test_answers_may_not_be_framed_kept_guessed_or_run(ann, path):
    headers = ann.get(path).headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "server" not in headers


def test_a_preview_runs_nothing_and_stands_in_our_own_page_only(ann):
    headers = ann.get(f"/preview/{PLACE}").headers
    policy = headers["content-security-policy"]

    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["x-frame-options"] == "SAMEORIGIN"


# What is no request.


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
        (b'{"key": 1}', 400),
        (b'{"key": "x", "version": "x", "msgstrs": "x"}', 400),
        (b'{"key": "x", "version": "x", "msgstrs": [1]}', 400),
        (json.dumps({"key": "x" * 100, "version": "", "msgstrs": []}).encode(), 400),
    ],
)
def test_what_is_not_what_was_asked_for_is_refused(ann, body, status):
    kind = {"Content-Type": "application/json"}
    answer = ann.send("POST", f"/api/{PLACE}/save", body, kind)

    assert answer.status == status
    assert answer.json["error"]["message"]


def test_a_form_is_not_taken_for_json(ann):
    kind = {"Content-Type": "text/plain"}
    body = json.dumps(save_values(ann)).encode()

    assert ann.send("POST", f"/api/{PLACE}/save", body, kind).status == 415


@pytest.mark.parametrize(
    "forms",
    [[], ["a", "b"], ["a\x00"], ["a\x1b[31m"], ["\ud800"], ["a" * 200_000]],
)
def test_a_text_that_no_catalog_holds_is_refused(ann, root, forms):
    answer = ann.post(f"/api/{PLACE}/save", {**save_values(ann), "msgstrs": forms})

    assert answer.status == 422
    assert answer.json["error"]["hint"]
    assert entry(root, REST).msgstr == "Sırtüstü uyuyun."


def test_an_unknown_key_is_not_found_and_never_saved(ann):
    values = {**save_values(ann), "key": "0" * 16}

    assert ann.post(f"/api/{PLACE}/check", values).status == 404
    assert ann.post(f"/api/{PLACE}/save", values).status == 409
    assert ann.post(f"/api/{PLACE}/comment", {"key": "0", "text": "x"}).status == 404


def test_a_comment_is_a_text_of_bearable_length(ann):
    key = ann.message(REST)["key"]
    path = f"/api/{PLACE}/comment"

    assert ann.post(path, {"key": key, "text": "  \n"}).status == 422
    assert ann.post(path, {"key": key, "text": "x" * 6000}).status == 400
    assert ann.post(path, {"key": key, "text": "\ud800"}).status == 422


def test_other_methods_do_nothing(ann):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        headers = {"Origin": ann.origin}
        assert ann.send(method, f"/api/{PLACE}/save", headers=headers).status >= 400


# Clients that are large or slow.


def talk(server, text, *, wait=20.0):
    """What the server says to some bytes on a bare connection, until it closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=wait) as line:
        line.sendall(text.encode())
        said = b""
        while more := line.recv(65536):
            said += more
        return said


def head(server, ann, length):
    cookie = "; ".join(f"{name}={value}" for name, value in ann.cookies.items())
    return (
        f"POST /api/{PLACE}/save HTTP/1.1\r\nHost: {server.host}\r\n"
        f"Origin: {ann.origin}\r\nX-CSRF-Token: {ann.token}\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/json\r\n{length}\r\n"
    )


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(server, ann):
    said = talk(server, head(server, ann, "Content-Length: 99999999\r\n"))

    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_turns_out_too_large_is_refused(server, ann, monkeypatch):
    monkeypatch.setattr(security, "MAX_BODY", 100)
    chunk = "ff\r\n" + "x" * 0xFF
    said = talk(server, head(server, ann, "Transfer-Encoding: chunked\r\n") + chunk)

    assert said.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_does_not_come_is_not_waited_for(server, ann, monkeypatch):
    monkeypatch.setattr(security, "BODY_SECONDS", 0.2)
    said = talk(server, head(server, ann, "Content-Length: 10\r\n") + "{")

    assert said.startswith(b"HTTP/1.1 408 ")


def test_a_head_that_does_not_come_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(server_module, "HEAD_SECONDS", 0.2)

    assert talk(server, "") == b""
    assert talk(server, "GET / HTTP/1.1\r\nHost: x\r\n") == b""


def test_a_head_without_end_is_refused(server):
    said = talk(server, "GET / HTTP/1.1\r\nX: " + "x" * 100_000)

    assert said.startswith(b"HTTP/1.1 400 ")


def test_what_is_no_http_is_refused_and_the_server_goes_on(server, ann):
    assert b"400" in talk(server, "\x16\x03\x01 hello\r\n\r\n")
    assert ann.get("/api/articles").status == 200


# Events.


def lines_of(server, ann, path="/api/events"):
    cookie = "; ".join(f"{name}={value}" for name, value in ann.cookies.items())
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    request = f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\nCookie: {cookie}\r\n\r\n"
    line.sendall(request.encode())
    return line


def read_until(line, text):
    said = b""
    end = time.monotonic() + 20
    while text.encode() not in said:
        assert time.monotonic() < end, said
        said += line.recv(65536)
    return said.decode()


EVENTS = "/api/events?locale=tr&domain=articles/scalp"


def test_a_save_by_anybody_is_told(server, ann, root):
    with lines_of(server, ann, EVENTS) as line:
        read_until(line, "presence")
        time.sleep(0.5)  # The server looks at the files first.
        path = root / "locales/tr/LC_MESSAGES/articles/scalp.po"
        put(root, {path.relative_to(root): path.read_bytes() + b"\n"})
        said = read_until(line, '"changed"')

    assert '{"type": "changed", "locale": "tr", "domain": "articles/scalp"}' in said


def test_people_at_one_article_see_each_other(server, ann):
    ben = server.browser("Ben")
    with lines_of(server, ann, EVENTS) as line, lines_of(server, ben, EVENTS) as other:
        read_until(other, '"Ben"')
        assert '["Ann", "Ben"]' in read_until(line, '"Ben"')
        assert ann.messages()["others"] == ["Ben"]
        listed = {a["domain"]: a for a in ann.get("/api/articles").json["articles"]}
        assert listed["articles/scalp"]["others"] == ["Ben"]
        other.close()
        assert '["Ann"]' in read_until(line, '"names": ["Ann"]}')


def test_a_page_that_listens_is_where_its_person_is(server, ann):
    ben = server.browser("Ben")
    with lines_of(server, ben) as line:
        read_until(line, ": here")
        ben.open(f"/a/{PLACE}")
        read_until(line, "presence")

        assert ann.messages()["others"] == ["Ben"]


def test_nobody_opens_streams_without_end(server, ann):
    lines = [lines_of(server, ann) for _ in range(20)]
    for line in lines:
        read_until(line, ": here")

    assert ann.get("/api/events").status == 429
    for line in lines:
        line.close()


def test_events_are_only_of_articles_that_there_are(ann):
    assert ann.get("/api/events?locale=tr&domain=../x").status == 404
