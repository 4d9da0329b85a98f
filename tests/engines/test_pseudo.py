import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines import Request
from pipeline.engines.pseudo import Pseudo, pseudolocalize
from pipeline.errors import ConfigError, UnsupportedLocale
from pipeline.masking import mask


def test_accents_and_brackets_show_what_was_asked_for_translation():
    assert pseudolocalize("Hair loss", "en-XA") == "[Ĥåîŕ ļöšš öñé]"


@given(st.text(alphabet=string.ascii_letters + " ,;!?'0123456789", min_size=1))
def test_no_plain_letter_is_left(text):
    shown = pseudolocalize(text, "en-XA")
    assert not [char for char in shown if char.isascii() and char.isalpha()]


def test_every_letter_has_an_accent_of_its_own():
    shown = pseudolocalize(string.ascii_letters, "en-XA").strip("[]").split()[0]
    assert len(set(shown)) == len(string.ascii_letters)


def test_what_is_not_language_stays():
    text = (
        "Dear {{ first_name }}, see [our **page**](https://clinic.example/a) &amp; `x`"
    )
    shown = pseudolocalize(text, "en-XA")
    assert "{{ first_name }}" in shown
    assert "](https://clinic.example/a)" in shown
    assert "&amp; `x`" in shown
    assert "Ðéåŕ" in shown


MARKUP = [
    "{{ a }}",
    "[",
    "](b)",
    "**",
    "*",
    "<b>",
    "</b>",
    "`c`",
    "\n",
    "[X1X]",
    "&amp;",
]


@given(
    st.lists(st.one_of(st.text(max_size=6), st.sampled_from(MARKUP))).map("".join),
    st.sampled_from(["en-XA", "en-XB"]),
)
def test_every_text_keeps_its_placeholders(text, locale):
    shown = pseudolocalize(text, locale)
    end = 0
    for token in mask(text).tokens:
        end = shown.index(token.raw, end) + len(token.raw)


def test_a_long_text_grows_by_about_a_third():
    text = "a word " * 100
    assert 1.25 < len(pseudolocalize(text, "en-XA")) / len(text) < 1.4


def test_the_mirrored_words_are_turned_and_the_numbers_kept():
    shown = pseudolocalize("Take 12 mg, **now**", "en-XB")
    turned = "\u200f\u202e{}\u202c\u200f".format
    assert shown == f"{turned('Take')} 12 {turned('mg')}, **{turned('now')}**"


@pytest.mark.parametrize("text", ["", " ", "{{ name }}", "50 %"])
def test_a_text_without_words_stays(text):
    assert pseudolocalize(text, "en-XA") == text


def test_the_engine_answers_each_request():
    answers = Pseudo({}).translate(
        [Request("1", "Yes"), Request("2", "[X1X]No[X2X]")],
        source="en",
        target="en-XA",
    )
    assert [(answer.id, answer.text) for answer in answers] == [
        ("1", "[Ýéš öñé]"),
        ("2", "[[X1X]Ñö[X2X] öñé]"),
    ]


@pytest.mark.parametrize(("source", "target"), [("en", "tr"), ("de", "en-XA")])
def test_another_locale_is_unsupported(source, target):
    with pytest.raises(UnsupportedLocale):
        list(Pseudo({}).translate([], source=source, target=target))


def test_a_setting_is_refused():
    with pytest.raises(ConfigError, match="no settings"):
        Pseudo({"speed": 1})


def test_what_only_plays_counts_as_sent_to_nobody():
    assert not Pseudo({}).limits.is_sent
