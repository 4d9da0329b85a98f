"""The plain text of a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.gate import admit
from pipeline.render.plain import WIDTH, columns, to_text, wrapped


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One\n  two.</p><p>Three.</p>", "One two.\n\nThree."),
        ("<h2>Title</h2><p>a<br>b</p>", "Title\n\na\nb"),
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc"),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"),
        (
            (
                "<table><thead><tr><th>Day</th><th>Do</th></tr></thead>"
                "<tbody><tr><td>1</td><td>Rest</td></tr>"
                "<tr><td>2</td><td></td><td>x</td></tr></tbody></table><p>a</p>"
            ),
            "Day: 1; Do: Rest\nDay: 2; x\n\na",
        ),
        (
            (
                "<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table>"
                "<ol><li>c</li></ol><ul><li>d</li></ul>"
            ),
            "a\n\nb\n\n1. c\n\n- d",
        ),
        (
            (
                "<ul><li>a<table><tr><td>b</td></tr><tr><td>c</td></tr></table></li>"
                "<li>d</li></ul>"
            ),
            "- a\n\n  b\n  c\n\n- d",
        ),
        (
            "<p>5<sup>1</sup> mg</p><div><p><sup>1</sup> Note.</p></div>",
            "5¹ mg\n\n¹ Note.",
        ),
        ("<pre><code>a\n  b</code></pre>", "a\n  b"),
        ("<dl><dt>Q</dt><dd>A</dd></dl>", "Q\n\nA"),
        ("<p>a</p><hr><p>b</p>", "a\n\nb"),
        ('<a href="https://x.example/">x</a>', "x [1]\n\n[1] https://x.example/"),
        ('<a href="https://x.example/">https://x.example/</a>', "https://x.example/"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ('<a href="mailto:a@x.example">write</a>', "write [1]\n\n[1] a@x.example"),
        (
            '<a href="mailto:a@x.example?subject=Hi&amp;body=x">write</a>',
            "write [1]\n\n[1] a@x.example",
        ),
        ('<a href="mailto:a@x.example?subject=Hi">a@x.example</a>', "a@x.example"),
        ('<a href="mailto:?subject=x">tell a friend</a>', "tell a friend"),
        ('<a href="tel:+90555">+90555</a>', "+90555"),
        ('<a href="tel:+90555">+90 (5-55)</a>', "+90 (5-55)"),
        ('<a href="#part">part</a>', "part"),
        ("<a>words</a>", "words"),
        ("<p>5 &lt; 6 &amp; 7</p>", "5 < 6 & 7"),
        ("loose", "loose"),
        ("<p> </p>", ""),
        ("<li>a</li>", "a"),
        ("</a></ul></td></tr><td>x</td>", "x"),
    ],
)
def test_html_becomes_text_without_markup(html, text):
    assert to_text(html) == text


def test_links_are_numbered_and_their_addresses_stand_at_the_end():
    html = (
        '<p>See <a href="https://a.example/">one</a>, <a href="https://b.example/?a=1'
        '&amp;b=2">two</a>.</p><p><a href="https://a.example/">One</a> again.</p>'
    )
    assert to_text(html) == (
        "See one [1], two [2].\n\nOne [1] again.\n\n"
        "[1] https://a.example/\n[2] https://b.example/?a=1&b=2"
    )


def test_a_number_that_the_text_has_in_brackets_is_no_link():
    html = '<p>As [1] says, <a href="https://a.example/">this</a>.</p>'
    assert to_text(html) == "As [1] says, this [2].\n\n[2] https://a.example/"


def test_the_number_of_a_link_stays_with_its_words():
    for length in range(60, 80):
        html = f'<p>{"x" * length} <a href="https://a.example/">word</a> y</p>'
        assert "word [1]" in to_text(html)


def test_a_link_in_what_is_preformatted_has_a_blank_before_its_number():
    html = '<pre>a <a href="https://a.example/">b</a>\n  c</pre>'
    assert to_text(html) == "a b [1]\n  c\n\n[1] https://a.example/"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>10<sup>9</sup> cells, H<sub>2</sub>O</p>", "10⁹ cells, H₂O"),
        ("<p>Take <del>5</del> <ins>10</ins> mg</p>", "Take [-5-] 10 mg"),
        ("<p><q>Now</q></p>", "“Now”"),
        ('<ol reversed=""><li>a</li><li>b</li></ol>', "2. a\n1. b"),
        ('<ol><li value="7">a</li><li>b</li></ol>', "7. a\n8. b"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢(kan)"),
        ("<p>5\u00a0mg</p>", "5\u00a0mg"),
        ("<table><tr><th>a</th><th>b</th></tr></table>", "a; b"),
    ],
)
def test_what_the_form_says_the_text_says_too(html, text):
    assert to_text(html) == text


def test_a_cell_that_spans_others_moves_no_dose_under_another_name():
    html = (
        "<table><tr><th>Day</th><th>Morning</th><th>Evening</th></tr>"
        '<tr><td rowspan="2">1</td><td colspan="2">5 mg</td></tr>'
        "<tr><td>2 mg</td><td>3 mg</td></tr></table>"
    )
    assert to_text(html) == (
        "Day: 1; Morning: 5 mg\nDay: 1; Morning: 2 mg; Evening: 3 mg"
    )


def test_a_text_without_blanks_is_wrapped_between_its_signs():
    text = to_text(f"<p>{'毎日の薬を飲む。' * 20}</p>")
    assert max(map(len, text.split("\n"))) <= WIDTH // 2
    assert not any(line.startswith("。") for line in text.split("\n"))


@pytest.mark.parametrize("length", [40, 56, WIDTH])
@pytest.mark.parametrize("tag", ["p", "li", "blockquote"])
def test_one_short_sentence_without_blanks_is_wrapped_as_well(length, tag):
    html = f"<{tag}>{'请每天服药'.ljust(length, '药')}</{tag}>"
    html = f"<ul>{html}</ul>" if tag == "li" else html
    lines = to_text(html).split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= WIDTH // 2 + 2


def test_doses_and_numbers_keep_their_order_from_right_to_left():
    html = "<p>خذ 5 mg أو اتصل +90 555 000 00 00 {{ name }} a5@x.example</p>"
    assert to_text(html, locale="ar") == (
        "خذ \u20665 mg\u2069 أو اتصل \u2066+90 555 000 00 00\u2069 {{ name }} "
        "\u200fa5@x.example"
    )
    assert to_text(html, locale="tr").isprintable()


def test_code_keeps_its_order_in_a_text_from_right_to_left():
    html = "<pre>MON 09:00-18:00\n\nالسبت 10:00</pre>"

    assert to_text(html, locale="ar") == "\u200eMON 09:00-18:00\u200e\n\nالسبت 10:00"


@pytest.mark.parametrize(
    ("locale", "sign"), [("ar", "؛"), ("ur", "؛"), ("he", ";"), ("tr", ";")]
)
def test_the_cells_of_a_row_are_parted_as_the_script_parts_them(locale, sign):
    html = "<table><tr><td>1</td><td>2</td></tr></table>"

    assert to_text(html, locale=locale) == f"1{sign} 2"


def test_lines_are_at_most_78_characters_also_in_lists_and_quotes():
    words = "word " * 60
    html = f"<p>{words}</p><ul><li>{words}</li></ul><blockquote>{words}</blockquote>"
    text = to_text(html)
    assert max(map(len, text.split("\n"))) <= WIDTH
    assert "\n  word" in text
    assert "\n> word" in text


def test_a_merge_field_is_never_broken():
    field = "{{ patient.first_name | upper }}"
    for length in range(60, 80):
        assert field in to_text(f"<p>{'x' * length} {field} y</p>")


def test_a_telephone_number_is_never_broken():
    number = "+90 555 000 00 00"
    for length in range(50, 78):
        assert number in to_text(f"<p>{'x' * length} {number} y</p>")


def test_an_address_is_never_broken():
    url = "https://clinic.example/" + "a-b/" * 30
    assert f"\n[1] {url}" in to_text(f'<p>see <a href="{url}">here</a></p>')


def test_lines_of_a_template_keep_their_own_breaks():
    assert wrapped("a\nb") == "a\nb"


@given(st.text(alphabet="<>/bpulia &;\"' =x", max_size=80))
def test_any_admitted_html_becomes_text(html):
    assert isinstance(to_text(admit(html).html), str)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Say “x ‘y’ z”."),
        ("tr", "Say “x ‘y’ z”."),
        ("de", "Say „x ‚y‘ z“."),
        ("fr", "Say «x «y» z»."),
    ],
)
def test_a_quotation_has_the_marks_of_its_language(locale, text):
    html = "<p>Say <q>x <q>y</q> z</q>.</p>"
    assert to_text(html, locale=locale) == text


@pytest.mark.parametrize("amount", ["5 mg", "37,5 °C", "10 µg/kg", "250 mL", "90 %"])
def test_no_line_ends_within_an_amount(amount):
    for length in range(60, 90):
        text = wrapped(f"{'a' * length} {amount} alın", locale="tr")
        assert amount in text
        assert text.replace("\n", " ") == f"{'a' * length} {amount} alın"
        assert "\ue000" not in text


def test_a_line_of_wide_signs_is_as_long_as_one_of_others():
    sentence = "请在手术后的第一个星期内轻轻清洗您的头发，不要抓挠头皮，并且每天晚上仰卧睡觉，避免阳光直射和剧烈运动。"

    lines = wrapped(sentence, locale="zh").split("\n")

    assert "".join(lines) == sentence
    assert [columns(line) <= 78 for line in lines] == [True] * 2
    assert wrapped(f"{'a' * 70} 中", locale="zh") == f"{'a' * 70} 中"
