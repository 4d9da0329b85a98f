"""Questions and answers, found in the body of an article."""

import pytest

from pipeline.render.structured import faq


@pytest.mark.parametrize(
    "html",
    [
        (
            '<dl class="faq"><div><dt>Is it <b>safe</b>?</dt><dd>Yes.<br>Mostly.'
            "</dd></div><div><dt>When?</dt><dd>Now.</dd><dd>Or later.</dd></div></dl>"
        ),
        (
            '<div class="faq"><h3 id="x">Is it safe?</h3><p>Yes.</p><p>Mostly.</p>'
            "<h3>When?</h3><p>Now.</p><ul><li>Or <em>later</em>.</li></ul></div>"
        ),
        (
            '<div class="faq"><details><summary>Is it safe?</summary>Yes.<hr>'
            "Mostly.</details><details><summary>When?</summary><p>Now.</p>Or later."
            "</details></div>"
        ),
    ],
)
def test_a_question_is_answered_by_what_follows_it(html):
    assert faq(f"<h2>FAQ</h2><p>x</p>{html}<p>after</p>") == (
        ("Is it safe?", "Yes. Mostly."),
        ("When?", "Now. Or later."),
    )


def test_a_question_without_an_answer_is_none():
    assert faq('<dl class="faq"><dt>Safe?</dt><dt>When?</dt><dd>Now.</dd></dl>') == (
        ("When?", "Now."),
    )


def test_a_list_of_terms_is_not_a_list_of_questions():
    assert faq("<dl><dt>Term</dt><dd>Meaning</dd></dl>") == ()


def test_entities_are_read_as_their_characters():
    html = '<dl class="faq"><dt>A &amp; B?</dt><dd>&lt;5 mg</dd></dl>'
    assert faq(html) == (("A & B?", "<5 mg"),)
