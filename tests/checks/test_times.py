import pytest

from pipeline.checks.times import Times
from tests.checks import remarks

GOOD = [
    ("tr", "At 2 pm.", "Saat 14.00'te."),
    ("tr", "At 2:30 p.m.", "Saat 14:30'da."),
    ("tr", "At 2 pm.", "Öğleden sonra saat 2'de."),
    ("tr", "At 2 pm.", "Saat 2 pm."),
    ("tr", "6 p.m.", "6 ö.s."),
    ("de", "From 8 am to 6 pm.", "Von 8 bis 18 Uhr."),
    ("de", "At 12 pm.", "Um 12 Uhr."),
    ("de", "At 12 am.", "Um 0 Uhr."),
    ("de", "At 12 am.", "Um 12 Uhr nachts."),
    ("de", "At 8 am.", "Um 8 Uhr."),
    ("de", "At 2 pm.", "Um zwei."),
    ("ja", "At 2 pm.", "午後2時に。"),
    ("ru", "At 2 pm.", "В 2 часа дня."),
    ("sv", "At 2 pm.", "Klockan 2."),
    ("de", "It is 2 parts per million.", "Es sind 2 ppm."),
]
BAD = [
    ("tr", "At 2 pm.", "Saat 2'de.", "2 pm is 14:00"),
    ("tr", "At 2:30 pm.", "Saat 2.30'da.", "is 14:30"),
    ("de", "At 2 pm.", "Um 2 Uhr.", "14 Uhr"),
    ("ja", "At 2 pm.", "2時に。", "14時"),
    ("ar", "At 2 pm.", "في الساعة ٢ صباحا.", "is 14:00"),
    ("es", "At 12 am.", "A las 12.", "is 0:00"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Times(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Times(), source, msgstr, locale)
    assert said in remark.message
