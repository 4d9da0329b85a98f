import json
import threading
import time

import pytest

from pipeline.engines import Request
from pipeline.engines.deep import Deep
from pipeline.errors import (
    EngineError,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from tests.engines.loopback import Said, closed_port

KEY = "s3cret/+key"


def engine(running, /, **settings):
    given = {"base_url": running.google, "pause": 0.001, "deadline": 10.0} | settings
    return Deep(given)


def translate(deep, *texts, target="tr"):
    requests = [Request(str(number), text) for number, text in enumerate(texts)]
    return list(deep.translate(requests, source="en", target=target))


def test_a_text_is_asked_of_google_and_answered(service):
    (answer,) = translate(engine(service), "Take [X1X] & rest")
    assert (answer.id, answer.text) == ("0", "Tâkê [X1X] & rêst")
    assert service.queries == [{"tl": "tr", "sl": "en", "q": "Take [X1X] & rest"}]


def test_answers_come_one_by_one(service):
    answers = engine(service).translate(
        [Request("a", "one"), Request("b", "two")],
        source="en",
        target="tr",
    )
    assert next(answers).id == "a"
    assert service.asked == ["one"]


def test_many_threads_on_one_engine_do_not_mix_answers(service):
    deep = engine(service)
    found = {}

    def ask(text):
        (answer,) = translate(deep, text)
        found[text] = answer.text

    threads = [threading.Thread(target=ask, args=(f"text {n}",)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {f"text {n}": f"têxt {n}" for n in range(16)}


@pytest.mark.parametrize(
    ("name", "path", "more"),
    [
        ("mymemory", "/get", {}),
        ("libre", "", {}),
        ("libre", "", {"api_key_env": "TEST_KEY"}),
        ("microsoft", "/microsoft", {"api_key_env": "TEST_KEY", "region": "eu"}),
        ("yandex", "/yandex", {"api_key_env": "TEST_KEY"}),
        ("deepl", "/deepl", {"api_key_env": "TEST_KEY"}),
        ("papago", "/papago", {"api_key_env": "TEST_KEY", "api_id_env": "TEST_ID"}),
        ("baidu", "/baidu", {"api_key_env": "TEST_KEY", "api_id_env": "TEST_ID"}),
        ("qcri", "/qcri", {"api_key_env": "TEST_KEY"}),
    ],
)
def test_each_service_is_spoken_to_as_the_library_speaks(
    service,
    monkeypatch,
    name,
    path,
    more,
):
    monkeypatch.setenv("TEST_KEY", KEY)
    monkeypatch.setenv("TEST_ID", "clinic")
    target = {"papago": "fr", "qcri": "ar"}.get(name, "tr" if name != "baidu" else "fr")
    deep = engine(service, service=name, base_url=service.address + path, **more)
    (answer,) = translate(deep, 'say "yes"', target=target)
    assert answer.text == 'sây "yês"'
    assert service.asked == ['say "yes"']


def test_a_libretranslate_without_keys_gets_none(service):
    translate(engine(service, service="libre", base_url=service.address), "yes")
    assert set(service.queries[0]) == {"q", "source", "target", "format"}


def test_the_locale_is_sent_in_the_services_own_code(service):
    translate(engine(service), "yes", target="zh-Hans")
    assert service.queries[0]["tl"] == "zh-CN"


def test_an_unknown_pair_asks_nobody(service):
    with pytest.raises(UnsupportedLocale):
        translate(engine(service), "yes", target="tlh")
    assert not service.asked


def test_a_key_that_is_not_set_is_said_before_anything_is_sent(service, monkeypatch):
    monkeypatch.delenv("TEST_KEY", raising=False)
    deep = engine(service, service="yandex", api_key_env="TEST_KEY")
    with pytest.raises(EngineUnavailable, match="TEST_KEY is not set"):
        translate(deep, "yes")
    assert not service.asked


@pytest.mark.parametrize("status", [408, 500, 502, 503])
def test_a_passing_failure_is_tried_again(service, status):
    replies = iter([Said("sorry", status), Said("sorry", status)])
    good = service.answer
    service.answer = lambda text: next(replies, None) or good(text)
    (answer,) = translate(engine(service), "yes")
    assert answer.text == "yês"
    assert len(service.asked) == 3


def test_a_lasting_failure_is_tried_as_often_as_set(service):
    service.answer = lambda _: Said("sorry", 500)
    with pytest.raises(EngineUnavailable, match="status 500"):
        translate(engine(service, retries=3), "yes")
    assert len(service.asked) == 4


def test_a_service_that_wants_a_pause_gets_it_or_is_left(service):
    service.answer = lambda _: Said("slow down", 429, {"Retry-After": "3600"})
    with pytest.raises(RateLimited) as caught:
        translate(engine(service), "yes")
    assert caught.value.retry_after == 3600.0
    assert len(service.asked) == 1


def test_a_limit_without_a_time_is_tried_again(service):
    service.answer = lambda _: Said("slow down", 429, {"Retry-After": "soon"})
    with pytest.raises(RateLimited):
        translate(engine(service, retries=1), "yes")
    assert len(service.asked) == 2


def test_a_service_that_hangs_is_left_at_the_deadline(service):
    service.answer = lambda _: Said("", hangs=True)
    began = time.monotonic()
    with pytest.raises(EngineUnavailable, match="in time"):
        translate(engine(service, deadline=0.2), "yes")
    assert time.monotonic() - began < 5.0


def test_nobody_there_is_unavailable():
    with closed_port() as address, pytest.raises(EngineUnavailable) as caught:
        translate(Deep({"base_url": address, "pause": 0.001}), "yes")
    assert "connection refused" in caught.value.message


def test_no_network_is_unavailable():
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        translate(Deep({"retries": 0}), "yes")


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_accepted_is_tried_once(service, monkeypatch, status):
    monkeypatch.setenv("TEST_KEY", KEY)
    service.answer = lambda _: Said(f"no: {KEY}", status)
    deep = engine(
        service,
        service="libre",
        base_url=service.address,
        api_key_env="TEST_KEY",
    )
    with pytest.raises(EngineUnavailable, match="not allowed"):
        translate(deep, "yes")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(json.dumps({"error": f"bad key {KEY}"}), 404),
        Said(json.dumps({"error": {"message": f"bad key {KEY}"}}), 400),
        Said("", 302, {"Location": f"http://127.0.0.1:1/{KEY}"}),
        Said("not JSON"),
        Said("{}"),
        Said('{"other": 1}'),
    ],
)
def test_a_key_is_in_no_error(service, monkeypatch, said):
    monkeypatch.setenv("TEST_KEY", KEY)
    service.answer = lambda _: said
    deep = engine(
        service,
        service="libre",
        base_url=service.address,
        api_key_env="TEST_KEY",
        retries=0,
    )
    try:
        (answer,) = translate(deep, "yes")
        shown = answer.why
        assert answer.text is None
    except EngineError as error:
        shown = repr(error) + str(error.__cause__)
    assert shown
    assert "s3cret" not in shown


@pytest.mark.parametrize(
    "said",
    [
        Said("<html><p>Our systems have detected unusual traffic</p></html>"),
        Said("<html>", 413),
        Said("x" * 3_000_000),
        Said("caf\u00e9", headers={"Content-Type": "text/html; charset=x-none"}),
    ],
)
def test_a_page_without_a_translation_refuses_the_text_alone(service, said):
    good = service.answer
    service.answer = lambda text: said if text == "bad" else good(text)
    bad, fine = translate(engine(service), "bad", "fine")
    assert bad.text is None
    assert bad.why
    assert fine.text == "fînê"


def test_an_empty_answer_is_no_text(service):
    service.answer = lambda _: Said('{"translatedText": null}')
    deep = engine(service, service="libre", base_url=service.address)
    assert translate(deep, "yes")[0].why == "the service gave no text"


def test_a_locale_that_the_service_refuses_is_unsupported(service):
    service.answer = lambda _: Said('{"error": "tr is not supported"}', 400)
    deep = engine(service, service="libre", base_url=service.address)
    with pytest.raises(UnsupportedLocale, match="tr is not supported"):
        translate(deep, "yes")


def test_a_quota_warning_is_a_limit(service):
    service.answer = lambda _: (
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"
    )
    deep = engine(service, service="mymemory", base_url=f"{service.address}/get")
    with pytest.raises(RateLimited, match="quota"):
        translate(deep, "yes")


@pytest.mark.parametrize(
    "location",
    ["/m?q=moved", "http://evil.example/", "https://evil.example/"],
)
def test_no_redirect_is_followed(service, location):
    service.answer = lambda _: Said("", 302, {"Location": location})
    with pytest.raises(EngineUnavailable, match="redirects, which is not followed"):
        translate(engine(service), "yes")
    assert len(service.asked) == 1


def test_a_service_whose_package_is_missing_says_so(monkeypatch):
    monkeypatch.setenv("TEST_KEY", KEY)
    deep = Deep({"service": "chatgpt", "api_key_env": "TEST_KEY", "model": "small"})
    with pytest.raises(EngineUnavailable, match="install openai"):
        translate(deep, "yes")
