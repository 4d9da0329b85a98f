"""Doses, telephone numbers and merge fields in a text that runs from right to left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.isolation import isolate, isolate_code, led


@pytest.mark.parametrize(
    "run",
    [
        *("5 mg", "2.5 mg", "3–5 mg/kg", "12%", "37 °C", "200 mmol/L", "2x", "10 µg"),
        *("+90 555 000 00 00", "0090 (555) 123-45-67", "+905550000000"),
    ],
)
def test_a_dose_or_a_number_is_set_apart(run):
    assert isolate(f"<p>تناول {run} يوميًا</p>", locale="ar") == (
        f'<p>تناول <bdi dir="ltr">{run}</bdi> يوميًا</p>'
    )


@pytest.mark.parametrize(
    "text", ["1–3", "2026", "12/05/2026", "B12", "Mike", "1,000,000", "10:30", "&amp;"]
)
def test_what_has_one_order_only_is_left_alone(text):
    html = f"<p>في {text} يوم</p>"
    assert isolate(html, locale="ar") == html


def test_attributes_are_left_alone():
    html = '<a href="tel:+905550000000" title="5 mg">x</a>'
    assert isolate(html, locale="ar") == html


def test_a_merge_field_is_set_apart_in_every_language():
    html = '<a href="{{ url }}">Hi {{ first_name }}, 5 mg</a>'
    assert isolate(html, locale="tr") == (
        '<a href="{{ url }}">Hi <bdi>{{ first_name }}</bdi>, 5 mg</a>'
    )


def test_a_field_in_three_braces_is_set_apart_whole():
    assert isolate("<p>{{{ x }}}</p>", locale="tr") == "<p><bdi>{{{ x }}}</bdi></p>"


def test_a_text_from_left_to_right_needs_nothing():
    assert isolate("<p>5 mg</p>", locale="tr") == "<p>5 mg</p>"


@given(st.text(alphabet="09 ()-.+%mgا{}", max_size=300))
def test_nothing_is_lost_or_added_but_the_element(text):
    isolated = isolate(text, locale="ar")
    for tag in ('<bdi dir="ltr">', "<bdi>", "</bdi>"):
        isolated = isolated.replace(tag, "")
    assert isolated == text


def test_code_says_that_it_runs_from_left_to_right_where_it_does():
    html = "<p><code>a &gt; 7</code></p><pre><code>x</code></pre><code>إذا</code>"
    shown = '<p><code dir="ltr">a &gt; 7</code></p><pre dir="ltr"><code>x</code></pre><code>إذا</code>'

    assert isolate_code(html, locale="ar") == shown
    assert isolate_code(html, locale="tr") == html


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("{{ day }} في الساعة", "\u200f{{ day }} في الساعة"),
        ("\u200e5 mg\u200e مساء", "\u200f\u200e5 mg\u200e مساء"),
        ("> Take خذ", "> \u200fTake خذ"),
        ("خذ 5 mg", "خذ 5 mg"),
        ("- 5", "- 5"),
        ("", ""),
        ("[1] https://clinic.example/", "[1] https://clinic.example/"),
        ("https://clinic.example/", "https://clinic.example/"),
    ],
)
def test_a_line_that_begins_with_latin_still_runs_from_right_to_left(line, shown):
    assert led(line, locale="ar") == shown
    assert led(line, locale="tr") == line
