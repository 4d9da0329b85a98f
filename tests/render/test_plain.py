"""The plain text of a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.gate import admit
from pipeline.render.plain import WIDTH, to_text, wrapped


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
        ("<pre><code>a\n  b</code></pre>", "a\n  b"),
        ("<dl><dt>Q</dt><dd>A</dd></dl>", "Q\n\nA"),
        ("<p>a</p><hr><p>b</p>", "a\n\nb"),
        ('<a href="https://x.example/">x</a>', "x (https://x.example/)"),
        ('<a href="https://x.example/">https://x.example/</a>', "https://x.example/"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ('<a href="mailto:a@x.example">write</a>', "write (a@x.example)"),
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
    assert f"({url})" in to_text(f'<p>see <a href="{url}">here</a></p>')


def test_lines_of_a_template_keep_their_own_breaks():
    assert wrapped("a\nb") == "a\nb"


@given(st.text(alphabet="<>/bpulia &;\"' =x", max_size=80))
def test_any_admitted_html_becomes_text(html):
    assert isinstance(to_text(admit(html).html), str)
