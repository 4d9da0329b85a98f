import pytest

from pipeline.checks import CheckContext
from pipeline.checks.hosts import Hosts
from pipeline.model.catalog import Message
from tests.checks import remarks

GOOD = [
    ("tr", "https://clinic.example", "https://clinic.example"),
    ("tr", "https://clinic.example", "https://other.example"),
    ("tr", "https://Clinic.Example", "https://clinic.example"),
    ("ru", "https://больница.example", "https://больница.example"),
    ("tr", "a@clinic.example", "b@clinic.example"),
    ("tr", "www.clinic.example", "www.clinic.example"),
    ("tr", "a", "@a // b"),
    ("de", "https://clinic.example", "https://xn--.example"),
]
BAD = [
    ("tr", "https://clinic.example", "https://clіnic.example", "looks like clinic"),
    ("tr", "https://clinic.example", "https://c1inic.example", "looks like clinic"),
    ("tr", "https://modern.example", "[a](//modem.example)", "looks like modern"),
    ("tr", "a@clinic.example", "a@clinlc.example", "looks like clinic"),
    ("tr", "Hello", "https://xn--80ak6aa92e.example", "is shown as аррӏе.example"),
    ("tr", "Hello", "https://pаypal.example", "Latin and Cyrillic letters"),
    ("tr", "Hello", "https://сосо.example", "only looks like Latin"),
    (
        "tr",
        "a",
        '<a href="https://clinic.example@bad.example">',
        "leads to bad.example",
    ),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Hosts(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Hosts(), source, msgstr, locale)
    assert said in remark.message


def test_a_host_that_looks_like_the_sites_own_is_told():
    context = CheckContext("tr", hosts=frozenset({"clinic.example"}))
    message = Message("Hello", ("https://cIinic.example",))
    (remark,) = Hosts()(message, context)
    assert "looks like clinic.example" in remark.message


def test_the_sites_own_host_passes():
    context = CheckContext("tr", hosts=frozenset({"clinic.example"}))
    assert [*Hosts()(Message("Hello", ("https://clinic.example",)), context)] == []
