import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.glossary import (
    STATUSES,
    compose_glossary,
    find_terms,
    parse_glossary,
    preferred,
)
from pipeline.model.term import Term

CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"])).map(str.strip)
TERMS = st.lists(
    st.builds(
        Term,
        CELLS.filter(bool),
        CELLS.filter(bool),
        st.sampled_from(STATUSES),
        CELLS,
    ),
    unique_by=lambda term: (term.source.casefold(), term.target.casefold()),
).map(tuple)


def parse(text):
    return parse_glossary(text, path="locales/tr/glossary.csv")


def test_terms_are_read_with_their_defaults():
    text = "term,translation,status,note\nhair loss,saç dökülmesi\n"
    assert parse(text) == (Term("hair loss", "saç dökülmesi"),)


def test_columns_may_stand_in_any_order_and_rows_be_empty():
    text = '\ufeffnote,Term,Translation\n"a, b",scalp,saçlı deri\n\n,,\n'
    assert parse(text) == (Term("scalp", "saçlı deri", note="a, b"),)


@given(TERMS)
def test_terms_survive_being_written(terms):
    assert parse(compose_glossary(terms)) == terms


@pytest.mark.parametrize("text", ["", "\n", "term,translation\n"])
def test_an_empty_glossary_has_no_terms(text):
    assert parse(text) == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("word,translation\n", 1, "unknown column 'word'"),
        ("term,status\n", 1, "no column 'translation'"),
        ("term,translation,term\n", 1, "column twice"),
        ("term,translation\na,b\nc,d,e\n", 3, "3 cells where the header has 2"),
        ("term,translation,status\na,b,best\n", 2, "unknown status 'best'"),
        ("term,translation\n,b\n", 2, "the term is empty"),
        ("term,translation\na\n", 2, "the translation is empty"),
        ('term,translation\na,"b\n', 2, "not CSV"),
        (
            "term,translation,status\na,b,\nA,b,forbidden\n",
            None,
            "is preferred and forbidden",
        ),
    ],
)
def test_what_is_no_glossary_is_refused_with_its_line(text, line, said):
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert said in caught.value.message
    assert (caught.value.path, caught.value.line) == ("locales/tr/glossary.csv", line)


def test_terms_are_found_as_whole_words_whatever_the_case():
    terms = (Term("hair loss", "a"), Term("hair", "b"), Term("air", "c"))
    assert find_terms("Hair-loss is common", terms) == terms[:2]


def test_a_text_that_is_a_term_has_its_preferred_translations():
    terms = (Term("graft", "greft"), Term("graft", "nakil", "forbidden"))
    assert list(preferred("Graft", terms)) == ["greft"]
    assert list(preferred("A graft", terms)) == []
