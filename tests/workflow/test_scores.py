import pytest

from pipeline.errors import UsageError
from pipeline.workflow import scores as module
from pipeline.workflow.scores import require_sacrebleu, scores

TEXTS = ["Saçınızı üç gün sonra yıkayın.", "Akşamları ilacınızı alın."]


def test_equal_texts_have_the_best_scores():
    found = scores(TEXTS, TEXTS)
    assert found is not None
    assert (found.chrf, found.ter, found.edits) == (100.0, 0.0, 0.0)


def test_the_scores_are_those_of_the_field():
    found = scores(["Saçınızı dört gün sonra yıkayın."], TEXTS[:1])
    assert found is not None
    # One word of five was changed; "üç" to "dört" takes four of 32 characters.
    assert found.ter == pytest.approx(20.0)
    assert found.edits == pytest.approx(4 / 32)
    assert 50 < found.chrf < 100


def test_without_texts_there_is_no_score():
    assert scores([], []) is None


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as caught:
        require_sacrebleu()
    assert "publish[compare]" in caught.value.hint
