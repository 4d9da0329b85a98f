import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal

from pipeline.render.filters import FILTERS


def number(value, locale):
    return FILTERS["number"](value, locale=locale)


@pytest.mark.parametrize("value", [0, 7, 42, 100, 999, 1000])
def test_a_number_is_written_as_cldr_writes_it_in_every_language(value):
    tags = {name.replace("_", "-"): name for name in locale_identifiers()}

    assert {tag: number(value, tag) for tag in tags} == {
        tag: format_decimal(value, locale=name) for tag, name in tags.items()
    }


@pytest.mark.parametrize(
    ("value", "written"), [(1234, "1.234"), (2.5, "2,5"), (7.0, "7"), (-3, "-3")]
)
def test_a_number_has_the_signs_of_its_language(value, written):
    assert number(value, "tr") == written
