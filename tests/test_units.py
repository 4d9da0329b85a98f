import pytest

from pipeline.units import unit_at, units_in

CASES = [
    ("mg twice", "mg"),
    ("mV", "mV"),
    ("milligrams", "mg"),
    ("dakika", "minute"),
    ("Stunden", "hour"),
    ("секунд", "second"),
    ("ساعات", "hour"),
    ("روز", "day"),
    ("バイト", "byte"),
    ("octets", "byte"),
    ("in the morning", ""),
    ("mgx", ""),
    ("apples", ""),
]


@pytest.mark.parametrize(("text", "unit"), CASES)
def test_a_unit_is_known_by_its_symbol_or_its_word(text, unit):
    assert unit_at(text, 0)[0] == unit


def test_the_case_of_a_symbol_counts():
    assert unit_at("MW", 0)[0] != unit_at("mW", 0)[0]


def test_units_are_found_anywhere():
    assert units_in("every few hours, for two weeks") >= {"hour", "week"}
