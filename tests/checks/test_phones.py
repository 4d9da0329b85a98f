import pytest

from pipeline.checks.phones import Phones
from tests.checks import remarks

GOOD = [
    ("tr", "Call 0212 555 01 00.", "02125550100'ı arayın."),
    ("tr", "Call 0212 555 01 00.", "(212) 555-0100'ı arayın."),
    ("de", "Call 1-800-555-0100.", "Rufen Sie 1 800 555 0100 an."),
    ("fa", "Call 0212 555 01 00.", "با ۰۲۱۲ ۵۵۵ ۰۱ ۰۰ تماس بگیرید."),
    ("tr", "Call 0212 555 01 00.", "Bizi arayın."),
    ("tr", "It costs 1 000 000.", "1.000.000 tutar."),
    ("tr", "On 01-02-2026", "02-01-2026'da"),
    ("tr", "0.001 to 0.005 mg", "0,005 ile 0,001 mg"),
]
BAD = [
    ("tr", "Call 0212 555 01 00.", "0212 555 00 01'i arayın.", "is 0212 555 00 01"),
    ("de", "Call 1-800-555-0100.", "Rufen Sie 1-800-555-1000 an.", "is 1-800-555-1000"),
    ("ja", "Call 03-1234-5678.", "03-1234-8765に電話。", "is 03-1234-8765"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_the_same_figures_pass(locale, source, msgstr):
    assert remarks(Phones(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_other_figures_are_told(locale, source, msgstr, said):
    (remark,) = remarks(Phones(), source, msgstr, locale)
    assert said in remark.message
