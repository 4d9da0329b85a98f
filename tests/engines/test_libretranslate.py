import pytest

from pipeline.engines import Request
from pipeline.engines.libretranslate import LibreTranslate
from pipeline.errors import (
    ConfigError,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from tests.engines.loopback import Said, closed_port

KEY = "s3cret/+key"


def engine(service, **settings):
    given = {"base_url": service.address, "pause": 0.001, "deadline": 10.0}
    return LibreTranslate(given | settings)


def translate(libre, *texts, source="en", target="tr"):
    requests = [Request(str(number), text) for number, text in enumerate(texts)]
    return list(libre.translate(requests, source=source, target=target))


def test_each_text_has_its_own_call_with_the_text_in_the_body(service):
    answers = translate(engine(service), "one & [X1X]", "two")
    assert [(a.id, a.text) for a in answers] == [("0", "ônê & [X1X]"), ("1", "twô")]
    assert service.paths == ["/translate", "/translate"]
    assert service.queries[0] == {
        "q": "one & [X1X]",
        "source": "en",
        "target": "tr",
        "format": "text",
    }


def test_a_key_is_sent_from_the_environment(service, monkeypatch):
    monkeypatch.setenv("TEST_KEY", KEY)
    translate(engine(service, api_key_env="TEST_KEY"), "one")
    assert service.queries[0]["api_key"] == KEY


def test_a_key_that_is_not_set_is_said_before_anything_is_sent(service, monkeypatch):
    monkeypatch.delenv("TEST_KEY", raising=False)
    with pytest.raises(EngineUnavailable, match="TEST_KEY is not set"):
        translate(engine(service, api_key_env="TEST_KEY"), "one")
    assert not service.asked


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("tr", "tr"),
        ("de-AT", "de"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hans", "zh-Hans"),
        ("pt-BR", "pt-BR"),
        ("pt-PT", "pt"),
        ("sr-Latn", "sr-Latn"),
        ("no", "nb"),
    ],
)
def test_a_locale_is_spelled_as_the_server_spells_it(service, target, code):
    translate(engine(service), "one", target=target)
    assert service.queries[0]["target"] == code


def test_a_pair_of_one_language_asks_nobody(service):
    with pytest.raises(UnsupportedLocale):
        translate(engine(service), "one", source="en-US", target="en-GB")
    assert not service.asked


@pytest.mark.parametrize(
    "said", [Said("<html>"), Said("{}"), Said('{"translatedText": 1}'), Said("", 413)]
)
def test_an_answer_that_is_none_fails_that_text_alone(service, said):
    good = service.answer
    service.answer = lambda text: said if text == "bad" else good(text)
    bad, fine = translate(engine(service), "bad", "fine")
    assert bad.text is None
    assert bad.why
    assert fine.text == "fînê"


def test_a_server_that_wants_a_pause_gets_it(service):
    replies = iter([Said("", 429, {"Retry-After": "0"}), Said("", 503)])
    good = service.answer
    service.answer = lambda text: next(replies, None) or good(text)
    (answer,) = translate(engine(service), "one")
    assert answer.text == "ônê"
    assert len(service.asked) == 3


def test_a_server_that_wants_a_long_pause_is_left(service):
    service.answer = lambda _: Said("", 429, {"Retry-After": "3600"})
    with pytest.raises(RateLimited) as caught:
        translate(engine(service), "one")
    assert caught.value.retry_after == 3600


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_key_is_in_no_error(service, monkeypatch, status):
    monkeypatch.setenv("TEST_KEY", KEY)
    service.answer = lambda _: Said(f'{{"error": "bad key {KEY}"}}', status)
    try:
        (answer,) = translate(engine(service, api_key_env="TEST_KEY"), "one")
        shown = answer.why
    except EngineUnavailable as error:
        shown = repr(error)
    assert shown
    assert "s3cret" not in shown


def test_it_can_be_asked_whether_it_is_there(service):
    engine(service).probe()
    assert service.paths == ["/languages"]
    with closed_port() as address, pytest.raises(EngineUnavailable, match="refused"):
        LibreTranslate({"base_url": address, "pause": 0.001}).probe()


def test_its_limits_are_those_of_its_settings(service):
    limits = engine(service, characters=50, workers=7).limits
    assert (limits.batch, limits.characters, limits.workers) == (1, 50, 7)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "needs api_key_env"),
        ({"base_url": "http://mt.example"}, "plain_http = true"),
        ({"base-url": "https://mt.example"}, "did you mean base_url"),
        ({"base_url": "https://mt.example", "characters": 0}, "from 1"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings, said):
    with pytest.raises(ConfigError) as caught:
        LibreTranslate(settings)
    assert said in str(caught.value)
