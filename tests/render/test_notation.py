"""Words and numbers between words from right to left: the quick look, and the whole."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pipeline.late import regex
from pipeline.render import isolation, notation
from pipeline.render.isolation import isolate
from pipeline.render.runs import find

PIECES = [
    *[
        "خذ",
        "و",
        "קח",
        "5",
        "37",
        "555",
        "2026",
        "0,5",
        "10:30",
        "1 000",
        "٥",
        "۵",
        "²",
    ],
    *["mg", "ml", "x", "°C", "C", "Mike", "B12", "COVID-19", "L", "é", "www.", "tel:"],
    *[".", ",", ":", "؟", "،", "!", "(", ")", "-", "–", "+", "/", "%", "×", "±", "≥"],
    *["&lt;", "&nbsp;", "{{ x }}", "*|X|*", "[[", "]]", "$", "@", "\u061c", "\n"],
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " "])).map("".join),
    max_size=12,
).map("".join)
TAGS = st.sampled_from(["<b>", "</b>", "<p>", "</p>", "<sup>", "</sup>", ""])
HTML = st.lists(st.tuples(TEXTS, TAGS).map("".join), max_size=6).map("".join)
LOCALES = st.sampled_from(["ar", "fa", "he"])


@given(TEXTS, LOCALES)
def test_what_is_plain_is_what_the_whole_expressions_find(text, locale):
    runs = list(find(text, locale))

    with patch.object(notation, "_PLAIN", regex("(?!)")):
        assert list(find(text, locale)) == runs


@given(HTML, LOCALES)
def test_a_mere_number_is_no_run(html, locale):
    isolated = isolate(html, locale=locale)

    anything = regex(rf">[^<{notation.MAY_BEGIN}]*+(?=[^<])")
    with patch.object(isolation, "_BEGINNING", anything):
        assert isolate(html, locale=locale) == isolated


def test_a_number_without_its_expressions_is_found():
    assert list(notation.tokens("خذ 37 حبة، 5 mg، +90 555 000 00 00")) == [
        ("bare", 3, 5),
        ("amount", 11, 15),
        ("number", 17, 34),
    ]
