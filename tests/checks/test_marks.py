import pytest

from pipeline.checks.marks import Marks
from tests.checks import remarks

GOOD = [
    ("ar", "Why, and how?", "لماذا، وكيف؟"),
    ("ar", "1,000", "1,000"),
    ("ar", "See `a?`", "انظر `a?`"),
    ("fa", "Why?", "چرا؟"),
    ("es", "Why?", "¿Por qué?"),
    ("es", "See a?b=c", "Vea a?b=c"),
    ("es", "A! B!", "¡A! ¡Be!"),
    ("ja", "Use v1.2.", "v1.2を使う。"),
    ("zh-Hans", "Safe.", "安全。"),
    ("el", "Why?", "Γιατί;"),
    ("hy", "For example:", "Օրինակ:"),
    ("hy", "Safe.", "Անվտանգ է։"),
    ("de", "Why?", "Warum?"),
]
BAD = [
    ("ar", "Why?", "لماذا?", "is ؟"),
    ("ar", "Soap, water", "صابون, ماء", "is ،"),
    ("ur", "Soap; water", "صابن; پانی", "is ؛"),
    ("es", "Why?", "Por qué?", "opened by ¿"),
    ("es", "Stop!", "Pare!", "opened by ¡"),
    ("ja", "Soap, water", "石鹸,水", "is 、"),
    ("zh-Hans", "Safe.", "安全.", "is 。"),
    ("el", "Why?", "Γιατί?", "is ;"),
    ("hy", "Safe.", "Անվտանգ է:", "is ։"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Marks(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Marks(), source, msgstr, locale)
    assert said in remark.message
