import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import registry
from pipeline.characters import (
    DIGIT,
    HIDDEN,
    NO_LETTER,
    WWW,
    ZEROS,
    has_digit,
    hidden,
    letter_count,
    signs,
)
from pipeline.checks import PLURAL
from pipeline.placeholders import find

EVERY = [chr(code) for code in range(sys.maxunicode + 1)]
STAND_INS = {
    NO_LETTER: " ",
    DIGIT: "7",
    ZEROS: "a 00",
    WWW: "www.clinic.example",
    HIDDEN: "\u200e",
}


def test_a_plain_sentence_has_no_signs():
    assert signs("Wash your hands, please!") == frozenset()
    assert signs("اغسل يديك، من فضلك.") == frozenset()


def test_figures_and_what_nobody_sees_are_signs_whatever_they_are():
    assert signs("5 mg") == signs("7 mg") == {DIGIT}
    assert signs("٣") >= {DIGIT}
    assert signs("a\u202eb") >= {HIDDEN}


def test_every_decimal_digit_is_a_sign():
    assert [each for each in EVERY if each.isdecimal() and not has_digit(each)] == []


def test_everything_hidden_is_a_sign():
    missed = [
        each for each in EVERY if hidden.match(each) and HIDDEN not in signs(each)
    ]
    assert missed == []


@pytest.mark.parametrize("name", registry.checks())
def test_what_a_check_asks_for_is_a_sign(name):
    for sign in getattr(registry.checks()[name], "signs", frozenset()) - {PLURAL}:
        assert sign in signs(STAND_INS.get(sign, sign))


def test_letters_and_figures_of_every_script_are_counted():
    assert letter_count("".join(EVERY)) == sum(map(str.isalnum, EVERY))
    assert letter_count("5 mg, once_daily!") == len("5mgoncedaily")


@given(st.text(st.sampled_from("aé5٣۷²½五 \n")))
def test_a_digit_is_what_a_regular_expression_takes_for_one(text):
    assert has_digit(text) == bool(re.search(r"\d", text))


@given(st.text(st.characters(exclude_characters="0123456789")))
def test_a_text_without_signs_has_no_placeholder(text):
    assert signs(text) or find(text) == ()
