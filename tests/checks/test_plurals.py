import pytest

from pipeline.checks import CheckContext
from pipeline.checks.plurals import Plurals
from pipeline.model.catalog import Message


def plural(locale, nplurals, *forms):
    message = Message("%d day", forms, msgid_plural="%d days")
    return list(Plurals()(message, CheckContext(locale, nplurals=nplurals)))


@pytest.mark.parametrize(
    ("locale", "nplurals", "forms"),
    [
        ("tr", 2, ("%d gün", "%d gün")),
        ("tr", 1, ("%d gün",)),
        ("ar", 6, ("أ", "ب", "ت", "ث", "ج", "ح")),
        ("de", 2, ("%d Tag", "%d Tage")),
        ("ja", 1, ("%d日",)),
    ],
)
def test_as_many_forms_as_the_header_says_pass(locale, nplurals, forms):
    assert plural(locale, nplurals, *forms) == []


@pytest.mark.parametrize(
    ("locale", "nplurals", "forms"),
    [
        ("tr", 2, ("%d gün",)),
        ("ar", 6, ("أ", "ب")),
        ("de", 2, ("%d Tag", "%d Tage", "%d Tage")),
        ("ja", 1, ("%d日", "%d日")),
    ],
)
def test_another_number_of_forms_is_told(locale, nplurals, forms):
    (remark,) = plural(locale, nplurals, *forms)
    assert f"the header says {nplurals}" in remark.message


def test_an_empty_form_among_others_is_named():
    (remark,) = plural("de", 2, "%d Tag", "")
    assert remark.message == "plural form 1 is empty; fill it in"


def test_forms_that_are_all_empty_are_untranslated():
    assert plural("de", 2, "", "") == []


def test_forms_of_a_message_without_plural_are_told():
    message = Message("day", ("Tag", "Tage"))
    assert len(list(Plurals()(message, CheckContext("de")))) == 1


def test_a_message_without_plural_passes():
    assert list(Plurals()(Message("day", ("Tag",)), CheckContext("de"))) == []
