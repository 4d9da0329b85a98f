import pytest

from pipeline.checks.unsafe import Unsafe
from pipeline.model.finding import Severity
from tests.checks import remarks

GOOD = [
    ("tr", "Take 5 mg.", "5 mg alın."),
    ("tr", "data: 5, on = 3", "veri: data: 5, on = 3"),
    ("tr", "JavaScript: a language", "JavaScript: bir dil"),
    ("tr", "<b>a</b>", "<b>a</b> (online = çevrimiçi)"),
    ("tr", '<b style="x">a</b>', '<b style="x">a</b>'),
    ("ar", "Call Mike.", "اتصل بـ \u2068Mike\u2069."),
    ("ar", "C++", "\u200fC++\u200e"),
    ("fa", "books", "کتاب\u200cها"),
    ("hi", "a", "क्\u200dष"),
    ("ja", "a b", "あ\u200bい"),
    ("de", "family", "Familie \U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ("de", "a\u200bb", "a\u200bb"),
    ("de", "hairdresser", "Haar\u00adschneider"),
]
BAD = [
    ("tr", "a", "<script>alert(1)</script>", "<script>"),
    ("tr", "a", "<SCRIPT src=x>", "<script>"),
    ("tr", "a", '<b onclick="x()">a</b>', "onclick"),
    ("tr", "a", "<img src=x onerror=alert(1) '>", "onerror"),
    ("tr", "a", '<b style="color:red">a</b>', "style"),
    ("ar", "12 mg", "<bdo dir=rtl>12 mg</bdo>", "<bdo>"),
    ("ar", "12 mg", "\u202e12 mg\u202c", "RIGHT-TO-LEFT OVERRIDE"),
    ("ar", "a", "\u2068a", "FIRST STRONG ISOLATE"),
    ("ar", "a", "\u2069a\u2068", "POP DIRECTIONAL ISOLATE"),
    ("ar", "a", "\u2067a\u2069", "RIGHT-TO-LEFT ISOLATE"),
    ("de", "a", "<iframe src=x></iframe>", "<iframe>"),
    ("de", "a", "[a](javascript:alert(1))", "javascript:"),
    ("de", "a", "[a](java&Tab;script&colon;alert(1))", "javascript:"),
    ("de", "a", "[a]( <data:text/html,x>)", "data:"),
    ("de", "a", '<a href="vbscript:x">a</a>', "vbscript:"),
    ("de", "a", "[x]: javascript:alert(1)", "javascript:"),
    ("de", "a", "a\u200cb", "NON-JOINER"),
    ("de", "a", "\u200ba", "at the start"),
    ("ja", "a", "a\x00b", "U+0000"),
    ("ja", "a", "a\ufeffb", "NO-BREAK"),
    ("tr", "a", "a\u200eb", "LEFT-TO-RIGHT MARK"),
    ("tr", "a", "a\ue000b", "U+E000"),
    ("tr", "a", "a\U000e0041b", "TAG LATIN"),
    ("tr", "<script>", "<script><script>", "<script>"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_the_language_needs_passes(locale, source, msgstr):
    assert remarks(Unsafe(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_runs_or_misleads_is_named(locale, source, msgstr, said):
    found = remarks(Unsafe(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)


def test_the_place_of_an_invisible_character_is_told():
    (remark,) = remarks(Unsafe(), "Take 12 mg", "Günde 12 mg\u202e alın")
    assert "after “Günde 12 mg”" in remark.message


def test_what_has_no_width_and_turns_nothing_round_is_a_warning():
    (remark,) = remarks(Unsafe(), "a b", "a \u200bb", "tr")
    assert remark.severity is Severity.WARNING


def test_closed_embeddings_are_a_warning_in_text_from_right_to_left():
    found = remarks(Unsafe(), "12 mg", "\u202a12 mg\u202c", "ar")
    assert {remark.severity for remark in found} == {Severity.WARNING}
    found = remarks(Unsafe(), "12 mg", "\u202b12 mg", "ar")
    assert {remark.severity for remark in found} == {None}
