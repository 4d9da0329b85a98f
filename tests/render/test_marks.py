"""Doses and telephone numbers in plain text that runs from right to left."""

import pytest

from pipeline.render.marks import as_written, closed, held, led, marked


def test_a_dose_stands_in_an_isolate():
    assert (
        marked("خذ 2 mg، 5 mg", locale="ar") == "خذ \u20662 mg\u2069، \u20665 mg\u2069"
    )
    assert marked("2 mg, 5 mg", locale="tr") == "2 mg, 5 mg"


def test_a_range_with_a_hyphen_is_read_from_the_right_in_arabic_only():
    assert marked("2-5 أيام", locale="ar") == "\u061c2-5 أيام"
    assert marked("2-5 ימים", locale="he") == "\u20662-5\u2069 ימים"


def test_fields_and_addresses_have_no_sign_within_them():
    text = "{{ a }} a@clinic.example https://clinic.example/ *|A|*"
    assert marked(text, locale="ar").replace("\u200f", "") == text


def test_the_spaces_of_an_amount_are_held():
    text = marked("خذ Cipro 5 mg يوم", locale="ar")
    assert held(text, "_") == "خذ \u2066Cipro \u20665_mg\u2069\u2069 يوم"


def test_a_line_closes_what_it_opens():
    assert closed(["ا \u2066Take", "this\u2069 ب", "ج"]) == [
        "ا \u2066Take\u2069",
        "\u2066this\u2069 ب",
        "ج",
    ]


def test_preformatted_words_of_both_directions_are_marked():
    assert as_written("السبت 5 mg", locale="ar") == "السبت \u20665 mg\u2069"
    assert as_written("MON 5", locale="ar") == "\u200eMON 5\u200e"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{{ day }} في الساعة", "\u200f{{ day }} في الساعة"),
        ("\u200e5 mg\u200e مساء", "\u200f\u200e5 mg\u200e مساء"),
        ("> Take خذ", "> \u200fTake خذ"),
        ("خذ 5 mg", "خذ 5 mg"),
        ("- 5", "- 5"),
        ("", ""),
        ("\u20663×1\u2069، ...", "\u200f\u20663×1\u2069، ..."),
        ("[1] https://clinic.example/", "[1] https://clinic.example/"),
        ("https://clinic.example/", "https://clinic.example/"),
    ],
)
def test_a_line_that_begins_with_latin_still_runs_from_right_to_left(line, shown):
    assert led(line, locale="ar") == shown
    assert led(line, locale="tr") == line
