import pytest

from pipeline.masking import carry_numbers
from pipeline.masking.numbers import have_equal_numbers, with_target_separators


@pytest.mark.parametrize(
    ("text", "answer", "locale"),
    [
        ("Take 5 mg", "5 mg alın", "tr"),
        ("1,500.5 ml", "1.500,5 ml", "tr"),
        ("1,500.5 ml", "1\N{NARROW NO-BREAK SPACE}500,5 ml", "fr"),
        ("1,500.5 ml", "1500,5 ml", "tr"),
        ("1,500.5 ml", "١٬٥٠٠٫٥ مل", "ar"),
        ("50% of 3", "3'ün %50'si", "tr"),
        ("0.5 to 1.25", "0,5 ila 1,25", "tr"),
        ("on 3/12/2026", "3.12.2026 tarihinde", "tr"),
        ("2 million cells", "2 milyon hücre", "tr"),
        ("2 million cells", "2 miljoonaa solua", "fi"),
        ("no number", "sayı yok", "tr"),
    ],
)
def test_the_same_numbers_written_another_way_are_equal(text, answer, locale):
    assert have_equal_numbers(text, answer, source="en", target=locale)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Take 5 mg", "50 mg alın"),
        ("1.5 mg", "15 mg"),
        ("5 mg twice, 5 days", "5 mg iki kez"),
        ("6 hours", "12 saat"),
        ("2 million", "2 bin"),
        ("none", "1"),
    ],
)
def test_changed_numbers_are_not_equal(text, answer):
    assert not have_equal_numbers(text, answer, source="en", target="tr")


@pytest.mark.parametrize(
    ("text", "answer", "locale", "written"),
    [
        ("Take 1,500 mg", "Tomar 1,500 mg", "es", "Tomar 1.500 mg"),
        ("1,500.5 or 2,000", "1,500.5 o 2,000", "es", "1,500.5 o 2.000"),
        ("Take 2.500 mg", "Tomar 2.500 mg", "es", "Tomar 2,500 mg"),
        ("Take 1.5 mg", "Tomar 1.5 mg", "es", "Tomar 1.5 mg"),
        ("Take 1,500 mg", "Tomar 1.500 mg", "es", "Tomar 1.500 mg"),
        ("Take 1,500 mg", "1,500 mg", "ja", "1,500 mg"),
        ("See 1,500", "Ver 1,5001 y 11,500", "es", "Ver 1,5001 y 11,500"),
    ],
)
def test_copied_numbers_are_written_as_the_target_writes_them(
    text, answer, locale, written
):
    found = with_target_separators(text, answer, source="en", target=locale)
    assert found == written


def test_numbers_are_carried_into_a_translation_of_the_same_sentence():
    carried = carry_numbers(
        "Take 5 mg for 3 days", "3 gün 5 mg", "Take 10 mg for 3 days"
    )
    assert carried == "3 gün 10 mg"


@pytest.mark.parametrize(
    ("source", "translation", "other"),
    [
        ("Take 5 mg", "5 mg al", "Take 5 mg"),
        ("Take 5 mg", "5 mg al", "Use 10 mg"),
        ("Take 5 mg", "beş mg al", "Take 10 mg"),
        ("Take 5 or 5 mg", "5 mg al", "Take 5 or 10 mg"),
        ("Take 5 mg", "5 mg, 5 al", "Take 10 mg"),
        ("Take 0.5 mg", "0,5 mg al", "Take 1.5 mg"),
        ("Take 5 mg", "5 mg al", "Take 1,5,6 mg"),
    ],
)
def test_numbers_are_not_carried_where_it_is_not_certain(source, translation, other):
    assert carry_numbers(source, translation, other) is None
