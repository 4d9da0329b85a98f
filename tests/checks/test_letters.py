import pytest

from pipeline.checks.letters import Letters
from tests.checks import remarks

GOOD = [
    ("tr", "Wash", "Yıkayın"),
    ("ru", "Wash", "Мойте"),
    ("ru", "IP addresses", "IP-адреса"),
    ("de", "5 µg α-blocker", "5 μg α-Blocker"),
    ("de", "5 mΩ", "5 mΩ"),
    ("tr", "Москва is a city", "Москва bir şehirdir"),
    ("fa", "Book", "کتاب"),
    ("ar", "My book", "كتابي"),
    ("ar", "A کتاب", "کتاب"),
    ("ja", "ABC", "ＡＢＣ"),
    ("ro", "Stop", "Oprește"),
    ("sr", "I am here", "Овде сам"),
    ("sr", "echo [arg]", "echo [арг]"),
    ("mk", "I am a doctor", "Јас сум лекар"),
]
BAD = [
    ("tr", "Wash", "Yıkаyın", "two alphabets"),
    ("ru", "Wash", "Mойте", "two alphabets"),
    ("el", "Wash", "Πλύvετε", "two alphabets"),
    ("de", "Hands", "Ηände", "two alphabets"),
    ("ru", "Wash", "Мoйτе", "two alphabets"),
    ("de", "Oh", "осе ist hier", "looks like oce"),
    ("tr", "Stop", "\U0001d403ur \U0001d403\U0001d402", "no search finds"),
    ("de", "Stop", "ＨＡＬＴ", "no search finds"),
    ("fa", "Book", "كتاب", "write ک"),
    ("ar", "Book", "کتابي", "write ك"),
    ("tr", "Cancer", "Kanser kalmadı, geçmiș", "write ş"),
    ("ar", "a", "please wash both hands with soap", "no letter of its language"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Letters(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Letters(), source, msgstr, locale)
    assert said in remark.message
