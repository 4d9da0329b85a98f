import time

import pytest
import requests

from pipeline.engines.deep.web import Door
from pipeline.errors import EngineUnavailable
from pipeline.transport.web import Web


def door(seconds=10.0):
    return Door(Web("deep:google"), time.monotonic() + seconds)


def test_the_library_finds_the_exceptions_it_names():
    assert door().exceptions is requests.exceptions


def test_a_call_of_the_library_ends_when_its_time_is_up(service):
    with pytest.raises(EngineUnavailable, match="in time"):
        door(-1.0).get(service.google)
    assert not service.asked
