import time

import pytest
import requests

from pipeline.engines import Request
from pipeline.engines.deep import Deep
from pipeline.engines.deep.web import Door
from pipeline.errors import EngineUnavailable
from pipeline.transport.web import Web
from tests.engines.loopback import Said


def door(seconds=10.0):
    return Door(Web("deep:google"), time.monotonic() + seconds)


def test_the_library_finds_the_exceptions_it_names():
    assert door().exceptions is requests.exceptions


def test_a_call_of_the_library_ends_when_its_time_is_up(service):
    with pytest.raises(EngineUnavailable, match="in time"):
        door(-1.0).get(service.google)
    assert not service.asked


def test_a_page_that_is_cut_within_the_translation_is_none(service):
    service.answer = lambda _: Said('<html><div class="result-container">Yarım kal')
    deep = Deep({"base_url": service.google, "pause": 0.001})
    (answer,) = deep.translate([Request("1", "Half of it")], source="en", target="tr")
    assert (answer.text, answer.why) == (None, "the service gave a page that is cut")
