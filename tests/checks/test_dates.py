import pytest

from pipeline.checks import CheckContext
from pipeline.checks.dates import Dates
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from tests.checks import remarks, severities

GOOD = [
    ("tr", "On March 4, 2026.", "4 Mart 2026'da."),
    ("tr", "On March 4, 2026.", "04.03.2026 tarihinde."),
    ("tr", "On 3/4/2026.", "4.3.2026'da."),
    ("tr", "On 4/4/2026.", "4.4.2026'da."),
    ("tr", "On 2026-03-04.", "2026-03-04 tarihinde."),
    ("de", "On 4 March.", "Am 4. März."),
    ("de", "In March 2026.", "Im März 2026."),
    ("de", "In March 2026.", "Vor kurzem."),
    ("ru", "On March 4, 2026.", "4 марта 2026 года."),
    ("ja", "On March 4, 2026.", "2026年3月4日に。"),
    ("ar", "On March 4, 2026.", "في ٤ مارس ٢٠٢٦."),
    ("fa", "On March 4, 2026.", "۱۳ اسفند ۱۴۰۴"),
    ("de", "You may do 3 of 4.", "3 von 4 dürfen Sie."),
    ("de", "Version 1.2.3", "Version 1.2.3"),
    ("de", "Use 3/4 of it.", "Nehmen Sie 3/4 davon."),
    ("de", "From March 1 to April 2.", "Vom 1. März bis zum 2. April."),
    ("en-GB", "On 3/4/2026.", "On 4/3/2026."),
    ("xx", "On March 4, 2026.", "4 Nisan 2026"),
    ("tr", "May 99 bottles stand", "99 Nisan"),
]
BAD = [
    ("tr", "On March 4, 2026.", "4 Nisan 2026'da.", "in another month here: “4 nisan”"),
    ("tr", "On March 4, 2026.", "03.04.2026'da.", "write 4.3."),
    ("tr", "On 2026-03-04.", "3 Nisan 2026'da.", "in another month"),
    ("de", "On 3/4/2026.", "Am 3.4.2026.", "the other way round"),
    ("ar", "On March 4, 2026.", "في ٣/٤/٢٠٢٦.", "the other way round"),
    ("ja", "On March 4, 2026.", "2026年4月3日に。", "in another month"),
    ("ru", "In March 2026.", "В апреле 2026 года.", "in another month"),
    ("es", "On 4 March.", "El 4 de mayo.", "in another month"),
    ("ja", "On March 4, 2026.", "2026/04/03に。", "write 3/4/"),
]


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_what_is_right_passes(locale, source, msgstr):
    assert remarks(Dates(), source, msgstr, locale) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_what_is_wrong_is_told(locale, source, msgstr, said):
    (remark,) = remarks(Dates(), source, msgstr, locale)
    assert said in remark.message


def test_what_can_be_read_in_two_ways_is_a_warning():
    found = severities(Dates(), "On 3/4/2026.", "Am 3.4.2026.", "de")
    assert found == {Severity.WARNING}
    found = severities(Dates(), "On March 4, 2026.", "Am 3.4.2026.", "de")
    assert found == {Severity.ERROR}


def test_a_date_that_was_only_copied_is_a_warning():
    found = severities(Dates(), "On 3/25/2026.", "Am 3/25/2026.", "de")
    assert found == {Severity.WARNING}


def test_a_source_in_another_language_than_english_is_left_alone():
    context = CheckContext("tr", source_locale="de")
    message = Message("Am 4. March 2026", ("4 Nisan 2026",))
    assert list(Dates()(message, context)) == []
