import pytest

from pipeline.engines.deep import Deep
from pipeline.errors import ConfigError


def test_google_is_the_service_if_none_is_named():
    engine = Deep({})
    assert (engine.origin, engine.needs_network) == ("deep:google", True)
    assert engine.limits.deadline == 20.0


def test_limits_follow_the_service_and_the_settings():
    engine = Deep({"service": "mymemory", "deadline": 3})
    assert (engine.limits.characters, engine.limits.deadline) == (490, 3.0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"api_key": "s3cret"}, "api_key_env"),
        ({"servise": "google"}, "did you mean service"),
        ({"colour": "red"}, "known are service, api_key_env"),
        ({"service": "bing"}, "known are google, mymemory"),
        ({"service": 3}, "text in quotes"),
        ({"service": "pons"}, "dictionary"),
        ({"service": "microsoft"}, "needs api_key_env"),
        ({"service": "papago", "api_key_env": "A"}, "needs api_id_env"),
        ({"service": "google", "api_key_env": "A"}, "takes no api_key_env"),
        ({"service": "libre"}, "needs api_key_env"),
        ({"model": "x"}, "takes no model"),
        ({"base_url": "http://translate.example/m"}, "use https"),
        ({"base_url": "http://127.0.0.1.evil.example/m"}, "use https"),
        ({"base_url": "http://[::1"}, "use https"),
        ({"base_url": "ftp://127.0.0.1/"}, "use https"),
        (
            {"service": "chatgpt", "api_key_env": "A", "base_url": "https://a.example"},
            "takes no base_url",
        ),
        ({"deadline": 0}, "longer than 0"),
        ({"deadline": "soon"}, "must be a number"),
        ({"deadline": True}, "must be a number"),
        ({"deadline": float("nan")}, "must be a number"),
        ({"retries": 1.5}, "whole number"),
        ({"retries": 99}, "whole number"),
        ({"pause": -1}, "0 or more"),
        ({"price_per_million": "free"}, "must be a number"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(settings, said):
    with pytest.raises(ConfigError) as caught:
        Deep(settings)
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["https://translate.example/m", "http://localhost:5000/m", "http://[::1]/m"],
)
def test_https_and_this_machine_are_accepted(address):
    assert Deep({"base_url": address}).origin == "deep:google"
