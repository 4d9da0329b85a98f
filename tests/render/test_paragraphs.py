"""HTML whose links and pictures are those of Markdown."""

import pytest
from pyromark import Markdown

from pipeline.render.paragraphs import with_paragraphs
from pipeline.render.words import plain


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ('<p>See\n<a href="a.md">b</a></p>', "\n\nSee [b](a.md)\n\n"),
        (
            '<ul><li>a <a href="a.md#b">b</a></li></ul>',
            "<ul><li>\n\na [b](a.md#b)\n\n</li></ul>",
        ),
        ('<p><a href="a (1).md" hreflang="en">b</a></p>', "\n\n[b](<a (1).md>)\n\n"),
        ('<p><img src="a.png" alt="x]" width="5"></p>', "\n\n![x\\]](a.png)\n\n"),
        (
            '<p>2*3 [x] <a href="a.md">_b_</a></p>',
            "\n\n2\\*3 \\[x\\] [\\_b\\_](a.md)\n\n",
        ),
        ('<p>1. <a href="a.md">b</a></p>', "\n\n1\\. [b](a.md)\n\n"),
        ('<p># <a href="a.md">b</a></p>', "\n\n\\# [b](a.md)\n\n"),
        ('<pre><a href="a.md">b</a></pre>', '<pre><a href="a.md">b</a></pre>'),
    ],
)
def test_words_with_a_link_are_a_paragraph_of_markdown(html, written):
    assert with_paragraphs(html) == written


@pytest.mark.parametrize(
    "html",
    [
        '<ul>\n<li>a <a href="a.md">b</a> c\n<ul>\n<li>d</li>\n</ul></li>\n</ul>',
        '<table><tbody><tr><td>5 * 3 <a href="a.md">b</a></td></tr></tbody></table>',
        '<blockquote><p>- <strong>a</strong> <a href="a.md">b</a></p></blockquote>',
        '<p>+ &lt;b&gt; &amp;amp; <a href="a.md">b</a>:\n# c\n1) d</p><p>e</p>',
    ],
)
def test_read_as_markdown_it_says_what_it_said(html):
    shown = Markdown().html(with_paragraphs(html))

    assert plain(shown).replace(" ", "") == plain(html).replace(" ", "")
    assert '<a href="a.md">' in shown
