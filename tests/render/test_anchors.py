"""Anchors as other generators have them."""

from pipeline.render.anchors import made_anchors
from pipeline.render.headings import Heading


def heading(text, id="x", author=""):  # noqa: A002 - the field has this name
    return Heading(2, id, text, author)


def test_anchors_are_those_of_github_slugger():
    texts = ["What is *this*?", "A & B", "a_b - c", "موعدك الأول", "²"]
    names = [str(number) for number in range(len(texts))]
    originals = [heading("", name) for name in names]

    found = made_anchors(originals, [heading(text) for text in texts])

    assert [found[name] for name in names] == [
        "what-is-this",
        "a--b",
        "a_b---c",
        "موعدك-الأول",
        "",
    ]


def test_equal_headings_are_numbered_as_there():
    originals = [heading("", name) for name in "abcd"]
    texts = ["Part", "Part", "Part 1", "Part"]

    found = made_anchors(originals, [heading(text) for text in texts])

    assert [found[name] for name in "abcd"] == ["part", "part-1", "part-1-1", "part-2"]


def test_an_anchor_of_the_author_leads_there_too():
    found = made_anchors([heading("", "risks", "r")], [heading("Riskler")])

    assert found == {"risks": "riskler", "r": "riskler"}


def test_headings_that_do_not_match_say_nothing():
    assert made_anchors([heading("a")], []) == {}
