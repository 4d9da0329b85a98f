import pytest

from pipeline.checks.whitespace import Whitespace
from tests.checks import remarks

GOOD = [
    ("tr", "a b", "ç d"),
    ("ar", " a\n", " ا\n"),
    ("de", "a  b", "c  d"),
    ("de", "a\tb", "c\td"),
    ("ja", "a b", "あ"),
    ("ja", " ", "あ"),
]
BAD = [
    ("tr", "a", " ç", "begins with a space"),
    ("tr", "a ", "ç", "ends with nothing"),
    ("ar", "a\n", "ا", "a line break"),
    ("ar", "a", "ا\t", "a tab"),
    ("de", "a b", "c  d", "two spaces in a row at “c  d”"),
    ("de", "a b", "c\td", "a tab"),
    ("ja", "a", "\u3000 あ", "2 blanks"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_the_sources_blanks_pass(locale, source, msgstr):
    assert remarks(Whitespace(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_other_blanks_are_told(locale, source, msgstr, said):
    found = remarks(Whitespace(), source, msgstr, locale)
    assert any(said in remark.message for remark in found)
