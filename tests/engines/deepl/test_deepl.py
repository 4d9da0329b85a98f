import builtins

import pytest

from pipeline.engines import Request
from pipeline.engines.deepl import DeepL
from pipeline.errors import (
    ConfigError,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from pipeline.model.term import Term
from tests.engines.loopback import Said

KEY = "s3cret/+key"


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    pytest.importorskip("deepl", reason="the extra deepl is not installed")
    monkeypatch.setenv("TEST_KEY", KEY)


def engine(service, **settings):
    given = {
        "base_url": service.address,
        "api_key_env": "TEST_KEY",
        "pause": 0.001,
        "deadline": 10.0,
    }
    return DeepL(given | settings)


def translate(deepl, *texts, source="en", target="tr"):
    requests = [Request(f"r{number}", text) for number, text in enumerate(texts)]
    answers = deepl.translate(requests, source=source, target=target)
    return {answer.id: answer.text or answer.why for answer in answers}


def test_texts_go_in_one_call_as_xml(service):
    found = translate(engine(service), 'one <x id="1"/> &amp;', "two")
    assert found == {"r0": 'ônê <x id="1"/> &amp;', "r1": "twô"}
    (query,) = service.queries
    assert query["text"] == [
        '<t id="0">one <x id="1"/> &amp;</t>',
        '<t id="1">two</t>',
    ]
    assert (query["source_lang"], query["target_lang"]) == ("EN", "TR")
    assert (query["tag_handling"], query["formality"]) == ("xml", "prefer_more")
    assert query["context"] == "one   &amp;\ntwo"
    assert service.headers[0]["Authorization"] == f"DeepL-Auth-Key {KEY}"


def test_formality_and_glossary_are_settings(service):
    deepl = engine(service, formality="informal", glossary_id="g-1")
    translate(deepl, "one")
    assert service.queries[0]["formality"] == "prefer_less"
    assert service.queries[0]["glossary_id"] == "g-1"
    assert deepl.limits.variant == "informal g-1"


def test_swapped_answers_come_to_their_texts(service):
    service.fault = lambda _: "swapped"
    found = translate(engine(service), "one", "two", "three")
    assert found == {"r0": "ônê", "r1": "twô", "r2": "thrêê"}


def test_answers_without_their_number_are_asked_for_alone(service):
    good = service.answer
    service.answer = lambda text: good(text.replace('<t id="0">', "").strip())
    found = translate(engine(service), "one", "two")
    assert found == {"r0": "ônê", "r1": "twô"}
    assert service.asked[2:] == ["one"]


def test_a_number_that_comes_twice_is_no_answer(service):
    good = service.answer
    service.answer = lambda text: good(text.replace('id="1"', 'id="0"'))
    assert translate(engine(service), "one", "two") == {"r0": "ônê", "r1": "twô"}


@pytest.mark.parametrize("fault", ["wrong count", "truncated", "html"])
def test_a_call_that_is_spoiled_loses_no_text(service, fault):
    service.fault = lambda text: fault if text.startswith("<t") else ""
    found = translate(engine(service), "one", "two")
    assert found == {"r0": "ônê", "r1": "twô"}


def test_an_answer_that_the_sdk_stumbles_over_is_none(service):
    service.answer = lambda _: Said('{"translations": [{"text": "bir"}]}')
    found = translate(engine(service), "one")
    assert found["r0"] == "deepl gave an answer that cannot be read (TypeError)"


@pytest.mark.parametrize("fault", ["wrong count", "truncated", "html"])
def test_a_text_that_is_spoiled_each_time_has_no_answer(service, fault):
    service.fault = lambda text: fault if "two" in text else ""
    found = translate(engine(service), "one", "two")
    assert found["r0"] == "ônê"
    assert "deepl gave" in found["r1"]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("pt-BR", "PT-BR"),
        ("pt", "PT-PT"),
        ("pt-AO", "PT-PT"),
        ("zh-TW", "ZH-HANT"),
        ("zh-Hant-HK", "ZH-HANT-HK"),
        ("de-AT", "DE"),
        ("no", "NB"),
        ("es-419", "ES-419"),
    ],
)
def test_a_locale_is_spelled_as_deepl_spells_it(service, target, code):
    translate(engine(service), "one", target=target)
    assert service.queries[0]["target_lang"] == code


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said('{"message": "target_lang is wrong"}', 400), UnsupportedLocale),
        (Said("", 403), EngineUnavailable),
        (Said("", 456), RateLimited),
        (Said("", 429, {"Retry-After": "900"}), RateLimited),
        (Said("", 500), EngineUnavailable),
        (Said(KEY), EngineUnavailable),
        (Said("", 302, {"Location": "https://evil.example"}), EngineUnavailable),
    ],
)
def test_what_deepl_answers_besides_is_one_of_ours_without_the_key(service, said, kind):
    service.answer = lambda _: said
    with pytest.raises(kind) as caught:
        translate(engine(service), "one", "two")
    assert "s3cret" not in repr(caught.value)


def test_english_into_english_asks_nobody(service):
    with pytest.raises(UnsupportedLocale):
        translate(engine(service), "one", target="en-GB")
    assert not service.asked


def test_it_can_be_asked_whether_it_is_there(service):
    engine(service).probe()
    assert service.paths == ["/v2/usage"]


def test_without_the_sdk_it_says_what_to_install(service, monkeypatch):
    importing = builtins.__import__

    def without(name, *more):
        if name == "deepl":
            raise ImportError(name)
        return importing(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineUnavailable, match="not installed: deepl"):
        translate(engine(service), "one")


def test_it_knows_whether_the_sdk_is_there(service, monkeypatch):
    assert engine(service).missing() == ""
    monkeypatch.setattr("pipeline.engines.deepl.find_spec", lambda _: None)
    assert "pip install" in engine(service).missing()


TERMS = (
    Term("graft", "greft"),
    Term("graft", "yama", "forbidden"),
    Term("stem cell", "kök hücre"),
    Term("stem cell", "ana hücre", "admitted"),
)


def with_terms(deepl, *texts, terms=TERMS, target="tr"):
    requests = [
        Request(f"r{number}", text, terms=terms[:1], glossary=terms)
        for number, text in enumerate(texts)
    ]
    return list(deepl.translate(requests, source="en", target=target))


def test_the_glossary_of_the_site_is_made_once_and_used(service):
    deepl = engine(service)
    with_terms(deepl, "one", "two")
    with_terms(deepl, "three")
    (made,) = service.glossaries.values()
    assert made["entries"].splitlines() == ["graft\tgreft", "stem cell\tkök hücre"]
    assert (made["source_lang"], made["target_lang"]) == ("EN", "TR")
    asked = [query for query in service.queries if "text" in query]
    assert {query["glossary_id"] for query in asked} == {made["glossary_id"]}
    assert service.paths.count("POST /v2/glossaries") == 1


def test_a_glossary_that_is_there_already_is_used_by_another_run(service):
    with_terms(engine(service), "one")
    with_terms(engine(service), "two", target="tr")
    assert service.paths.count("POST /v2/glossaries") == 1


def test_a_glossary_of_an_older_state_is_deleted_and_no_other(service):
    with_terms(engine(service), "one")
    with_terms(engine(service, glossary="other site"), "one")
    with_terms(engine(service), "one", target="de")
    (old, *others) = service.glossaries
    with_terms(engine(service), "two", terms=(*TERMS, Term("scalp", "saçlı deri")))
    assert old not in service.glossaries
    assert set(others) < set(service.glossaries)
    assert len(service.glossaries) == 3


def test_where_deepl_takes_no_glossary_the_terms_go_as_context(service):
    service.takes_glossaries = False
    with_terms(engine(service), "one graft")
    query = service.queries[-1]
    assert "glossary_id" not in query
    assert query["context"] == "graft = greft\none graft"


def test_a_glossary_of_ones_own_is_used_in_its_place(service):
    with_terms(engine(service, glossary_id="g-1"), "one")
    assert service.queries[-1]["glossary_id"] == "g-1"
    assert not service.glossaries


@pytest.mark.parametrize(("settings", "terms"), [({"glossary": ""}, TERMS), ({}, ())])
def test_without_terms_or_a_name_there_is_none(service, settings, terms):
    with_terms(engine(service, **settings), "one", terms=terms)
    assert not service.glossaries
    assert "/v2/glossaries" not in " ".join(service.paths)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "needs api_key_env"),
        ({"api_key": "s3cret"}, "no place for secrets"),
        ({"api_key_env": "A", "formality": "more"}, "one of formal, informal"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings, said):
    with pytest.raises(ConfigError) as caught:
        DeepL(settings)
    assert said in str(caught.value)
