"""The command `publish review`: what it prints, and what it cannot be started with."""

import json
import signal
import socket

import pytest

from pipeline.cli import review
from pipeline.review.server import shown_host
from tests.builders import make_site, publish
from tests.review.browsers import Browser, serving
from tests.review.processes import Process


@pytest.fixture
def root(tmp_path):
    make_site(tmp_path)
    assert publish(tmp_path, "extract").code == 0
    return tmp_path


def test_other_machines_reach_it_with_a_password_alone(root):
    server = Process(root, "--host", "0.0.0.0", PUBLISH_REVIEW_PASSWORD="correct horse")
    try:
        assert server.key == ""
        assert socket.gethostname() in server.url
        assert server.browser.open("/").status == 401
        assert server.sign_in(password="wrong").status == 403
        assert server.sign_in(password="correct horse").status == 303
        stranger = Browser(server.browser.port, dict(server.browser.cookies))
        headers: dict[str, str | None] = {"Host": f"evil.example:{stranger.port}"}
        assert stranger.send("GET", "/", headers=headers).status == 403
        assert stranger.get("/").status == 200
    finally:
        server.end(signal.SIGTERM)


def test_name_and_role_are_filled_in(root):
    server = Process(
        root, "--reviewer", "Ann O'Hara", "--role", "linguist", "--lang", "tr"
    )
    try:
        form = server.browser.open(f"/{server.key}").text
    finally:
        server.end(signal.SIGTERM)

    assert 'value="Ann O&#39;Hara"' in form
    assert 'value="linguist"' in form


def test_an_address_is_shown_as_browsers_write_it():
    assert shown_host("127.0.0.1") == "127.0.0.1"
    assert shown_host("::1") == "[::1]"
    assert shown_host("clinic.example") == "clinic.example"


def test_what_is_not_installed_is_named(root, monkeypatch):
    monkeypatch.setattr(review, "find_spec", lambda _: None)
    ran = publish(root, "review")

    assert ran.code == 2
    assert "publish[review]" in ran.err


def test_an_interrupt_ends_it_with_its_code(root):
    server = Process(root)
    assert server.sign_in().status == 303

    assert server.end(signal.SIGINT) == 130


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--lang", "pt"), "pt"),
        (("--host", "0.0.0.0"), "PUBLISH_REVIEW_PASSWORD"),
        (("--host", "192.0.2.1"), "PUBLISH_REVIEW_PASSWORD"),
    ],
)
def test_what_it_cannot_be_started_with_is_said(root, monkeypatch, args, said):
    monkeypatch.delenv("PUBLISH_REVIEW_PASSWORD", raising=False)
    ran = publish(root, "review", "--json", *args)

    assert ran.code == 2
    assert said in json.dumps(ran.json)


def test_a_port_that_is_taken_is_said(root):
    with serving(root) as server:
        ran = publish(root, "review", "--port", str(server.port))

    assert ran.code == 2
    assert "--port" in ran.err
