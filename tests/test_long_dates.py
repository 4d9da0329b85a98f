from datetime import date, datetime, timedelta

import pytest
from babel.dates import format_date

from pipeline import cldr
from pipeline.long_dates import long_date
from tests import make_docs


@pytest.mark.parametrize("locale", cldr.COMMON)
def test_a_date_is_written_as_cldr_has_it(locale):
    for number in range(0, 366, 7):
        day = date(1998, 1, 1) + timedelta(days=number * 29)
        expected = format_date(day, format="long", locale=cldr.babel_locale(locale))
        assert long_date(day, locale) == expected


def test_a_time_of_day_is_left_out():
    assert long_date(datetime(2026, 3, 5, 12, 30), "tr") == "5 Mart 2026"  # noqa: DTZ001 - as front matter has it


def test_other_languages_are_left_to_babel():
    assert long_date(date(2026, 3, 5), "eu") is None
    assert long_date(date(2026, 3, 5), "pt-PT") is None


def test_the_table_is_that_of_babel():
    assert make_docs.LONG_DATES.read_text("utf-8") == make_docs.long_dates(), (
        "run `python -m tests.make_docs`"
    )
