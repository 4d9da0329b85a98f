"""The proxies and certificates of the environment, with a true TLS connection."""

import time

import pytest

from pipeline.errors import EngineError, EngineUnavailable
from pipeline.transport.deadlines import Passing
from pipeline.transport.web import Call, Web
from tests.engines.loopback import closed_port
from tests.transport.secure import HOST, certificate, proxy, secure_service

CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@pytest.fixture(autouse=True)
def _bare(monkeypatch):
    """An environment that says nothing of connections."""
    names = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
    for name in (*CERTIFICATES, *names, *map(str.upper, names)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def port(pem):
    with secure_service(pem) as port:
        yield port


def send():
    call = Call(url=f"https://{HOST}/translate", json={"q": "yes"})
    return Web("mt").send(call, time.monotonic() + 20)


@pytest.mark.parametrize("name", CERTIFICATES)
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy"])
def test_the_proxy_and_the_certificates_of_the_environment_are_used(
    monkeypatch, pem, port, name, variable
):
    monkeypatch.setenv(name, str(pem))
    with proxy(port) as (address, asked):
        monkeypatch.setenv(variable, address)
        assert send().json() == {"translatedText": "evet"}
    assert asked == [f"{HOST}:443"]


def test_a_certificate_that_nobody_named_is_not_trusted(monkeypatch, port):
    with proxy(port) as (address, _):
        monkeypatch.setenv("HTTPS_PROXY", address)
        with pytest.raises(EngineUnavailable, match="no valid certificate") as caught:
            send()
    assert "SSL_CERT_FILE" in caught.value.hint


def test_a_host_that_is_excepted_is_asked_without_the_proxy(monkeypatch, port):
    monkeypatch.setenv("NO_PROXY", HOST)
    with proxy(port) as (address, asked):
        monkeypatch.setenv("HTTPS_PROXY", address)
        # Its name leads nowhere on this machine.
        with pytest.raises((EngineError, Passing)):
            send()
    assert asked == []


def test_a_proxy_that_is_not_there_is_said_without_its_password(monkeypatch):
    with closed_port() as address:
        with_password = address.replace("http://", "http://user:s3cret@")
        monkeypatch.setenv("HTTPS_PROXY", with_password)
        with pytest.raises((EngineError, Passing)) as caught:
            send()
    assert "s3cret" not in repr(caught.value)
    assert "s3cret" not in repr(getattr(caught.value, "error", ""))
