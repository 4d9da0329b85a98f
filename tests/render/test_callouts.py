"""Boxes that stand out of a text."""

import pytest

from pipeline.render.callouts import CALLOUTS, frame_callouts


def framed(html: str) -> str:
    return frame_callouts(html, lambda kind, inner: f"[{kind}: {inner}]")


@pytest.mark.parametrize("kind", CALLOUTS)
@pytest.mark.parametrize("name", ["blockquote", "div", "section"])
def test_a_box_is_framed_by_its_kind(kind, name):
    html = f'<p>a</p><{name} class="callout {kind}">\n<p>b</p>\n</{name}><p>c</p>'
    assert framed(html) == f"<p>a</p>[{kind}: <p>b</p>]<p>c</p>"


def test_a_box_of_no_kind_is_a_note():
    assert framed('<div class="callout">a</div>') == "[note: a]"
    assert framed('<div class="warning callout">a</div>') == "[warning: a]"


def test_what_is_no_box_stays():
    html = '<blockquote><p>a callout</p></blockquote><div class="faq">b</div>'
    assert framed(html) == html


def test_a_box_may_hold_quotations_and_boxes():
    html = (
        '<blockquote class="callout tip"><blockquote><p>a</p></blockquote>'
        '<div class="callout caution">b</div></blockquote><div>c</div>'
    )
    assert framed(html) == (
        "[tip: <blockquote><p>a</p></blockquote>[caution: b]]<div>c</div>"
    )


def test_the_language_of_a_box_is_that_of_its_words_and_not_of_its_label():
    html = '<blockquote class="callout note" lang="en" dir="ltr">a</blockquote>'
    assert framed(html) == '[note: <div lang="en" dir="ltr">a</div>]'
