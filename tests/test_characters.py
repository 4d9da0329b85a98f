import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.characters import characters, has_digit


@given(st.text())
def test_the_characters_are_those_of_the_text(text):
    assert characters(text) == set(text)


@given(st.text(st.sampled_from("aé5٣۷²½五 \n")))
def test_a_digit_is_what_a_regular_expression_takes_for_one(text):
    assert has_digit(text) == bool(re.search(r"\d", text))
