import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.glossary import (
    STATUSES,
    added_to_glossary,
    compose_glossary,
    parse_glossary,
    parse_rows,
)
from pipeline.glossary.table import CASES
from pipeline.model.term import Term

CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc"])).map(str.strip)
TERMS = st.lists(
    st.builds(
        Term,
        CELLS.filter(bool),
        CELLS.filter(bool),
        st.sampled_from(STATUSES),
        CELLS,
        st.sampled_from(["", "noun", "verb"]),
        st.sampled_from(["", *CASES]),
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
        ("term,translation,case\na,b,upper\n", 2, "unknown case rule 'upper'"),
        ('term,translation,note\na,b,"two\nlines"\n,c,\n', 4, "the term is empty"),
        ("term,translation,status\na,b,best\n", 2, "unknown status 'best'"),
        ("term,translation\n,b\n", 2, "the term is empty"),
        ("term,translation\na\n", 2, "the translation is empty"),
        ('term,translation\na,"b\n', 2, "not CSV"),
        (
            "term,translation,status\na,b,\nA,b,forbidden\n",
            3,
            "'b' for 'A' is forbidden here and preferred in line 2",
        ),
    ],
)
def test_what_is_no_glossary_is_refused_with_its_line(text, line, said):
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert said in caught.value.message
    assert (caught.value.path, caught.value.line) == ("locales/tr/glossary.csv", line)


def test_part_of_speech_and_case_are_columns_of_their_own():
    text = (
        "term,translation,part of speech,case rules\ngraft,greft,Noun,\nUS,ABD,,Exact\n"
    )
    assert parse(text) == (
        Term("graft", "greft", pos="noun"),
        Term("US", "ABD", case="exact"),
    )


def test_a_glossary_that_says_no_more_keeps_its_four_columns():
    assert (
        compose_glossary([Term("a", "b")])
        == "term,translation,status,note\na,b,preferred,\n"
    )


def added(text, *terms):
    there = parse_rows(text, path="there.csv")
    rows = parse_rows(compose_glossary(terms), path="new.csv")
    return added_to_glossary(text, there, rows)


def test_rows_are_added_below_what_is_there():
    text = 'Term,Translation\n"hair", saç\n'
    assert added(text, Term("Hair", "saç"), Term("a, b", "c")) == (
        text + '"a, b",c\n',
        1,
        0,
    )


def test_the_line_ends_of_the_glossary_are_kept():
    assert added("term,translation\r\na,b", Term("c", "d"))[0] == (
        "term,translation\r\na,b\r\nc,d\r\n"
    )


def test_a_glossary_without_the_column_that_is_needed_gets_it():
    text, new, changed = added("term,translation\na,b\n", Term("c", "d", "forbidden"))
    assert parse(text) == (Term("a", "b"), Term("c", "d", "forbidden"))
    assert (new, changed) == (1, 0)


def test_what_a_row_says_replaces_what_is_there_and_what_it_leaves_out_does_not():
    text, *counts = added(
        "term,translation,status,note,pos,case\na,b,,old,noun,\n",
        Term("A", "B", note="new", case="exact"),
    )
    assert parse(text) == (Term("a", "b", note="new", pos="noun", case="exact"),)
    assert counts == [0, 1]
