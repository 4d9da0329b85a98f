"""A block in another language says so itself."""

import pytest

from pipeline.render.languages import lift

SPAN = '<span lang="en" dir="ltr">'
LANGUAGE = 'lang="en" dir="ltr"'


@pytest.mark.parametrize(
    "name", ["p", "h2", "td", "th", "dt", "dd", "caption", "figcaption", "summary"]
)
def test_a_block_takes_the_language_of_all_its_text(name):
    html = f"<{name}>{SPAN}Call <b>us</b>.</span></{name}>"

    assert lift(html) == f"<{name} {LANGUAGE}>Call <b>us</b>.</{name}>"


def test_a_block_keeps_its_own_attributes():
    html = f'<h2 id="call">{SPAN}Call us</span></h2>'

    assert lift(html) == f'<h2 id="call" {LANGUAGE}>Call us</h2>'


def test_an_item_of_a_list_keeps_its_bullet_on_its_side():
    html = f"<ul><li>{SPAN}Call us</span></li></ul>"

    assert lift(html) == f"<ul><li><div {LANGUAGE}>Call us</div></li></ul>"


def test_an_item_with_a_list_below_it_says_it_of_its_own_text_only():
    html = f"<li>{SPAN}One</span>\n<ul><li>İki</li></ul></li>"

    assert lift(html) == (f"<li><div {LANGUAGE}>One</div>\n<ul><li>İki</li></ul></li>")


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{SPAN}Call us</span> ve bekleyin.</p>",
        f"<p>{SPAN}Call us</span> ve <span>bekleyin</span></p>",
        f'<p lang="fr">{SPAN}Call us</span></p>',
        f"<li>{SPAN}Call us</span> ve bekleyin</li>",
        "<p><span>Arayın</span></p>",
        f"<p>{SPAN}never closed</p>",
    ],
)
def test_what_is_not_all_of_a_block_is_left_as_it_is(html):
    assert lift(html) == html


def test_spans_inside_of_it_are_counted():
    html = f"<p>{SPAN}Take <span>5 mg</span> a day</span></p>"

    assert lift(html) == f"<p {LANGUAGE}>Take <span>5 mg</span> a day</p>"
