"""Which terms stand where in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.glossary import find_terms, occurrences, preferred
from pipeline.glossary.languages.known import language
from pipeline.model.term import Term

LOCALES = ["ar", "az", "de", "en", "es", "fr", "it", "ja", "ko", "pt", "ru", "th", "tr"]


def test_terms_are_found_as_whole_words_whatever_the_case():
    terms = (Term("hair loss", "a"), Term("hair", "b"), Term("air", "c"))
    assert find_terms("Hair-loss is common", terms) == terms[:2]


def test_a_text_that_is_a_term_has_its_preferred_translations():
    terms = (Term("graft", "greft"), Term("graft", "nakil", "forbidden"))
    assert list(preferred("Graft", terms)) == ["greft"]
    assert list(preferred("A graft", terms)) == []


STEM = Term("stem cell", "kök hücre")
THERAPY = Term("stem cell therapy", "kök hücre tedavisi")
CELL = Term("cell", "hücre")


def places(text, *terms, **more):
    found = occurrences(text, terms, **more)
    return [(text[each.start : each.end], each.terms) for each in found]


def test_the_longest_term_is_shown_where_several_stand():
    text = "Stem cell therapy uses stem cells; each cell counts."
    assert places(text, CELL, STEM, THERAPY) == [
        ("Stem cell therapy", (THERAPY,)),
        ("stem cells", (STEM,)),
        ("cell", (CELL,)),
    ]


def test_all_are_found_where_all_are_asked_for():
    found = places("stem cell therapy", CELL, STEM, THERAPY, nested=True)
    assert [text for text, _ in found] == ["stem cell therapy", "stem cell", "cell"]


def test_the_rows_of_one_word_stand_together():
    rows = (Term("scalp", "saçlı deri"), Term("scalp", "kafa derisi", "forbidden"))
    assert places("The scalp", *rows) == [("scalp", rows)]


@pytest.mark.parametrize(
    "text",
    [
        "`hair`",
        "https://clinic.example/hair",
        "{{ hair }}",
        '<b class="hair">x</b>',
        "[x](hair.md)",
    ],
)
def test_what_is_no_language_has_no_terms(text):
    assert find_terms(text, (Term("hair", "saç"),)) == ()


@pytest.mark.parametrize(
    "text", ["hair. Loss", "hair, loss", "hair (loss)", "hair\n\nloss"]
)
def test_words_of_two_sentences_are_no_term(text):
    assert find_terms(text, (Term("hair loss", "saç dökülmesi"),)) == ()


@pytest.mark.parametrize(
    "text",
    ["hair-loss", "hair\u00a0loss", "**hair** loss", "<b>hair</b> loss", "hair\nloss"],
)
def test_words_that_belong_together_are(text):
    assert find_terms(text, (Term("hair loss", "saç dökülmesi"),))


def test_signs_of_a_term_are_a_part_of_it():
    terms = (Term("C++", "C++"), Term("and/or", "ve/veya"))
    assert find_terms("C and or", terms) == ()
    assert find_terms("C++ and/or D", terms) == terms


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        (Term("US", "ABD"), "the US and", True),
        (Term("US", "ABD"), "Call us", False),
        (Term("US", "ABD", case="any"), "call us", True),
        (Term("ADSCs", "ADSC"), "adscs", False),
        (Term("Iron", "Demir", case="exact"), "iron", False),
        (Term("Iron", "Demir", case="exact"), "Iron", True),
        (Term("Iron", "Demir"), "IRON", True),
    ],
)
def test_capitals_matter_where_the_row_or_the_word_asks_for_it(term, text, is_found):
    assert bool(find_terms(text, (term,))) is is_found


def test_a_term_without_a_word_is_not_looked_for():
    assert find_terms("a - b", (Term("-", "–"), Term(" ", "x"))) == ()


def test_terms_are_sought_in_the_language_of_the_source():
    assert find_terms("die Häute", (Term("Haut", "deri"),), "de")


@given(st.text(), st.lists(st.text(), max_size=3), st.sampled_from(LOCALES))
def test_no_text_and_no_term_is_too_strange(text, names, locale):
    terms = tuple(Term(name, name) for name in names)
    for of_targets in (False, True):
        for each in occurrences(
            text, terms, locale, of_targets=of_targets, nested=True
        ):
            assert 0 <= each.start < each.end <= len(text)


@given(st.sampled_from(LOCALES), st.text(st.characters(categories=["L"]), min_size=1))
def test_a_word_is_a_form_of_itself(locale, name):
    fold = language(locale).fold
    if fold(name):
        row = (Term("x", name),)
        assert occurrences(name, row, locale, of_targets=True)
