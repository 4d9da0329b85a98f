import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.similarity import best, similarity


def test_only_equal_texts_are_alike_to_a_hundred():
    assert similarity("Take 5 mg.", "Take 5 mg.") == 100
    assert similarity("a" * 2000, "a" * 1999 + "b") == 99
    assert similarity("", "") == 100


def test_texts_without_a_common_character_are_not_alike():
    assert similarity("abc", "xyz") == 0


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("Take 5 mg a day.", "Take 50 mg a day.", 96),
        ("You may drink.", "You may not drink.", 87),
        ("Wash your hair.", "Close the door.", 40),
    ],
)
def test_the_score_is_the_share_of_common_characters(one, other, score):
    assert similarity(one, other) == score


@given(st.text("ab ", max_size=8), st.text("ab ", max_size=8))
@settings(max_examples=100, deadline=None)
def test_it_does_not_matter_which_text_comes_first(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert (similarity(one, other) == 100) == (one == other)


def test_the_nearest_choice_is_found():
    choices = ["Close the door.", "Take 50 mg a day.", "Take 5 mg a week."]
    assert best("Take 5 mg a day.", choices, cutoff=75) == (1, 96)


def test_an_equal_choice_is_found_among_near_ones():
    near = "a" * 999 + "b"
    assert best("a" * 1000, [near, "a" * 1000], cutoff=75) == (1, 100)


def test_the_first_of_equally_near_choices_is_taken():
    assert best("abcd", ["abcx", "abcy", "abcz"], cutoff=50) == (0, 75)


def test_what_is_not_near_enough_is_not_found():
    assert best("abcd", ["abcx", "wxyz"], cutoff=76) is None
    assert best("abcd", [], cutoff=1) is None


@given(
    st.text("abc ", max_size=8),
    st.lists(st.text("abc ", max_size=8), max_size=6),
    st.integers(1, 100),
)
@settings(max_examples=100, deadline=None)
def test_the_best_is_what_comparing_each_would_find(query, choices, cutoff):
    scores = [similarity(query, choice) for choice in choices]
    found = best(query, choices, cutoff=cutoff)
    if found is None:
        assert all(score < cutoff for score in scores)
    else:
        index, score = found
        assert score == scores[index] == max(scores) >= cutoff
