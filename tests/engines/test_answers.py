import pytest

from pipeline.engines import Answer


@pytest.mark.parametrize(
    ("given", "text"),
    [("iki \ud83d hap", "iki \ufffd hap"), ("iki 😀 hap", "iki 😀 hap"), (None, None)],
)
def test_an_answer_can_always_be_written(given, text):
    assert Answer("1", given).text == text
