import pytest

from pipeline.store.addresses import encoded


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://clinic.example/Health%20x/", "https://clinic.example/Health%20x/"),
        ("https://clinic.example/sağlık", "https://clinic.example/sa%C4%9Fl%C4%B1k"),
        ("https://clinic.example/%C4%B0/ş", "https://clinic.example/%C4%B0/%C5%9F"),
        ("https://sağlık.example:8443/x", "https://xn--salk-1wa3i.example:8443/x"),
        ("https://شعر.example/", "https://xn--wgbfp.example/"),
        ("https://ü@clinic.example/", "https://%C3%BC@clinic.example/"),
    ],
)
def test_an_address_is_in_ascii_as_browsers_send_it(url, sent):
    assert encoded(url) == sent
    assert encoded(sent) == sent


@pytest.mark.parametrize(
    "host", ["straße.example", "ş" * 70 + ".example", "ş..example", "\u200cش.example"]
)
def test_a_host_that_is_no_host_in_ascii_is_refused(host):
    with pytest.raises(ValueError):  # noqa: PT011 - what the codec says differs
        encoded(f"https://{host}/")
