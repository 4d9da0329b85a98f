import pytest

from pipeline.checks.dots import Dots
from tests.checks import remarks

GOOD = [
    ("tr", "Two drugs for people", "İnsanlar için iki ilaç"),
    ("tr", "WARM", "ILIK"),
    ("tr", "Iki, a name", "Iki, bir ad"),
    ("tr", "Use `Iki`", "`Iki` kullanın"),
    ("tr", "userId", "userId"),
    ("tr", "Intel", "Intel Inside"),
    ("de", "Two", "Iki"),
]
BAD = [
    ("tr", "Two", "Iki", "“Iki”"),
    ("tr", "Drug", "Ilaç", "wrong dot"),
    ("tr", "ATTENTION", "DIKKAT", "wrong dot"),
    ("tr", "information", "bılgı", "wrong dot"),
    ("tr", "closed", "kapalI", "wrong dot"),
    ("tr", "two", "i\u0307ki", "U+0307"),
    ("az", "For", "Için", "wrong dot"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Dots(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Dots(), source, msgstr, locale)
    assert said in remark.message
