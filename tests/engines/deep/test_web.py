import time

import pytest
import requests

from pipeline.engines.deep.web import Web, is_loopback, is_safe
from pipeline.errors import EngineUnavailable


def web(seconds=10.0):
    return Web("deep:google", time.monotonic() + seconds, ())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://translate.example/", "plain http"),
        ("https://.example/", "no valid address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address, said):
    with pytest.raises(EngineUnavailable, match=said):
        web().get(address)


def test_a_server_that_is_not_who_it_says_is_refused(service):
    address = service.address.replace("http://", "https://")
    with pytest.raises(EngineUnavailable, match="no valid certificate"):
        web().get(address)


def test_nothing_is_asked_when_the_time_is_up(service):
    with pytest.raises(EngineUnavailable, match="in time"):
        web(-1.0).get(service.google)
    assert not service.asked


def test_the_library_finds_the_exceptions_it_names():
    assert web().exceptions is requests.exceptions


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize("address", ["https://", "file:///etc/passwd", "", "127.0.0.1"])
def test_what_is_no_address_is_not_safe(address):
    assert not is_safe(address)
