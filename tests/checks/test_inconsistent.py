from pipeline.checks import CheckContext
from pipeline.checks.inconsistent import Inconsistent
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

KEY = (None, "Call the clinic at once.")


def remarks(message, usual):
    context = CheckContext("tr", usual={message.key: usual})
    return list(Inconsistent()(message, context))


def test_another_translation_than_the_usual_one_is_told():
    (remark,) = remarks(Message(KEY[1], ("Ara!",)), "Hemen arayın.")
    assert remark.severity is None
    assert "“Hemen arayın.”" in remark.message


def test_of_few_words_it_is_a_note():
    (remark,) = remarks(Message("Open", ("Aç",)), "Açık")
    assert remark.severity is Severity.INFO


def test_case_and_marks_make_no_difference():
    assert remarks(Message(KEY[1], ("HEMEN arayın!",)), "Hemen  arayın.") == []


def test_what_is_not_usable_is_left_alone():
    fuzzy = Message(KEY[1], ("Ara!",), flags=("fuzzy",))
    assert remarks(fuzzy, "Hemen arayın.") == []


def test_a_long_text_is_shortened_in_the_remark():
    (remark,) = remarks(Message(KEY[1], ("Ara!",)), "Hemen arayın. " * 9)
    assert "…”" in remark.message


def test_without_a_look_beyond_the_catalog_nothing_is_said():
    message = Message(KEY[1], ("Ara!",))
    assert list(Inconsistent()(message, CheckContext("tr"))) == []
