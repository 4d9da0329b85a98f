"""How long a text takes to read."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.reading import reading_minutes


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        ("", 1),
        ("<p>word</p>\n" * 500, 2),
        ("<p>word</p>\n" * 501, 3),
        ("<p>wo<b>rd</b>.</p>\n" * 501, 3),
        ("<p>5\u00a0mg</p>\n" * 251, 3),
        ("<p>5\u2009mg</p>\n" * 251, 3),
        ("<p>5&nbsp;mg</p>\n" * 251, 3),
        (f"<p>{'字' * 1124}</p>", 3),
        (f"<p>{'字 ' * 1125}</p>", 8),
    ],
)
def test_words_take_time_and_so_do_characters_where_they_are_dense(html, minutes):
    assert reading_minutes(html) == minutes


# What is a blank, may be a part of one in UTF-8, or is next to the dense characters.
SIGNS = st.one_of(
    st.characters(),
    st.sampled_from("\x1c\x1f\x85\xa0\u1680\u2000\u2028\u202f\u205f\u3000\u200b\ufeff"),
    st.sampled_from("\u303f\u3040\ud7af\ud7b0\udfff\x00 \t\n\x0b-<>&;'°’–éıي字😀"),
    st.sampled_from([" ", "  ", "word", " a ", "<b>", "</b>\n", "&nbsp;", "&#x3042;"]),
)


@given(st.lists(SIGNS, max_size=30).map("".join), st.integers(1, 400))
def test_it_is_counted_as_the_standard_library_parts_words(text, times):
    html = text * times
    seen = unescape(re.sub("<[^>]*>", "", html))
    dense = sum("\u3040" <= char <= "\ud7af" for char in seen)
    assert reading_minutes(html) == max(1, round(len(seen.split()) / 200 + dense / 450))
