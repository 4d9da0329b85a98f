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
    "hr": "cilj čaj ćuprija dom džep đak luk ljeto nos njiva sol šuma zub žaba",
    "bs": "cilj čaj ćuprija dom džep đak luk ljeto nos njiva sol šuma zub žaba",
    "sr-Latn": "cilj čaj ćuprija dom džep đak luk ljeto nos njiva sol šuma zub žaba",
    "sr-Latn-RS": "cilj čaj dom džep đak",
    "sr": "дан ђак лук љето нос њива тело ћуд час џеп шума",
    "sl": "cena čaj dan sol šola zob žaba",
    "sk": "auto ästet cesta čas hora chata ok ôsmy rok sol šaty zub žaba",
    "ro": "azi ăsta âtlet iaz înger sută șase şasesprezece tobă țară",
    "fi": "apu olut vene werner zen åbo äiti öljy",
    "et": "sool šokk zebra žanr tool vesi õun äär öö üks xenon yks",
    "az": "cam çay el ədəd gül ğ həb xəbər ısı inci kol qab oda öd sal şal ud üz zor",
    "lv": "cena čau gads ģimene ilgs ymir īss koks ķērpis lapa ļoti nams ņemt sals šalle zāle žagas",
    "lt": "cukrus čia ilgas ypač jis sala šalis zona žala",
    "is": "auga ár dagur ðe eldur él ilmur ís opna ós ull úr yfir ýta þak æð öl",
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


@pytest.mark.parametrize(
    ("locale", "ordered"),
    [
        ("hr", "Cilj Čaj Ćuprija Dom DŽEP Džep Đak LUK LJETO Ljeto Njiva"),
        ("sk", "Hora CHATA Chata Jas"),
        ("az", "Cam Çay Ədəd Isı İnce Zor"),
        ("ro", "Sută Șase Tobă Țară"),
        ("fi", "Apu Olut Zen Åbo Äiti Öljy"),
        ("hu", "Gomb GYAPOT Hó"),
    ],
)
def test_letters_of_several_characters_and_accents_may_be_capitals(locale, ordered):
    words = ordered.split()
    mixed = sorted(words, reverse=True)

    assert sorted(mixed, key=lambda word: alphabetical(word, locale)) == words


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
