"""Numbers above and below the line, in texts without forms."""

import pytest

from pipeline import registry
from pipeline.hypertext.raised import raised
from pipeline.render.gate import admit
from pipeline.render.summary import beginning


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("4 x 10<sup>9</sup>/l", "4 x 10⁹/l"),
        ('10<sup lang="en">-3</sup>', "10⁻³"),
        ("H<sub>2</sub>O", "H₂O"),
        ("Ca<sup>2+</sup>", "Ca²⁺"),
        ("1<sup>st</sup> day", "1<sup>st</sup> day"),
        ("a <b>summary</b>", "a <b>summary</b>"),
    ],
)
def test_a_number_keeps_its_place_by_its_own_sign(html, text):
    assert raised(html) == text


def test_a_description_and_a_table_of_contents_do_not_say_another_number():
    html = "<h2>10<sup>9</sup> cells</h2><p>Up to 10<sup>9</sup>/l.</p>"
    assert beginning(html) == "Up to 10⁹/l."
    assert admit(html).headings[0].text == "10⁹ cells"


def test_an_anchor_is_made_of_the_letters_that_authors_write():
    assert admit("<h2>10<sup>9</sup> cells</h2>").headings[0].id == "109-cells"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("markdown", "# Up to *10*<sup>9</sup> cells\n\nText.\n"),
        ("html", "<h1>Up to 10<sup>9</sup> cells</h1>\n<p>Text.</p>\n"),
    ],
)
def test_a_title_does_not_say_another_number(name, text):
    kind = registry.formats()[name]
    article = kind.parse(text, path="source/a.md", domain="a")
    assert article.meta["title"] == "Up to 10⁹ cells"
    assert kind.to_plain("10<sup>-3</sup>") == "10⁻³"
