import pytest

from pipeline.checks.unchanged import Unchanged
from tests.checks import remarks

GOOD = [
    ("tr", "Hair loss", "Saç dökülmesi"),
    ("tr", "Minoxidil", "Minoxidil"),
    ("tr", "Bay Area Clinic", "Bay Area Clinic"),
    ("tr", "University of Vienna", "University of Vienna"),
    ("ar", "{{ first_name }} {{ last_name }}", "{{ first_name }} {{ last_name }}"),
    ("de", "info@clinic.example or www.clinic.example", "same"),
    ("de", "`publish build now`", "`publish build now`"),
    ("de", "source/articles/hair loss.md", "source/articles/hair.md"),
    ("ja", "5 mg 10 ml", "5 mg 10 ml"),
    ("en-GB", "Hair loss is common", "Hair loss is common"),
]
BAD = [
    ("tr", "Hair loss is common."),
    ("tr", "Contact us"),
    ("ar", "Dear {{ first_name }}, welcome back"),
    ("de", "**Understanding** hair loss"),
    ("ja", "What are stem cells?"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_names_and_translations_pass(locale, source, msgstr):
    assert remarks(Unchanged(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source"), BAD)
def test_source_text_is_told(locale, source):
    assert len(remarks(Unchanged(), source, source, locale)) == 1
