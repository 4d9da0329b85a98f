import pytest

from pipeline.checks.apostrophes import Apostrophes
from tests.checks import remarks

GOOD = [
    ("tr", "5 of them", "5'i"),
    ("tr", "In 2026", "2026’da"),
    ("tr", "{name}'s", "{name}'in"),
    ("tr", "%(name)s's", "%(name)s'in"),
    ("tr", "5 cm", "5 cm"),
    ("tr", "Section 2a", "2a bölümü"),
    ("tr", "See https://clinic.example/10da", "Bakınız: https://clinic.example/10da"),
    ("tr", "Turkish", "Türkiyeli"),
    ("fr", "water", "l'eau d'ici"),
    ("fr", "‘It’s’ 'it's'", "l’eau 'd'ici"),
    ("de", "In 2026", "2026da"),
]
BAD = [
    ("tr", "In 2026", "2026da", "2026'da"),
    ("tr", "5 of them", "5i", "5'i"),
    ("tr", "Fifth", "5inci", "5'inci"),
    ("tr", "{name}'s", "{name}in", "}'in"),
    ("tr", "%(name)s's", "%(name)sin", "%(name)s'in"),
    ("tr", "From Istanbul", "İstanbuldan", "İstanbul'dan"),
    ("tr", "Of Turkey and Europe", "Türkiye'nin, Avrupa’nın", "both"),
    ("fr", "water", "l’eau et l'huile", "both"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Apostrophes(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Apostrophes(), source, msgstr, locale)
    assert said in remark.message
