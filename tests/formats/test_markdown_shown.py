"""What Markdown becomes on a page, where the parser's own HTML says too little."""

import re

import pytest

from pipeline.formats.markdown.html import html
from pipeline.render.questions import questions


def test_a_footnote_leads_there_and_back():
    made = html("Text.[^who]\n\n[^who]: The source.\n")

    assert made == (
        '<p>Text.<sup><a href="#fn-1" id="fnref-1">1</a></sup></p>\n'
        '<div class="footnote" id="fn-1"><p><sup><a href="#fnref-1">1</a></sup> The '
        "source.</p>\n</div>\n"
    )


def test_a_note_with_several_references_leads_back_to_the_first():
    made = html("A[^1] b[^1].\n\n[^1]: Note.\n")

    assert re.findall('id="([^"]*)"', made) == ["fnref-1", "fn-1"]
    assert made.count('href="#fn-1"') == 2


def test_a_note_that_nothing_refers_to_leads_nowhere():
    made = html("Text.\n\n[^1]: Note.\n")

    assert "href" not in made
    assert '<div class="footnote" id="fn-1"><p><sup>1</sup> Note.' in made


def test_a_note_may_begin_with_a_list():
    made = html("Text.[^1]\n\n[^1]: - One\n    - Two\n")

    assert '<sup><a href="#fnref-1">1</a></sup> <ul>' in made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- [ ] open\n", '<ul>\n<li class="task">☐ open</li>\n</ul>\n'),
        ("- [x] done\n", '<ul>\n<li class="task">☑ done</li>\n</ul>\n'),
        ("1. [X] done\n", '<ol>\n<li class="task">☑ done</li>\n</ol>\n'),
        (
            "- [ ] one\n\n- plain\n",
            (
                '<ul>\n<li class="task">\n<p>☐ one</p>\n</li>\n'
                "<li>\n<p>plain</p>\n</li>\n</ul>\n"
            ),
        ),
    ],
)
def test_a_task_says_whether_it_is_done(text, shown):
    assert html(text) == shown


@pytest.mark.parametrize("kind", ["NOTE", "Tip", "important", "WARNING", "CAUTION"])
def test_an_alert_is_a_box_of_its_kind(kind):
    made = html(f"> [!{kind}]\n> Call us.\n")

    assert made.startswith(f'<blockquote class="callout {kind.lower()}">')


def test_headings_between_two_lines_of_html_are_questions():
    made = html('<div class="faq">\n\n### Is it safe?\n\nMostly.\n\n</div>\n')

    assert questions(made, page="") == (("Is it safe?", "Mostly."),)


def test_code_that_resembles_such_html_stays_code():
    text = '`<blockquote class="markdown-alert-note">` and `<input type="checkbox"/>`\n'
    assert "&lt;blockquote class=" in html(text)
    assert "&lt;input type=" in html(text)
