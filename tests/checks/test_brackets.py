import pytest

from pipeline.checks.brackets import Brackets
from pipeline.model.finding import Severity
from tests.checks import remarks, severities

GOOD = [
    ("tr", "Wash [well] (twice).", "İyice [iki kez] (yıkayın)."),
    ("ja", "Wash (twice).", "洗います（２回）。"),
    ("de", "a) Wash. 2) Rinse.", "a) Waschen. 2) Spülen."),
    ("fr", "file(s)", "fichiers"),
    ("de", "Smile :)", "Lächeln :)"),
    ("tr", "Smile", "Gülümseyin :)"),
    ("de", "See [here](https://clinic.example)", "Siehe [hier](https://clinic.example"),
    ("ar", "With C", "مع C (With C)"),
    ("de", "Wash (twice", "Waschen (zweimal"),
    ("de", "Wash", "Waschen"),
]
BAD = [
    ("tr", "Wash (twice).", "Yıkayın (iki kez.", "bracket ( has no partner"),
    ("de", "Wash [well].", "Gut] waschen.", "bracket ] has no partner"),
    ("ja", "Wash (twice).", "洗います（２回。", "has no partner"),
    ("fr", "Wash (twice).", "Lavez deux fois.", "in brackets is in none"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Brackets(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Brackets(), source, msgstr, locale)
    assert said in remark.message


def test_an_aside_that_is_in_no_brackets_is_a_note():
    found = severities(Brackets(), "Wash (twice).", "İki kez yıkayın.", "tr")
    assert found == {Severity.INFO}
