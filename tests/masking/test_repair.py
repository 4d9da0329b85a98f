import pytest

from pipeline.masking import mask, repaired

TEXT = "Dear {{ name }}, take {{ dose }} of it"


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("[X1Xs]", "[X1X]"),
        ("[X1X'in]", "[X1X]"),
        ("[X1]", "[X1X]"),
        ("[1X]", "[X1X]"),
        ("X1X", "[X1X]"),
        ("x1x", "[X1X]"),
        ("(X1X)", "[X1X]"),
        ("{X1X}", "[X1X]"),
        ("[X1X", "[X1X]"),
        ("X1X]", "[X1X]"),
        ("⟦X1X⟧", "[X1X]"),
        ("Х1Х", "[X1X]"),
        ("X1X'in", "[X1X]'in"),
        ("[X-1-X]", "[X1X]"),
        ("[\u200eX 1 X\u200e]", "[X1X]"),
        ("[[X1X]]", "[X1X]"),
        ("\\[X1X\\]", "[X1X]"),
        ("&#91;X1X&#93;", "[X1X]"),
    ],
)
def test_a_token_with_one_reading_is_put_right(damaged, whole):
    answer = f"Sayın {damaged}, [X2X] alın"
    assert repaired(answer, mask(TEXT)) == f"Sayın {whole}, [X2X] alın"


@pytest.mark.parametrize(
    "answer",
    [
        "Sayın X1X ve X1X, [X2X] alın",
        "Sayın X11X, [X2X] alın",
        "Sayın X1Xabc, [X2X] alın",
        "Sayın 1, [X2X] alın",
        "Sayın [1], [X2X] alın",
        "Sayın, [X2X] alın",
    ],
)
def test_what_has_no_certain_reading_stays(answer):
    assert repaired(answer, mask(TEXT)) == answer


def test_a_word_of_the_source_is_no_damaged_token():
    masked = mask("The gene X1X of {{ name }}")
    answer = "{{ name }} geni X1X"
    assert repaired(answer, masked) == answer


def test_brackets_of_the_source_around_a_token_stay():
    masked = mask("Dear [{{ name }}]")
    assert repaired("Sayın [[X1X]]", masked) == "Sayın [[X1X]]"


def test_a_good_answer_stays():
    answer = "Sayın [X1X], [X2X] alın"
    assert repaired(answer, mask(TEXT)) == answer
