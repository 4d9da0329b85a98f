import pytest

from pipeline.errors import ConfigError, EngineUnavailable
from pipeline.transport.settings import SERVICE_KEYS, Settings, read_key


def table(**values):
    return Settings("mt", values)


def test_what_every_service_has_is_filled_in():
    endurance = table().endurance(deadline=30.0)
    assert (endurance.deadline, endurance.retries, endurance.workers) == (30.0, 2, 4)
    assert (endurance.pause, endurance.rate) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("values", "read", "said"),
    [
        ({"api_key": "s3cret"}, lambda t: t.known("model"), "no place for secrets"),
        ({"modle": "x"}, lambda t: t.known("model"), "did you mean model"),
        ({"a": 1}, lambda t: t.text("a"), "text in quotes"),
        ({"a": "x"}, lambda t: t.choice("a", ("y", "z")), "one of y, z"),
        ({"a": "yes"}, lambda t: t.flag("a"), "true or false"),
        ({"a": True}, lambda t: t.number("a", 1), "number, 0 or more"),
        ({"a": float("nan")}, lambda t: t.number("a", 1), "number, 0 or more"),
        ({"a": 1.5}, lambda t: t.count("a", 1, most=9), "whole number from 0 to 9"),
        ({"a": "http://mt.example"}, lambda t: t.address("a"), "plain_http = true"),
        ({"deadline": 0}, lambda t: t.endurance(deadline=1.0), "longer than 0"),
        ({"workers": 0}, lambda t: t.endurance(deadline=1.0), "from 1 to 32"),
        ({"price_per_million": "free"}, lambda t: t.endurance(deadline=1.0), "number"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(values, read, said):
    with pytest.raises(ConfigError) as caught:
        read(table(**values))
    assert said in str(caught.value)
    assert "[engine.mt]" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_what_is_known_is_accepted():
    table(rate=1).known(*SERVICE_KEYS)
    given = table(a="b ", f=True, url="http://mt.example/", plain_http=True)
    assert given.choice("a", ("a", "b")) == "b"
    assert given.address("url") == "http://mt.example"


def test_a_key_is_read_from_its_variable(monkeypatch):
    monkeypatch.setenv("TEST_KEY", " s3cret\n")
    assert read_key("TEST_KEY", "mt") == "s3cret"
    assert read_key("", "mt") == ""


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "schlüssel"])
def test_a_key_that_cannot_be_one_is_said_without_it(monkeypatch, value):
    monkeypatch.setenv("TEST_KEY", value)
    with pytest.raises(EngineUnavailable) as caught:
        read_key("TEST_KEY", "mt")
    assert "TEST_KEY" in str(caught.value)
    assert "lines" not in caught.value.message
