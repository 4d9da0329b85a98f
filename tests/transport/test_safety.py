import pytest

from pipeline.transport.safety import is_loopback, is_safe, said_in, scrub, shortened


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "file:///etc/passwd",
        "",
        "127.0.0.1",
        "http://mt.example/",
        "http://127.0.0.1.evil.example/",
        "https://key:secret@mt.example/",
        "https://mt.example:0/",
        "https://mt.example:port/",
        "http://[::1",
    ],
)
def test_what_is_no_safe_address_is_known(address):
    assert not is_safe(address)


def test_plain_http_is_safe_where_it_is_asked_for():
    assert is_safe("http://mt.example/", plain_http=True)


@pytest.mark.parametrize("spelled", ['k/y "1', "k%2Fy%20%221", "k%2Fy+%221"])
def test_a_key_is_struck_out_however_it_is_spelled(spelled):
    assert scrub(f"key={spelled}&", ['k/y "1', ""]) == "key=***&"


def test_a_long_text_of_a_service_is_cut():
    assert len(shortened("word\n" * 100)) == 160


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"error": "no"}', "no"),
        ('{"error": {"message": "no"}}', "no"),
        ('{"message": "no"}', "no"),
        ('{"detail": "no"}', "no"),
        ('{"error": [1]}', ""),
        ("<html>", ""),
        ("[" * 100_000, ""),
    ],
)
def test_what_a_service_says_is_wrong_is_found(text, said):
    assert said_in(text) == said
