import pytest
from hypothesis import given

from pipeline.masking import sentences, without_emphasis
from tests.masking.test_tokens import TEXTS


@given(TEXTS)
def test_sentences_and_gaps_are_the_text(text):
    if pieces := sentences(text):
        assert pieces.joined(pieces.texts) == text


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Take two. Then rest.", ("Take two.", "Then rest.")),
        ("  Take two! Rest.\n", ("  Take two!", "Rest.\n")),
        ("Take **two.** Then rest.", ("Take **two.**", "Then rest.")),
        ("Really? **Yes.** {{ a }} waits.", ("Really?", "**Yes.**", "{{ a }} waits.")),
        ("**Take two. Then rest.** Now go.", ("**Take two. Then rest.**", "Now go.")),
        ("Take 5. “Then” rest.", ("Take 5.", "“Then” rest.")),
    ],
)
def test_a_text_is_cut_into_sentences(text, texts):
    pieces = sentences(text)
    assert pieces is not None
    assert (pieces.texts, pieces.how) == (texts, "sentence by sentence")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Take **two** of {{ a }}", "Take two of {{ a }}"),
        (" _Dr. Mo_ waits", " Dr. Mo waits"),
        ("**One. two.**", "One. two."),
    ],
)
def test_a_sentence_loses_its_emphasis(text, plain):
    assert sentences(text) is None
    pieces = without_emphasis(text)
    assert pieces is not None
    assert (pieces.texts, pieces.how) == ((plain,), "without emphasis")
    assert pieces.joined(("Al",)) == "Al"


@pytest.mark.parametrize("text", ["Take two", "See [this](a.md)", "<b>Take</b> two"])
def test_what_is_simple_cannot_be_made_simpler(text):
    assert sentences(text) is None
    assert without_emphasis(text) is None
