"""Lists stand in the order of their language's alphabet."""

import pytest

from pipeline.render.alphabet import alphabetical

ORDERS = {
    "tr": "cam çam dal gaz ğaz hız ısı iğne jel oda ödem saç şiş uyku ülser zar",
    "sv": "ask zebra år äpple öra",
    "da": "ask zebra æble ø ål aar",
    "nb": "ask zebra æble ø ål",
    "de": "apfel äpfel ast maß masse mast",
    "pl": "lato łata zebra źle żaba",
    "cs": "cena čas hora chata jas řada sada šála",
    "hu": "cukor csap dal dzéta gomb gyapot ok öböl szél tó tyúk ülő",
    "es": "nube ñandú oca",
    "en": "ear éclair eye œdema oil",
    "fr": "cote coté côte côté coudre",
    "ar": "أذن بصر ترميم تساقط جلد شعر علاج فروة كثافة ليزر نوم هرمون وقاية",
    "ru": "ёлка ель ехать игла йод",
    "uk": "гай ґанок дім езда єдність ива ірис їжак йод",
    "el": "άλφα βήτα ωμέγα",
    "fa": "بینی پوست تب چشم ژل کبد گوش",
}


@pytest.mark.parametrize("locale", ORDERS)
def test_words_stand_as_in_a_dictionary(locale):
    words = ORDERS[locale].split()
    mixed = sorted(words, reverse=True)

    assert sorted(mixed, key=lambda word: alphabetical(word, locale)) == words


def test_capitals_stand_with_their_small_letters():
    words = ["İğne", "ilaç", "ISI", "ırk", "Şeker"]

    found = sorted(words, key=lambda word: alphabetical(word, "tr"))

    assert found == ["ırk", "ISI", "İğne", "ilaç", "Şeker"]


def test_signs_and_digits_stand_before_letters():
    words = ["b", "2 days", "(a)", "a b", "ab", "10 days"]

    found = sorted(words, key=lambda word: alphabetical(word, "en"))

    assert found == ["(a)", "10 days", "2 days", "a b", "ab", "b"]


def test_marks_and_lengthening_do_not_count_in_arabic():
    assert alphabetical("شَـعر", "ar")[0] == alphabetical("شعر", "ar")[0]
    assert alphabetical("فروة", "ar")[0] == alphabetical("فروت", "ar")[0]


def test_unknown_scripts_stand_behind_the_known():
    words = ["頭皮", "z", "ω", "я"]

    assert sorted(words, key=lambda word: alphabetical(word, "ja")) == [
        "z",
        "ω",
        "я",
        "頭皮",
    ]
