"""Where links, pictures and tables of an admitted body are on a page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.render.gate import admit
from pipeline.render.rewriting import Image, Link, rewrite, wrap_tables
from tests.payloads import ATTACKS


def as_is(html: str) -> str:
    return rewrite(admit(html).html, link=Link, image=Image)


def test_the_alignment_of_a_column_becomes_a_class():
    html = '<table><tbody><tr><td style="text-align: right; color: red">5</td></tr></tbody></table>'
    assert '<td class="align-end">5</td>' in as_is(html)
    assert "style" not in as_is(html)


def test_an_image_that_is_refused_leaves_its_words():
    body = admit('<p><img src="x.png" alt="A &quot;hand&quot;"><img src="y.png"></p>')
    shown = rewrite(body.html, link=Link, image=lambda _: None)
    assert shown == '<p><span class="image">A &quot;hand&quot;</span></p>'


def test_an_image_always_has_an_alternative_text():
    shown = as_is('<img src="x.png">')
    assert shown == '<img src="x.png" alt="" decoding="async">'


def test_what_no_first_screen_shows_is_loaded_when_it_is_near():
    body = admit(f"<img src='a.png'><p>{'word ' * 400}</p><img src='b.png'>")
    shown = rewrite(body.html, link=Link, image=Image)
    assert '<img src="a.png" alt="" decoding="async">' in shown
    assert '<img src="b.png" alt="" loading="lazy" decoding="async">' in shown


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("", 'width="400" height="300"'),
        ('width="200"', 'width="200" height="150"'),
        ('height="30"', 'width="40" height="30"'),
        ('width="7" height="9"', 'width="7" height="9"'),
        ('width="50%"', 'width="400" height="300"'),
    ],
)
def test_a_picture_has_its_size_or_the_authors_in_its_own_shape(given, written):
    body = admit(f'<img src="a.png" {given}>')
    shown = rewrite(body.html, link=Link, image=lambda url: Image(url, (400, 300)))
    assert shown == f'<img src="a.png" alt="" {written} decoding="async">'


def test_a_link_to_another_language_says_which():
    shown = rewrite(
        admit('<a href="x.md" title="t">a</a>').html,
        link=lambda url: Link(f"../{url}?a&b", "en"),
        image=lambda _: None,
    )
    assert shown == '<a href="../x.md?a&amp;b" title="t" hreflang="en">a</a>'


def test_a_link_that_is_refused_leaves_its_words():
    html = admit('<a href="x.md" hreflang="en">a</a>').html
    assert rewrite(html, link=lambda _: None, image=lambda _: None) == "<a>a</a>"


def test_a_link_without_an_address_is_asked_for_and_a_mere_name_is_not():
    html = '<a href="">a</a><a href="" title="t">b</a><a name="old"></a><a id="x">c</a>'
    asked: list[str] = []
    rewrite(admit(html).html, link=asked.append, image=Image)
    assert asked == ["", ""]


LINKS = st.sampled_from(
    [
        *ATTACKS.values(),
        *('<a href="x.md">', "<a href='x.md?a&amp;b'>", "<a href=''>", "<a>", "</a>"),
        *('<a href="y" title="t">', '<a href="g.md" hreflang="ar">', "<a id=fn-1>"),
        *("<img>", "<img src=x.png>", "<table><tr><td style='text-align:right'>", "b"),
    ],
)


@given(st.lists(LINKS, max_size=8).map("".join))
def test_a_link_that_says_nothing_else_is_led_as_others_are(html):
    try:
        admitted = admit(html).html
    except SourceError:
        return

    def led(html: str) -> str:
        return rewrite(
            html,
            link=lambda url: (
                Link(f"{url}?&", "ar" * ("x" in url)) if url > "h" else None
            ),
            image=Image,
        )

    marked = re.sub(r'<a( href="[^"]*")?>', r'<a\1 translate="no">', admitted)
    assert led(admitted) == led(marked).replace(' translate="no"', "")


def test_each_table_is_wrapped_with_its_number():
    body = "<p>a</p><table><tr></tr></table><table></table>b"
    assert wrap_tables(body, lambda table, n: f"[{n}{table}]") == (
        "<p>a</p>[1<table><tr></tr></table>][2<table></table>]b"
    )
    for without in ("<p>a</p>", "<p>a</p><table>"):
        assert wrap_tables(without, lambda *_: "never") == without


def test_a_table_within_a_table_is_a_part_of_it():
    inner = "<table><tr><td>b</td></tr></table>"
    outer = f"<table><tr><td>a{inner}{inner}</td></tr></table>"

    assert wrap_tables(f"x{outer}y{inner}z", lambda table, n: f"[{n}{table}]") == (
        f"x[1{outer}]y[2{inner}]z"
    )
