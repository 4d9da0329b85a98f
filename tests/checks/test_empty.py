import pytest

from pipeline.checks import CheckContext
from pipeline.checks.empty import Empty
from pipeline.model.catalog import Message
from tests.checks import remarks


@pytest.mark.parametrize(
    ("locale", "msgstr"),
    [("tr", " "), ("ar", "\u200f"), ("de", "\u00a0\n"), ("ja", "\u3000\u200b")],
)
def test_a_translation_of_blanks_is_told(locale, msgstr):
    assert len(remarks(Empty(), "Hair", msgstr, locale)) == 1


@pytest.mark.parametrize(
    ("locale", "source", "msgstr"),
    [
        ("tr", "Hair", "Saç"),
        ("ar", "Hair", "شعر"),
        ("de", " ", " "),
        ("ja", "Hair", "髪"),
        ("ja", "Hair", ""),
    ],
)
def test_a_text_and_a_missing_one_pass(locale, source, msgstr):
    assert remarks(Empty(), source, msgstr, locale) == []


def test_a_blank_plural_form_is_named():
    message = Message("a", ("ç", " "), msgid_plural="b")
    (remark,) = Empty()(message, CheckContext("tr"))
    assert remark.message.startswith("in plural form 1:")
