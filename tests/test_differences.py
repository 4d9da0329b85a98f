"""What differs between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.differences import differences

TEXTS = st.text(alphabet="ab .,ı7漢字\n", max_size=40)


def joined(runs, *tags):
    return "".join(text for tag, text in runs if tag in tags)


def test_a_changed_number_is_all_that_differs():
    assert differences("Wash after 3 days.", "Wash after 4 days.") == (
        ("equal", "Wash after "),
        ("delete", "3"),
        ("insert", "4"),
        ("equal", " days."),
    )


def test_words_that_are_changed_together_are_shown_together():
    assert differences("Take it now", "Take five pills") == (
        ("equal", "Take "),
        ("delete", "it now"),
        ("insert", "five pills"),
    )


def test_a_word_that_is_added_is_an_insertion_only():
    assert differences("Do scratch", "Do not scratch") == (
        ("equal", "Do "),
        ("insert", "not "),
        ("equal", "scratch"),
    )


def test_scripts_without_blanks_are_compared_by_character():
    assert ("delete", "三") in differences("三天后洗头", "四天后洗头")


def test_equal_texts_have_one_run_and_empty_ones_none():
    assert differences("Rest.", "Rest.") == (("equal", "Rest."),)
    assert differences("", "") == ()


def test_very_long_texts_are_shown_as_replaced():
    old, new = "a b " * 5000, "c d " * 5000

    assert [tag for tag, _ in differences(old, new)][:2] == ["delete", "insert"]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_runs(old, new):
    runs = differences(old, new)

    assert joined(runs, "equal", "delete") == old
    assert joined(runs, "equal", "insert") == new
    assert all(text for _, text in runs)
