import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from pipeline.transport.deadlines import Passing, within
from pipeline.transport.web import Call, Web
from tests.engines.loopback import Said, closed_port

KEY = "s3cret-k3y"


def web(**given):
    return Web("mt", secrets=[KEY], **given)


def send(service, *, seconds=10.0, path="/translate", **given):
    call = Call(url=service.address + path, json={"q": "yes"}, **given)
    return web().send(call, time.monotonic() + seconds)


def failure(service, said):
    service.answer = lambda _: said
    with pytest.raises((EngineError, Passing)) as caught:
        send(service)
    error = caught.value
    return error.error if isinstance(error, Passing) else error


def test_a_good_answer_is_text_and_json(service):
    reply = send(service)
    assert reply.status_code == 200
    assert reply.json() == {"translatedText": "yês"}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://mt.example/", "plain http"),
        ("https://.example/", "no valid address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address, said):
    with pytest.raises(EngineUnavailable, match=said):
        web().send(Call(url=address), time.monotonic() + 10)


def test_a_server_that_is_not_who_it_says_is_refused(service):
    address = service.address.replace("http://", "https://")
    with pytest.raises(EngineUnavailable, match="no valid certificate"):
        web().send(Call(url=address), time.monotonic() + 10)


def test_certificates_that_are_not_there_are_an_error(service, monkeypatch):
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    address = service.address.replace("http://", "https://")
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        web().send(Call(url=address), time.monotonic() + 10)


def test_nothing_is_asked_when_the_time_is_up(service):
    with pytest.raises(EngineUnavailable, match="in time"):
        send(service, seconds=-1.0)


@pytest.mark.parametrize("said", [Said("", hangs=True), Said("x" * 500, drips=True)])
def test_a_service_that_hangs_or_drips_is_left_at_the_deadline(service, said):
    service.answer = lambda _: said
    began = time.monotonic()
    with pytest.raises((EngineUnavailable, Passing)):
        send(service, seconds=0.3)
    assert time.monotonic() - began < 5.0


@pytest.mark.parametrize(
    ("said", "kind", "may_pass"),
    [
        (Said("", 500), EngineUnavailable, True),
        (Said("", 503), EngineUnavailable, True),
        (Said("", 401), EngineUnavailable, False),
        (Said("", 404), EngineUnavailable, False),
        (Said("", 302, {"Location": "/x"}), EngineUnavailable, False),
        (Said("", 0), EngineUnavailable, True),
        (Said(f'{{"q": "{KEY}"}}'), EngineUnavailable, False),
        (Said("", 429), RateLimited, None),
        (Said("", 456), RateLimited, None),
        (Said("", 413), EngineRefused, None),
        (Said("x" * 9_000_000), EngineRefused, None),
        (Said('{"error": "tr is not supported"}', 400), UnsupportedLocale, None),
    ],
)
def test_each_failure_says_what_may_help(service, said, kind, may_pass):
    error = failure(service, said)
    assert type(error) is kind
    assert getattr(error, "may_pass", None) == may_pass
    assert KEY not in repr(error)


def test_nobody_there_is_final():
    with closed_port() as address, pytest.raises(Passing) as caught:
        web().send(Call(url=address), time.monotonic() + 10)
    assert isinstance(caught.value.error, EngineUnavailable)
    assert not caught.value.error.may_pass


@pytest.mark.parametrize(
    ("seconds", "least", "most"), [(None, 7, 7), (600, 300, 600), (-600, 0, 0)]
)
def test_a_time_to_wait_is_seconds_or_a_date(service, seconds, least, most):
    value = "7"
    if seconds is not None:
        value = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds))
    error = failure(service, Said("", 429, {"Retry-After": value}))
    assert least <= error.retry_after <= most


def test_a_time_to_wait_that_is_none_is_not_known(service):
    error = failure(service, Said("", 429, {"Retry-After": "soon"}))
    assert error.retry_after is None


def test_the_environments_proxy_is_asked_and_told_no_other_secret(
    service, monkeypatch, tmp_path
):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine mt.example login me password s3cret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", service.address)
    call = Call(
        url="http://mt.example/translate",
        json={"q": "yes"},
        headers={"Authorization": "Bearer mine"},
    )
    web(plain_http=True).send(call, time.monotonic() + 10)
    (headers,) = service.headers
    assert (headers["Host"], headers["Authorization"]) == ("mt.example", "Bearer mine")


def test_no_proxy_leads_to_this_machine(service, monkeypatch):
    with closed_port() as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("all_proxy", proxy)
        assert send(service).status_code == 200


def test_connections_are_used_again(service):
    shared = web()
    call = Call(url=f"{service.address}/translate", json={"q": "yes"})
    for _ in range(3):
        shared.send(call, time.monotonic() + 10)
    assert len(shared._idle) == 1


def test_an_unknown_charset_is_read_as_utf_8(service):
    headers = {"Content-Type": "text/html; charset=x-none"}
    service.answer = lambda _: Said("café", headers=headers)
    assert send(service).text == "café"


def test_what_a_thread_raises_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        within(time.monotonic() + 10, lambda: 1 // 0, "mt")
