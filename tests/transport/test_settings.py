import pytest

from pipeline.errors import ConfigError
from pipeline.transport.settings import SERVICE_KEYS, Settings


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


@pytest.mark.parametrize(
    "key", ["api_key", "token", "apikey", "client_secret", "password", "API_KEY_"]
)
def test_a_setting_that_looks_like_a_key_is_refused_with_its_right_place(key):
    with pytest.raises(ConfigError, match="no place for secrets") as caught:
        Settings.read("mt", {key: "v3ry-s3cret"}, "api_key_env")
    assert "v3ry-s3cret" not in str(caught.value)
    assert "api_key_keyring" in caught.value.hint


@pytest.mark.parametrize(
    "value",
    [
        "sk-proj-v3ry-s3cret",
        "0123abcd-v3ry-s3cret:fx",
        "v3rys3cret0123456789abcdef",
    ],
)
def test_a_key_in_the_place_of_its_variable_is_refused_and_not_shown(value):
    with pytest.raises(ConfigError, match="not the name of a variable") as caught:
        table(api_key_env=value).key()
    assert "s3cret" not in str(caught.value)


def test_a_key_has_one_place():
    with pytest.raises(ConfigError, match="keep one of them"):
        table(api_key_env="KEY", api_key_keyring="a/b").key()
    with pytest.raises(ConfigError, match="service/user"):
        table(api_key_keyring="deepl").key()
    assert table(api_key_keyring="deepl/clinic").key().entry == "deepl/clinic"


def test_a_password_in_an_address_is_refused_and_not_shown():
    with pytest.raises(ConfigError, match="a name or a key") as caught:
        table(url="https://user:s3cret@mt.example").address("url")
    assert "s3cret" not in str(caught.value)
