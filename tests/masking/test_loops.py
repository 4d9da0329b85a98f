import pytest

from pipeline.masking.loops import is_loop


@pytest.mark.parametrize(
    "answer",
    [
        "hhhhhhhhhhhh",
        "Bir tablet alın alın alın alın.",
        "Saçınızı yıkayın ve saçınızı yıkayın ve saçınızı yıkayın ve saçınızı yıkayın ve",
        "günde bir, günde bir, günde bir, günde bir",
    ],
)
def test_an_answer_that_goes_round_in_circles_is_one(answer):
    assert is_loop(answer, "Take one tablet a day.")


@pytest.mark.parametrize(
    ("answer", "source"),
    [
        ("Çok, çok, çok önemli.", "Very, very important."),
        ("ha ha ha ha ha", "ha ha ha ha ha"),
        ("Ölçek: 0 0 0 0 0", "Scale: 0 0 0 0 0"),
        ("Buraya yazın: ..........", "Write here:"),
        ("", ""),
    ],
)
def test_an_answer_that_says_it_as_its_source_does_is_none(answer, source):
    assert not is_loop(answer, source)
