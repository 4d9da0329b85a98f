import json

import pytest

from pipeline.engines import Request
from pipeline.engines.llm import Llm
from pipeline.errors import ConfigError, EngineUnavailable, RateLimited
from pipeline.model.term import Term
from tests.engines.loopback import Said
from tests.engines.misbehaviour import translation

KEY = "s3cret/+key"


def engine(service, **settings):
    given = {
        "base_url": f"{service.address}/v1",
        "model": "small",
        "pause": 0.001,
        "deadline": 10.0,
    }
    return Llm(given | settings)


def translate(llm, *texts, target="tr"):
    requests = [
        text if isinstance(text, Request) else Request(f"r{number}", text)
        for number, text in enumerate(texts)
    ]
    answers = llm.translate(requests, source="en", target=target)
    return {answer.id: answer.text or answer.why for answer in answers}


def chat(content, **more):
    message = {"content": content} | more
    return Said(json.dumps({"choices": [{"message": message}]}))


def test_texts_go_together_as_json(service):
    found = translate(engine(service), 'one <x id="1"/>', "two")
    assert found == {"r0": 'ônê <x id="1"/>', "r1": "twô"}
    (query,) = service.queries
    assert (query["model"], query["response_format"]) == (
        "small",
        {"type": "json_object"},
    )
    assert "temperature" not in query
    assert "Turkish (tr)" in query["messages"][0]["content"]
    assert service.headers[0].get("Authorization") is None


def test_what_helps_goes_with_the_texts(service, monkeypatch):
    monkeypatch.setenv("TEST_KEY", KEY)
    request = Request(
        "a",
        "Hair loss",
        context="heading 2",
        domain="articles/hair",
        terms=(Term("hair loss", "saç dökülmesi"), Term("hair", "kıl", "forbidden")),
        examples=(("Hair care", "Saç bakımı"),),
    )
    llm = engine(
        service,
        api_key_env="TEST_KEY",
        temperature=0.5,
        register="informal",
        instructions="Write for children.",
    )
    translate(llm, request)
    (query,) = service.queries
    system, user = (message["content"] for message in query["messages"])
    data = json.loads(user)
    assert data["glossary"] == [
        {"term": "hair loss", "translation": "saç dökülmesi", "status": "preferred"},
        {"term": "hair", "translation": "kıl", "status": "forbidden"},
    ]
    assert data["examples"] == [{"text": "Hair care", "translation": "Saç bakımı"}]
    assert data["articles"] == ["articles/hair"]
    assert data["texts"][0]["context"] == "heading 2"
    assert "informally" in system
    assert "Write for children." in system
    assert query["temperature"] == 0.5
    assert service.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert llm.limits.variant == "informal Write for children."


def test_swapped_answers_come_to_no_other_text(service):
    service.fault = lambda _: "swapped"
    texts = ("Take one of the red", "Take two of the red", "Then rest")
    found = translate(engine(service), *texts)
    assert found == {
        "r0": "Tâkê ônê ôf thê rêd",
        "r1": "Tâkê twô ôf thê rêd",
        "r2": "Thên rêst",
    }
    assert len(service.queries) > 1


def test_an_answer_to_another_text_is_none(service):
    def answer(_):
        key = json.loads(service.queries[-1]["messages"][-1]["content"])["texts"][0]
        entry = {"id": key["id"], "begins": "quite another text", "text": "başka"}
        return chat(json.dumps({"translations": [entry]}))

    service.answer = answer
    assert "another text" in translate(engine(service), "one")["r0"]


LIKE = "Take one of the red pills every day before"


def test_texts_that_begin_alike_are_never_in_one_call(service):
    service.fault = lambda _: "swapped"
    found = translate(engine(service), f"{LIKE} bed", f"{LIKE} lunch", "Rest")
    assert found == {
        "r0": f"{translation(LIKE)} bêd",
        "r1": f"{translation(LIKE)} lûnch",
        "r2": "Rêst",
    }


@pytest.mark.parametrize("copied", ["", "Take", "Take one of"])
def test_an_answer_that_does_not_say_whose_it_is_is_asked_for_alone(service, copied):
    texts = ("Take one of the red", "Take one of the blue", "Take one")

    def answer(_):
        data = json.loads(service.queries[-1]["messages"][-1]["content"])
        asked = [entry["text"] for entry in data["texts"]]
        wrong = [translation(text) for text in (*asked[1:], asked[0])]
        entries = [
            {"id": entry["id"], "begins": copied, "text": text}
            for entry, text in zip(data["texts"], wrong, strict=True)
        ]
        return chat(json.dumps({"translations": entries}))

    service.answer = answer
    found = translate(engine(service), *texts)
    assert found == {f"r{n}": translation(text) for n, text in enumerate(texts)}


def test_what_a_model_leaves_out_is_asked_for_again(service):
    faults = iter(["wrong count"])
    service.fault = lambda _: next(faults, "")
    found = translate(engine(service), "one", "two", "three")
    assert found == {"r0": "ônê", "r1": "twô", "r2": "thrêê"}
    assert service.asked == ["one", "two", "three", "three"]


@pytest.mark.parametrize("fault", ["truncated", "html"])
def test_a_reply_that_cannot_be_read_is_asked_for_in_halves(service, fault):
    faults = iter([fault])
    service.fault = lambda _: next(faults, "")
    found = translate(engine(service), "one", "two", "three")
    assert found == {"r0": "ônê", "r1": "twô", "r2": "thrêê"}
    assert len(service.queries) == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (chat("I'm sorry, but I cannot help with that."), "no JSON but: I'm sorry"),
        (chat('{"translations": 1}'), "JSON without translations"),
        (chat('{"translations": [{"id": "x"}, 1]}'), "left it out"),
        (chat("{" * 100), "cut or broken"),
        (chat(None), "gave no text"),
        (chat(None, refusal=f"No, {KEY}"), "the model refused: No"),
        (Said('{"choices": []}'), "cannot be read"),
        (Said("{}"), "cannot be read"),
        (Said("[]"), "cannot be read"),
    ],
)
def test_a_reply_without_translations_is_none(service, said, why):
    service.answer = lambda _: said
    found = translate(engine(service), "one")
    assert why in found["r0"]
    assert len(service.queries) <= 3


def test_two_answers_under_one_key_are_none(service):
    def answer(_):
        key = json.loads(service.queries[-1]["messages"][-1]["content"])["texts"][0]
        entries = [{"id": key["id"], "text": text} for text in ("bir", "iki")]
        return chat(f"Sure:\n```json\n{json.dumps({'translations': entries})}\n```")

    service.answer = answer
    assert "answered twice" in translate(engine(service), "one")["r0"]


def test_an_error_with_status_200_leaves_the_model(service):
    service.answer = lambda _: Said(json.dumps({"error": {"message": "quota"}}))
    with pytest.raises(EngineUnavailable, match="answered with an error: quota"):
        translate(engine(service), "one")


def test_a_limit_leaves_the_model(service):
    service.answer = lambda _: Said("", 429)
    with pytest.raises(RateLimited):
        translate(engine(service), "one")


def test_a_server_that_knows_no_json_mode_is_asked_without(service):
    def answer(text):
        if "response_format" in service.queries[-1]:
            return Said('{"error": {"message": "unknown response_format"}}', 400)
        return text.upper()

    service.answer = answer
    llm = engine(service)
    assert translate(llm, "one") == {"r0": "ONE"}
    assert translate(llm, "two") == {"r0": "TWO"}
    assert len(service.queries) == 3


@pytest.mark.parametrize(
    "said",
    [
        Said(json.dumps({"error": {"message": f"bad key {KEY}"}}), 400),
        Said(json.dumps({"error": {"message": f"bad key {KEY}"}}), 401),
        Said(json.dumps({"error": f"bad key {KEY}"})),
        chat(f"your key is {KEY}"),
    ],
)
def test_a_key_is_in_no_error(service, monkeypatch, said):
    monkeypatch.setenv("TEST_KEY", KEY)
    service.answer = lambda _: said
    try:
        shown = str(translate(engine(service, api_key_env="TEST_KEY"), "one"))
    except EngineUnavailable as error:
        shown = repr(error)
    assert shown
    assert "s3cret" not in shown


def test_it_can_be_asked_whether_it_is_there(service):
    engine(service).probe()
    assert service.paths == ["/v1/models"]


def test_equal_texts_have_keys_of_their_own(service):
    found = translate(engine(service), Request("a", "one"), Request("b", "one"))
    assert found == {"a": "ônê", "b": "ônê"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"model": "small"}, "needs base_url"),
        ({"base_url": "http://127.0.0.1:1/v1"}, "needs model"),
        ({"base_url": "http://mt.example/v1", "model": "m"}, "plain_http"),
        ({"base_url": "https://a.example", "model": "m", "batch": 0}, "from 1 to 100"),
        ({"base_url": "https://a.example", "model": "m", "register": "x"}, "formal"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings, said):
    with pytest.raises(ConfigError) as caught:
        Llm(settings)
    assert said in str(caught.value)
