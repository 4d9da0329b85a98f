import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.masking import guard, judged, mask, unmask
from pipeline.masking.private import BUILT_IN

HIDDEN = {
    "a citizen's number of Turkey": "10000000146",
    "one with an ending": "TC10000000146",
    "one in groups": "100 000 001 46",
    "an account in groups": "TR33 0006 1005 1978 6457 8413 26",
    "an account": "GB82WEST12345698765432",
    "an account in small letters": "gb82west12345698765432",
    "a number of the United States": "078-05-1120",
    "a card": "4111 1111 1111 1111",
    "a mobile telephone": "0532 123 45 67",
    "a telephone with its area": "(0212) 555 00 00",
    "a telephone in one": "05321234567",
    "a telephone of the United States": "1-555-123-4567",
    "a short telephone": "444 0 123",
    "a telephone of the world": "+49 30 1234567",
    "a mail address": "first.last@clinic.example",
    "a mail address in Turkish": "ayşe@örnek.example",
}


@pytest.mark.parametrize("raw", HIDDEN.values(), ids=HIDDEN)
def test_personal_data_is_masked_and_comes_back(raw):
    text = f"Ask {raw} about it."
    masked = mask(text)
    assert not re.search(r"[0-9@]", re.sub(r"\[X\d+X\]", "", masked.text))
    assert unmask(masked.text, masked) == text


def test_an_account_ends_before_the_words_behind_it():
    masked = mask("Pay to TR33 0006 1005 1978 6457 8413 26 NOW PLEASE")
    assert masked.text == "Pay to [X1X] NOW PLEASE"


@pytest.mark.parametrize(
    "text",
    [
        "Take 5 mg 3 times",
        "from 10 to 20 of 100 000 000 cells",
        "on 2026-11-22 at 10.30",
        "order 12345678901",
        "1,500.5 or 0.5-10 mg",
        "CD34 cells are in the skin, CD34 CELLS ARE IN IT",
        "from 1990-2000",
    ],
)
def test_other_numbers_are_left(text):
    assert BUILT_IN.spans(text) == ()


def test_the_patterns_of_a_site_are_masked_too():
    own = guard((("file", r"K-\d{6}"), ("ward", r"Ward [A-Z]\d")))
    masked = mask("See K-123456 in Ward B2, not K-12", own)
    assert masked.text == "See [X1X] in [X2X], not K-12"


def test_personal_data_beside_and_around_markup_is_masked():
    own = guard((("file", r"file .{1,20} end"),))
    text = "A file **x** [y](a.md) end and **0532 123 45 67** `c`."
    masked = mask(text, own)
    assert unmask(masked.text, masked) == text
    assert not re.search("file|end|0532", masked.text)


@given(st.text("ab0123456789 ()-+.@[]*_<>`{}TRK/", max_size=60))
def test_whatever_is_masked_comes_back_and_nothing_private_stays(text):
    own = guard((("three", r"a[0-9]{3}"),))
    masked = mask(text, own)
    assert unmask(masked.text, masked) == text
    assert not re.search(r"a[0-9]{3}", re.sub(r"\[X\d+X\]", "\n", masked.text))


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(", "no regular expression"),
        (r"\d*", "empty"),
        ("x" * 501, "longer"),
        ("(a+)+b", "too long"),
        ("(a|aa)*b", "too long"),
        (r"(\d{1,50}){1,50}x", "too long"),
        (r"\w+\s\w+", "too long"),
        (r"(?:(?:a+)++)+b", "too long"),
        (r"(a|b)?(?=(a+)+)x", "too long"),
        (r"(?>a+)+x", "too long"),
        (r"(a)(?(1)b+|c+)\1\1d", "too long"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern, why):
    with pytest.raises(ValueError, match=why):
        judged(pattern)


@pytest.mark.parametrize(
    "pattern", [r"MRN\s?\d+", r"P-\d{6,10}", "(?:a|b)+", "(?>ab)c", "(?:ab)++c"]
)
def test_a_plain_pattern_is_taken(pattern):
    assert judged(pattern).pattern == pattern
