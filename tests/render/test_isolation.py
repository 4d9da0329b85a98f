"""Doses, telephone numbers and merge fields in HTML that runs from right to left."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.isolation import isolate, isolate_code


@pytest.mark.parametrize(
    "run",
    [
        *(
            "−20 °C",
            "-20",
            "≤ 3 ml",
            "&lt; 5 mg",
            "±1 °C",
            "3×1",
            "2 x 500 mg",
            "1-0-1",
        ),
        *(
            "10 000",
            "5&nbsp;mg",
            "2026-05-12",
            "65+",
            "%50",
            "5mg/kg",
            "1 x 10^6",
            "$50",
        ),
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


PIECES = ["0", "95", " ", "(", ")", "-", "–", "−", ".", "+", "%", "mg", "°C", "×", "ا"]
PIECES += ["{{ x }}", "&lt;", "&amp;", "<b>", "</b>", "<sup>", "</sup>", "<p>", "</p>"]
PIECES += ["،", "٥", "۵", "C++", '<i dir="ltr">', "</i>", "*|X|*", "a@b.example"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_is_lost_or_added_but_the_element(text):
    isolated = isolate(text, locale="ar")
    assert re.sub('<bdi(?: dir="(?:ltr|rtl)")?>|</bdi>|\u061c', "", isolated) == text


ENTITIES = ["&lt;", "&gt;", "&amp;", "&nbsp;", "&#34;", "&#x27;", "&quot;", "&frac12;"]
ADDRESSES = ["https://a.example/", "www.a.example", "mailto:", "a@b.example", "tel:"]
AROUND = ["5 mg", "x", "زوروا", " ", ".", ";", "?", ")", "(", "=", "#", "/", "{{ x }}"]


@given(st.lists(st.sampled_from(ENTITIES + ADDRESSES + AROUND), max_size=20))
def test_no_element_is_put_into_an_entity(pieces):
    text = "".join(pieces)
    isolated = isolate(text, locale="ar")
    assert not re.search("&[A-Za-z0-9#]*<", isolated)
    assert re.sub("<[^>]*>", "", isolated) == text


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        (
            "&lt;https://a.example/b&gt; الآن",
            "&lt;<bdi>https://a.example/b</bdi>&gt; الآن",
        ),
        (
            "في www.a.example/b&nbsp;(5 mg)",
            'في <bdi>www.a.example/b</bdi>&nbsp;(<bdi dir="ltr">5 mg</bdi>)',
        ),
        (
            "&#34;https://a.example/?b=1&amp;c=2&#34;",
            "&#34;<bdi>https://a.example/?b=1&amp;c=2</bdi>&#34;",
        ),
        ("في tel:112&amp; الآن", "في <bdi>tel:112</bdi>&amp; الآن"),
    ],
)
def test_an_address_ends_where_an_entity_is_another_sign(text, isolated):
    assert isolate(text, locale="ar") == isolated


@pytest.mark.parametrize(
    ("html", "isolated"),
    [
        (
            "<p>خذ <b>5</b> mg يوم</p>",
            '<p>خذ <bdi dir="ltr"><b>5</b> mg</bdi> يوم</p>',
        ),
        ("<b>−<i>20</i></b> °C", '<bdi dir="ltr"><b>−<i>20</i></b> °C</bdi>'),
        ("<i><b>5</b></i> mg", '<bdi dir="ltr"><i><b>5</b></i> mg</bdi>'),
        ("10<sup>6</sup>/L", '<bdi dir="ltr">10<sup>6</sup>/L</bdi>'),
        ("5 mg<sup>1</sup>", '<bdi dir="ltr">5 mg<sup>1</sup></bdi>'),
        ("<i><b>5</b> x</i>2 mg", '<bdi dir="ltr"><i><b>5</b> x</i>2 mg</bdi>'),
        ("5 <i><b>mg</b></i> يوم", '<bdi dir="ltr">5 <i><b>mg</b></i></bdi> يوم'),
        ("<b>خذ</b> 2-5 يوم", "<b>خذ</b> \u061c2-5 يوم"),
        ("<b>H</b><sub>2</sub>O", "<b>H</b><sub>2</sub>O"),
        (
            "<b>خذ</b> Cipro 5 mg",
            '<b>خذ</b> <bdi>Cipro <bdi dir="ltr">5 mg</bdi></bdi>',
        ),
        (
            '5<sup><a href="x">2</a></sup> mg <i dir="ltr">a',
            '<bdi dir="ltr">5<sup><a href="x">2</a></sup> mg</bdi> <i dir="ltr">a',
        ),
        (
            "<b>خذ 5</b> mg",
            '<b>خذ <bdi dir="ltr">5</bdi></b> <bdi dir="ltr">mg</bdi>',
        ),
    ],
)
def test_an_amount_is_whole_across_the_tags_within(html, isolated):
    assert isolate(html, locale="ar") == isolated


def test_a_passage_from_left_to_right_is_left_alone_but_for_its_fields():
    html = '<p dir="ltr">Take <p>2-5 mg</p> {{ x }}</p>5 mg'
    assert isolate(html, locale="ar") == (
        '<p dir="ltr">Take <p>2-5 mg</p> <bdi>{{ x }}</bdi></p><bdi dir="ltr">5 mg</bdi>'
    )


def test_the_words_for_a_picture_are_kept_in_order_too():
    html = '<p><img src="5 mg.png" alt="خذ 2 mg، &lt; 5 mg"></p>'
    assert isolate(html, locale="ar") == html.replace(
        "2 mg، &lt; 5 mg", "\u20662 mg\u2069، \u2066&lt; 5 mg\u2069"
    )
    assert isolate(html, locale="tr") == html


def test_an_amount_within_a_phrase_is_not_broken():
    assert isolate("<p>Cipro 5 mg، Prednol</p>", locale="ar") == (
        '<p><bdi>Cipro <bdi dir="ltr">5 mg</bdi></bdi>، <bdi>Prednol</bdi></p>'
    )


def test_what_other_systems_fill_in_is_found_as_it_was():
    html = "<p>*|FNAME|* %%name%% [[x]] {% if a %} {a} %NAME%</p>"
    assert isolate(html, locale="ar") == html


def test_a_field_with_a_unit_is_an_amount():
    assert isolate("{{ dose }} mg", locale="he") == '<bdi dir="ltr">{{ dose }} mg</bdi>'


def test_code_says_that_it_runs_from_left_to_right_where_it_does():
    html = "<p><code>a &gt; 7</code></p><pre><code>x</code></pre><code>إذا</code>"
    shown = '<p><code dir="ltr">a &gt; 7</code></p><pre dir="ltr"><code>x</code></pre><code>إذا</code>'

    assert isolate_code(html, locale="ar") == shown
    assert isolate_code(html, locale="tr") == html
