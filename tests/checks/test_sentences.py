import pytest

from pipeline.checks.sentences import Sentences
from tests.checks import remarks

_LONGER = (
    "Waschen Sie Ihr Haar jeden Tag sanft mit warmem Wasser. "
    "Kaufen Sie auch gleich unser teures Shampoo."
)
GOOD = [
    (
        "tr",
        "Wash your hair gently in the morning. Do not scratch it.",
        "Saçınızı sabahları nazikçe yıkayın; onu kaşımayın lütfen.",
    ),
    ("tr", "Wash. Rinse.", "Yıkayın."),
    (
        "sw",
        "Wash your hair gently in the morning. Do not scratch it.",
        "Osha nywele.",
    ),
    (
        "de",
        "Use `pip install` and see https://clinic.example/a/b/c/d/e/f. Done.",
        "Fertig: `pip install`, https://clinic.example/a/b/c/d/e/f.",
    ),
    (
        "ja",
        "Wash your hair gently in the morning. Do not scratch the area.",
        "朝は髪をやさしく洗ってください。患部をかかないでください。",
    ),
]
BAD = [
    (
        "tr",
        "Wash your hair gently in the morning. Do not scratch the area.",
        "Saçınızı sabahları nazikçe yıkayın.",
        "the source has 2 sentences",
    ),
    (
        "ar",
        "Wash your hair gently in the morning. Do not scratch the area.",
        "اغسل شعرك برفق في الصباح.",
        "is one missing?",
    ),
    (
        "de",
        "Wash your hair gently with lukewarm water each single day.",
        _LONGER,
        "ends after 1 of these 2",
    ),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Sentences(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Sentences(), source, msgstr, locale)
    assert said in remark.message
