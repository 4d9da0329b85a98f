import pytest

from pipeline.checks import CheckContext
from pipeline.checks.links import Links
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from tests.checks import remarks

GOOD = [
    ("tr", "[Read more](../hair.md)", "[Devamını okuyun](../hair.md)"),
    ("ar", "Call +90 555 000 00 00.", "اتصل على +90 555 000 00 00."),
    ("ar", "Call +90 555 000 00 00.", "اتصل على +٩٠ ٥٥٥ ٠٠٠ ٠٠ ٠٠."),
    ("de", "Call +90 555 000 00 00.", "Rufen Sie +905550000000 an."),
    ("de", "Write to info@clinic.example.", "Schreiben Sie an <info@clinic.example>."),
    ("ja", "See https://clinic.example/a.", "https://clinic.example/aをご覧ください。"),
    ("tr", "See https://clinic.example.", "https://clinic.example'a bakın."),
    ("tr", '<a href="x.html">Here</a>', "<a href='x.html'>Burada</a>"),
    ("tr", "[a][one] and [b][two]", "[b][two] ve [a][one]"),
    ("de", "[a](/a?x=1&amp;y=2)", "[a](/a?x=1&y=2)"),
]
BAD = [
    ("tr", "[Read](../hair.md)", "[Okuyun](../sac.md)", "../sac.md"),
    ("tr", "[Read](../hair.md)", "Okuyun", "missing"),
    ("tr", "Read", "[Okuyun](https://other.example)", "take it out"),
    ("tr", "[a](https://a.example/x)", "[a](https://b.example/x)", "another host"),
    ("ar", "[a](https://a.example/x)", "[ا](https://a.example/y)", "/y here"),
    ("ar", "Call +90 555 000 00 00.", "اتصل على +90 555 000 00 01.", "phone number"),
    ("de", "Write to info@clinic.example.", "An info@klinik.example.", "mail address"),
    ("de", "[a](https://a.example)", "[a](javascript:alert(1))", "run code"),
    ("de", "[a](https://a.example)", "[a](java&#x73;cript:alert(1))", "run code"),
    ("de", "a", "[a](data:text/html,x)", "run code"),
    ("ja", "[a](http://a.example/x)", "[a](https://a.example/y)", "/y here"),
    ("ja", "[a](https://a.example/en/x)", "[a](https://a.example/ja/y)", "/y here"),
    ("ja", "[a](https://a.example/en/x)", "[a](https://a.example/de/x)", "/de/x here"),
    ("ja", "[a](https://en.a.example)", "[a](https://ja.a.example)", "another host"),
    ("ja", "[a](https://a.example)", "[a](https://[a.example)", "another host"),
    ("ja", '<img src="a.png">', '<img src="b.png">', "b.png"),
    ("tr", "[a][one]", "[a][bir]", "[bir]"),
]


SAME_PAGE = [
    ("de", "https://a.example/x", "http://a.example/x"),
    (
        "tr",
        "https://tr.wikipedia.org/wiki/Sa%C3%A7",
        "https://en.wikipedia.org/wiki/Hair",
    ),
    ("ja", "https://a.example/ja-jp/x/", "https://a.example/en-us/x/"),
]


@pytest.mark.parametrize(("locale", "here", "there"), SAME_PAGE)
def test_the_locales_edition_of_a_page_is_a_warning(locale, here, there):
    (remark,) = remarks(Links(), f"[a]({there})", f"[b]({here})", locale)
    assert remark.severity is Severity.WARNING


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_targets_that_stay_pass(locale, source, msgstr):
    assert remarks(Links(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_a_changed_target_is_an_error(locale, source, msgstr, said):
    found = remarks(Links(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)
    assert {remark.severity for remark in found} == {None}


OURS = CheckContext("tr", hosts=frozenset({"clinic.example"}))


def ours(source, msgstr):
    return [remark.severity for remark in Links()(Message(source, (msgstr,)), OURS)]


@pytest.mark.parametrize(
    ("source", "msgstr"),
    [
        ("[a](https://clinic.example/en/)", "[a](https://clinic.example/tr/)"),
        ("[a](https://other.example/)", "[a](https://clinic.example/tr/)"),
        ("a", "[a](https://clinic.example/tr/)"),
    ],
)
def test_another_page_of_ours_is_a_warning(source, msgstr):
    assert ours(source, msgstr) == [Severity.WARNING]


@pytest.mark.parametrize(
    "target",
    [
        r"https://evil.example\@clinic.example/",
        "https://clinic.example@evil.example/",
        "//evil.example/",
        "javascript://clinic.example/%0aalert(1)",
        "https://clinic.example.evil.example/",
    ],
)
def test_a_host_that_only_looks_like_ours_is_an_error(target):
    assert ours("[a](https://clinic.example/)", f"[a]({target})") == [None]
