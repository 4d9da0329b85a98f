import pytest

from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.transport.service import Service
from pipeline.transport.settings import Settings
from pipeline.transport.web import Call
from tests.engines.loopback import Said

KEY = "s3cret-k3y"


def made(**values):
    table = Settings("mt", {"pause": 0.001} | values)
    return Service("mt", table, table.endurance(deadline=10.0))


def asked(service, **values):
    call = Call(url=f"{service.address}/translate", json={"q": "yes"})
    return made(**values).ask_json(call)


def test_an_answer_is_json(service):
    assert asked(service) == {"translatedText": "yês"}


def test_what_passes_is_tried_as_often_as_set(service):
    service.answer = lambda _: Said("", 500)
    with pytest.raises(EngineUnavailable, match="status 500"):
        asked(service, retries=1)
    assert len(service.asked) == 2


@pytest.mark.parametrize("said", ["<html>", "", "[" * 100_000])
def test_an_answer_that_is_no_json_is_refused(service, said):
    service.answer = lambda _: Said(said)
    with pytest.raises(EngineRefused, match="cannot be read"):
        asked(service)


def test_calls_may_share_a_deadline(service):
    mt = made()
    with pytest.raises(EngineUnavailable, match="in time"):
        mt.ask(Call(url=f"{service.address}/translate", json={}), mt.deadline() - 11)


def test_a_key_is_shown_in_no_message_once_it_is_known(monkeypatch):
    monkeypatch.setenv("TEST_KEY", KEY)
    mt = made(api_key_env="TEST_KEY")
    assert mt.key() == KEY
    assert mt.shown(f"bad key {KEY}\n!") == "bad key *** !"
    assert made().key() == ""
