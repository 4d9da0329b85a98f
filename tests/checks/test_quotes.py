import pytest

from pipeline.checks.quotes import Quotes
from pipeline.model.finding import Severity
from tests.checks import remarks, severities

GOOD = [
    ("tr", "Say “yes”.", "“Evet” deyin."),
    ("tr", "Say “yes”.", '"Evet" deyin.'),
    ("de", "Say “yes”.", "Sagen Sie »ja«."),
    ("de-CH", "Say “yes”.", "Sagen Sie «ja»."),
    ("fr", "Say “yes”.", "Dites « oui »."),
    ("sv", "Say “yes”.", "Säg ”ja”."),
    ("ja", "Say “yes”.", "「はい」と言う。"),
    ("tr", "5 inches", '5"'),
    ("tr", "See “Step 5”.", "Bakınız: “Adım 5”."),
    ("tr", 'a 5" nail', 'bir 5 " çivi'),
    ("ru", "`", "«"),
    ("de", "Say `yes` or “no”.", "Sagen Sie `yes` oder `no`."),
    ("nb", "Say “yes”.", "Si «ja»."),
    ("de", 'Say "yes.', 'Sagen Sie "ja.'),
]
BAD = [
    ("tr", "Say “yes”.", "“Evet deyin.", "has no partner"),
    ("fr", "Say “yes”.", "Dites « oui.", "has no partner"),
    ("ja", "Say yes.", "「はいと言う。", "has no partner"),
    ("es", "Say “yes sir”.", "Diga que sí.", "stands in no quotation marks"),
    ("de", "Say “yes”.", "Sagen Sie “ja”.", "write „…“"),
    ("ru", "Say “yes”.", "Скажите “да”.", "write «…»"),
    ("de-CH", "Say “yes”.", "Sagen Sie ”ja”.", "write «…»"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Quotes(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Quotes(), source, msgstr, locale)
    assert said in remark.message


def test_the_marks_of_another_language_are_a_note():
    found = severities(Quotes(), "Say “yes”.", "Sagen Sie “ja”.", "de")
    assert found == {Severity.INFO}
