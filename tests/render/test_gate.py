"""What of an article's HTML reaches a page."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.render.gate import _depth, _require_shallow, admit
from pipeline.render.rewriting import Image, Link, rewrite
from pipeline.render.words import plain, plain_text


def as_is(html: str) -> str:
    return rewrite(admit(html).html, link=Link, image=Image)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Text with <strong>bold</strong>, <em>soft</em> and <code>x</code></p>",
        "<ul><li>one</li><li>two</li></ul>",
        '<ol start="3"><li>three</li></ol>',
        "<blockquote><p>said</p></blockquote>",
        '<dl class="faq"><div><dt>Q</dt><dd>A</dd></div></dl>',
        '<p lang="ar" dir="rtl" translate="no">x</p>',
        "<details><summary>s</summary>t</details>",
        '<blockquote class="callout warning"><p>w</p></blockquote>',
        '<ul><li class="task">☑ done</li></ul>',
        '<p>a<sup><a href="#fn-1" id="fnref-1">1</a></sup></p>',
        '<div class="footnote" id="fn-1"><sup>1</sup><p>n</p></div>',
        "<address>a</address>",
        '<a href="mailto:a@clinic.example">a</a>',
        '<a href="tel:+905550000000">a</a>',
        '<a href="https://clinic.example/a?b=c&amp;d=e">a</a>',
    ],
)
def test_what_an_article_is_made_of_passes_unchanged(html):
    assert as_is(html) == html


@pytest.mark.parametrize(
    ("html", "admitted"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p onclick="x()" style="color:red" id="a">t</p>', "<p>t</p>"),
        ('<a href="javascript:alert(1)">t</a>', "<a>t</a>"),
        ('<a href="JaVa&#10;script:alert(1)">t</a>', "<a>t</a>"),
        ('<a href="data:text/html,x">t</a>', "<a>t</a>"),
        ("<bdo dir=rtl>12 mg</bdo>", "12 mg"),
        ("12 mg\u202e21", "12 mg21"),
        ('<p dir="sideways">t</p>', "<p>t</p>"),
        ('<div class="faq evil">t</div>', '<div class="faq">t</div>'),
        ('<a id="content">t</a><div id="x">u</div>', "<a>t</a><div>u</div>"),
        (
            '<div id="fn-1">a</div><div lang="tr" id="fn-1">b</div>',
            '<div id="fn-1">a</div><div lang="tr">b</div>',
        ),
        ("<iframe src=https://evil.example></iframe>t", "t"),
        ("<style>p{display:none}</style>t", "t"),
        ("<svg><script>1</script></svg>t", "t"),
        ("<form><input name=a>t</form>", "t"),
        ("<!-- hidden -->t", "t"),
        ("<meta http-equiv=refresh content=0>t", "t"),
        ('<mark data-state="fuzzy">t</mark>', "t"),
        ("<p>open", "<p>open</p>"),
        ("{{ 7*7 }}{% raw %}", "{{ 7*7 }}{% raw %}"),
        ("<p>5 < 6 & 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_what_is_not_listed_does_not_pass(html, admitted):
    assert as_is(html) == admitted


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<p hidden>t</p>", ["<p hidden>"]),
        ('<P HIDDEN="until-found">t</P>', ['<P HIDDEN="until-found">']),
        ('<b style="color:red; Display : none">t</b>', None),
        ('<i style="visibility:hidden!important">t</i>', None),
        ("<ul hidden><li hidden>t</li></ul>", ["<ul hidden>", "<li hidden>"]),
        ('<img alt="hidden" hidden src="a.png">t', []),
        ('<svg style="display:none"><g></g></svg>t', []),
        ('<p aria-hidden="true" title="hidden">t</p>', []),
        ("<code>&lt;p hidden&gt;</code><script></script>", []),
        ('<td style="text-align:left;}body{display:none">t</td>', []),
    ],
)
def test_what_an_author_has_hidden_is_known(html, tags):
    if tags is None:
        tags = [html[: html.index(">") + 1]]

    assert admit(html).concealed == tuple(tags)


def test_the_marks_of_unreviewed_blocks_pass_in_drafts_only():
    html = '<p><mark data-state="fuzzy" data-entry="x.po:3">t</mark></p>'
    assert admit(html, drafts=True).html == html
    assert admit(html).html == "<p>t</p>"


@pytest.mark.parametrize(
    "html",
    ["<div>" * 300, "<b>" * 300, "<div><p>" * 300, "<p>a" * 70_000],
)
def test_markup_without_end_is_refused_before_it_is_parsed(html):
    with pytest.raises(SourceError, match="nested too deep") as raised:
        admit(html, path="source/x.html")
    assert raised.value.path == "source/x.html"


@pytest.mark.parametrize("said", ["", "<p>\x7fthe end of the text\x7f</p>"])
def test_a_comment_without_end_is_refused_whatever_the_text_says(said):
    with pytest.raises(SourceError, match="hide"):
        admit(f"<p>a</p>{said}<!-- <p>b</p>", path="source/x.html")


NESTED = st.sampled_from(
    [
        *(
            "<div>",
            "</div>",
            "<DIV>",
            "<b",
            "<p>",
            "</p>",
            "<P>",
            "<p lang=tr>",
            "<pre>",
        ),
        *("<li>", "<ul>", "<table>", "<tr>", "<td>", "</td>", "<td >", "<tdx>", "<br>"),
        *("<", "</", "<!--", "< p>", "<<p>", "<\np>", "text", "<li", "<tr/>"),
    ],
)


@given(st.lists(st.tuples(NESTED, st.integers(1, 250)), max_size=5), st.integers(1, 3))
def test_however_deep_a_text_is_seen_to_be_the_same_is_refused(pieces, times):
    html = "".join(piece * count for piece, count in pieces) * times
    try:
        _require_shallow(html, "")
    except SourceError:
        assert _depth(html) > 200
    else:
        assert _depth(html) <= 200


def test_a_long_article_is_not_taken_for_a_deep_one():
    row = "<tr><td>a</td><td>b</td></tr>"
    html = "<div><p>a</p></div>" * 2000 + f"<table>{row * 900}</table>" + "<li>a" * 999
    assert admit(html).html.count("<p>") == 2000


def test_a_pseudo_translation_may_turn_its_words_around():
    assert admit("<p>\u202ea\u202c</p>", locale="en-XB").html == "<p>\u202ea\u202c</p>"
    assert plain_text("\u202ea\u202c", locale="en-XB") == "\u202ea\u202c"


@pytest.mark.parametrize(
    "opened",
    ["<!-- b", "<script>b", "<style>b", "<textarea>b", "<title>b", "<b title='b"],
)
def test_what_would_hide_the_rest_of_a_text_is_refused(opened):
    with pytest.raises(SourceError, match="has no end") as raised:
        admit(f"<p>a {opened}</p><p>Take 5 mg.</p>", path="source/x.md")
    assert raised.value.path == "source/x.md"


@pytest.mark.parametrize(
    "html", ["<p>a", "<p>a<b>b", "<ul><li>a", "<table><tr><td>a", ""]
)
def test_what_only_is_not_closed_keeps_its_words_and_gets_no_others(html):
    assert plain(as_is(html)) == plain(html)


def shown_or_refused(html: str) -> str:
    try:
        return as_is(html)
    except SourceError:
        return ""


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.urls: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.urls += [value or "" for name, value in attrs if name in {"href", "src"}]


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<h2 id=a>", "</h2>", "<script>", "</script>", "<svg>", "<b>"),
        *("<a href='javascript:x'>", '<a href="', '">', "<img src=x onerror=y>", "'"),
        *("<style>", "</style>", "<!--", "-->", "<![CDATA[", "<table><td>", "</table>"),
        *("<math><mi>", "<template>", "<textarea>", "&lt;script&gt;", "\0", "<", ">"),
        *("<bdo dir=rtl>", "text", "<p style=x>", "{{ x }}", "<noscript>", "<iframe>"),
    ],
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_no_mix_of_pieces_brings_anything_through(html):
    seen = Seen()
    seen.feed(shown_or_refused(html))
    assert not seen.tags & {"script", "style", "svg", "bdo", "iframe", "textarea"}
    assert not {name for name in seen.attributes if name.startswith("on")}
    assert not seen.attributes & {"style", "srcset"}
    assert not [
        url for url in seen.urls if url.strip().lower().startswith("javascript")
    ]


@given(st.lists(PIECES, max_size=14).map("".join))
@example("<h2 id=a><a href='javascript:x'><h2 id=a><a href='javascript:x'>")
def test_what_was_admitted_is_admitted_again_unchanged(html):
    once = shown_or_refused(html)
    assert as_is(once) == once


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        ('<p><a href="sms:1">x</a> <a href="x.md">y</a></p>', ("sms:1",)),
        ("<A HREF=' JavaScript:1'>x</A>", (" JavaScript:1",)),
        ('<a href="java&#9;script:1">x</a>', ("java\tscript:1",)),
        ('<a href="ftp://x.example/" href="x.md">x</a>', ("ftp://x.example/",)),
        ('<a href="https://[x">x</a><a id="y">y</a>', ("https://[x",)),
        ('<script>a.href = "x"</script><link href="y"><a href="//z.example">z</a>', ()),
        ('<p onclick=x><a href="{{ url }}">x</a> <code>href="sms:1"</code></p>', ()),
    ],
)
def test_links_that_lost_their_address_are_told(html, refused):
    assert admit(html).refused == refused
