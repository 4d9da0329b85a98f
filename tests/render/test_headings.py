"""Headings of a body, and the anchors they have."""

import re

import pytest

from pipeline.render.gate import admit


def test_headings_get_anchors_of_their_own_words():
    body = admit('<h2 id="own">Olası <em>Riskler</em></h2><h3>Doz</h3><h2>Doz</h2>')
    assert body.html == (
        '<h2 id="olası-riskler">Olası <em>Riskler</em></h2>'
        '<h3 id="doz">Doz</h3><h2 id="doz-2">Doz</h2>'
    )
    found = [(h.level, h.id, h.text, h.author_id) for h in body.headings]
    assert found == [
        (2, "olası-riskler", "Olası Riskler", "own"),
        (3, "doz", "Doz", ""),
        (2, "doz-2", "Doz", ""),
    ]


def test_an_anchor_is_never_an_id_of_the_page_itself():
    assert admit("<h2>Content</h2>").headings[0].id == "content-2"


def test_the_page_has_one_first_heading_so_the_bodys_are_second():
    assert admit("<h1>A</h1>").html == '<h2 id="a">A</h2>'


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2 3 2 3 4 2", "2 3 2 3 4 2"),
        ("1 2 3", "2 2 3"),
        ("3 3 4 2 3", "2 2 3 2 3"),
        ("2 5 5 6 3 4 2", "2 3 3 4 3 4 2"),
        ("6 5 4 3 2", "2 2 2 2 2"),
    ],
)
def test_no_level_of_headings_is_left_out(written, shown):
    html = "".join(f"<h{each}>a</h{each}>" for each in written.split())
    body = admit(html)
    assert [str(each.level) for each in body.headings] == shown.split()
    assert re.findall(r"<h(\d)", body.html) == shown.split()
    assert re.findall(r"</h(\d)", body.html) == shown.split()


def test_a_heading_without_words_is_none():
    body = admit(
        "<p>a</p><h2></h2><h2> <b> </b></h2><h3><img src='a.png' alt='b'></h3>"
    )
    assert [each.level for each in body.headings] == [2]
    assert body.html.startswith("<p>a</p><h2 id=")


def test_the_anchor_of_a_heading_is_not_that_of_a_footnote():
    body = admit('<h2>Fn 1</h2><div class="footnote" id="fn-1">n</div>')
    assert [heading.id for heading in body.headings] == ["fn-1-2"]
    assert body.notes == {"fn-1"}
