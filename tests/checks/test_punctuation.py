import pytest

from pipeline.checks.punctuation import Punctuation
from tests.checks import remarks

GOOD = [
    ("tr", "Is it safe?", "Güvenli mi?"),
    ("tr", "Wait...", "Bekleyin…"),
    ("tr", "He said “no.”", "“Hayır” dedi."),
    ("tr", "[More.](x.md)", "[Devamı.](x.md)"),
    ("tr", "<b>More.</b>", "<b>Devamı.</b>"),
    ("tr", "Write `a!`", "`a!` yazın"),
    ("ar", "Is it safe?", "هل هو آمن؟"),
    ("ar", "Dear {{ first_name }},", "عزيزي {{ first_name }}،"),
    ("de", "**Note:**", "**Hinweis:**"),
    ("el", "Is it safe?", "Είναι ασφαλές;"),
    ("ja", "It is safe.", "安全です。"),
    ("ja", "For example:", "例を示します。"),
    ("th", "It is safe.", "ปลอดภัย"),
]
BAD = [
    ("tr", "Is it safe?", "Güvenli.", "a question mark, this with a full stop"),
    ("tr", "It is safe.", "Güvenli", "put it at the end"),
    ("ar", "Is it safe?", "هل هو آمن", "a question mark"),
    ("de", "Hair loss", "Haarausfall.", "take it out"),
    ("de", "Wait!", "Warten Sie…", "an ellipsis"),
    ("ja", "Is it safe?", "安全です。", "a full stop"),
    ("th", "Is it safe?", "ปลอดภัย", "a question mark"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_the_same_kind_of_mark_passes(locale, source, msgstr):
    assert remarks(Punctuation(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_another_kind_of_mark_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Punctuation(), source, msgstr, locale)
    assert said in remark.message
