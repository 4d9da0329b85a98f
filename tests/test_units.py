import re

import pytest

from pipeline import units
from pipeline.units import may_have_more_words, unit_at, units_in

CASES = [
    ("mg twice", "mg"),
    ("mV", "mV"),
    ("milligrams", "mg"),
    ("dakika", "minute"),
    ("DAKİKA", "minute"),
    ("İnç", "in"),
    ("international units", "IU"),
    ("wks", "week"),
    ("Grad Celsius", "°C"),
    ("Stunden", "hour"),
    ("секунд", "second"),
    ("ساعات", "hour"),
    ("روز", "day"),
    ("バイト", "byte"),
    ("bitlik", "bit"),
    ("bitten", "bit"),
    ("volttan", "V"),
    ("voltluk", "V"),
    ("günde", "day"),
    ("yıldır", "year"),
    ("gramın", "g"),
    ("grammes", "g"),
    ("percentage", "%"),
    ("s'de", "second"),
    ("To", "TB"),
    ("日間", "day"),
    ("天然后", "day"),
    ("octets", "byte"),
    ("in the morning", ""),
    ("mgx", ""),
    ("apples", ""),
]
OTHER_WORDS = (
    *("bitte", "bitti", "bitince", "volta", "volte", "voltas", "voltes", "voltooide"),
    *(
        "grammar",
        "gramer",
        "grammatische",
        "gramatyczne",
        "gramíneas",
        "грамматических",
    ),
    *("percentile", "per centimetre", "per centre", "per century", "por ciencia"),
    *("процентиль", "güncelleme", "gündem", "gündüz", "yıldızlı", "yılan"),
    *("Fußbad", "Zollbeamte", "s'il", "s’appliquent", "ملغاة", "عاملا", "عامة"),
    *("日本人", "日曜日", "天然", "周年", "周期", "分之", "時間帯", "To 3"),
    *("º mês", "° mese"),
)


@pytest.mark.parametrize(("text", "unit"), CASES)
def test_a_unit_is_known_by_its_symbol_or_its_word(text, unit):
    assert unit_at(text, 0)[0] == unit


@pytest.mark.parametrize("text", OTHER_WORDS)
def test_another_word_that_begins_as_a_unit_is_none(text):
    assert unit_at(text, 0) == ("", 0)


def test_the_case_of_a_symbol_counts():
    assert unit_at("MW", 0)[0] != unit_at("mW", 0)[0]


def test_units_are_found_anywhere():
    assert units_in("every few hours, for two weeks") >= {"hour", "week"}


def test_no_unit_is_missed_for_the_letter_that_it_begins_with():
    def all_of(table, end=""):
        found = (f"(?P<u{i}>{each})" for i, each in enumerate(table.values()))
        return f"(?:{'|'.join(found)}){end}"

    symbols = re.compile(all_of(units.SYMBOLS, units._SPECIAL))
    words = re.compile(all_of(units.WORDS), re.IGNORECASE)
    both = [*units.SYMBOLS.values(), *units.WORDS.values()]
    plain = {part for each in both for part in re.split(r"[^\w' °º℃%]+", each) if part}
    for text in {form(part) for part in plain for form in (str, str.upper, str.title)}:
        found = symbols.match(text) or words.match(text)
        assert units.unit_at(text, 0)[1] == (found.end() if found else 0), text


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "mm Hg",
            "international unit",
            "internationaler Einheit",
            "per cent",
        ),
        *("national unit", "uluslararası ünite", "وحدة دولية", "في المئة", "في المائة"),
        *("ب المئة", "pour cent", "por cien", "degrees celsius", "derece santigrat"),
        *("grad celsius", "degrés celsius", "grados celsius", "درجة مئوية"),
        *("مللي ثانية", "rotations per min", "revolution per min"),
    ],
)
def test_the_first_word_of_a_unit_may_have_more(unit):
    assert unit_at(unit, 0)[1] == len(unit)
    assert may_have_more_words(f"{unit.split()[0]} ")


@pytest.mark.parametrize("word", ["saç ", "hairs ", "tablet ", "من ", "days "])
def test_most_words_are_no_part_of_a_unit_of_several(word):
    assert not may_have_more_words(word)
