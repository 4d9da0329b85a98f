import pytest

from pipeline.number_words import knows_number_words, number_words


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "two tablets", "2"),
        ("en", "Twice a day", "2"),
        ("en", "twenty-five days", "25"),
        ("en", "half of them", "50"),
        ("en", "a dozen", "12"),
        ("en", "in May", "5"),
        ("en", "Phase III", "3"),
        ("en", "type I diabetes", "1"),
        ("tr", "iki tablet", "2"),
        ("tr", "İki tablet", "2"),
        ("tr", "IRMAK, altıncı", "6"),
        ("tr", "on iki saatte", "12"),
        ("tr", "ikişer", "2"),
        ("tr", "birdir", "1"),
        ("tr", "sıfırla", "0"),
        ("tr", "12 Mayıs'ta", "5"),
        ("az", "iki", "2"),
        ("de", "zweimal täglich", "2"),
        ("de", "sechsmonatig", "6"),
        ("de", "im Dezember", "12"),
        ("ar", "ثلاثة أيام", "3"),
        ("ar", "والثلاثة", "3"),
        ("ar", "ساعتين", "2"),
        ("ar", "مايو", "5"),
        ("ja", "三日", "3"),
        ("zh-Hans", "三天", "3"),
        ("fr", "Phase IV", "4"),
    ],
)
def test_a_number_word_gives_its_value(locale, text, value):
    assert value in number_words(text, locale)


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "often", "10"),
        ("en", "it may help", "5"),
        ("en", "I see", "1"),
        ("tr", "onlar", "10"),
        ("tr", "altında", "6"),
        ("tr", "Martı", "3"),
        ("ar", "سترة", "6"),
        ("sv", "två", "2"),
    ],
)
def test_another_word_gives_none(locale, text, value):
    assert value not in number_words(text, locale)


@pytest.mark.parametrize(
    ("locale", "known"),
    [("tr", True), ("de-AT", True), ("zh-Hant", True), ("sv", False)],
)
def test_the_languages_that_are_known_are_told(locale, known):
    assert knows_number_words(locale) is known
