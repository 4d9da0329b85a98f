"""What of an article's HTML reaches a page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.render.gate import (
    Image,
    Link,
    admit,
    plain,
    plain_text,
    rewrite,
    wrap_tables,
)


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


def test_the_marks_of_unreviewed_blocks_pass_in_drafts_only():
    html = '<p><mark data-state="fuzzy" data-entry="x.po:3">t</mark></p>'
    assert admit(html, drafts=True).html == html
    assert admit(html).html == "<p>t</p>"


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


def test_a_long_article_is_not_taken_for_a_deep_one():
    row = "<tr><td>a</td><td>b</td></tr>"
    html = "<div><p>a</p></div>" * 2000 + f"<table>{row * 900}</table>" + "<li>a" * 999
    assert admit(html).html.count("<p>") == 2000


def test_plain_text_has_no_markup_and_no_line_breaks():
    assert plain("a <b>b\n c</b> &amp; &lt;d&gt;") == "a b c & <d>"
    assert plain_text("  {{  name }} \r\n <b> \u202egm ") == "{{  name }} <b> gm"


def test_plain_text_has_no_character_that_no_feed_could_hold():
    assert plain_text("a\x0bb\ufffe c\ud800\uffff") == "a b c"


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


def test_the_anchor_of_a_heading_is_not_that_of_a_footnote():
    body = admit('<h2>Fn 1</h2><div class="footnote" id="fn-1">n</div>')
    assert [heading.id for heading in body.headings] == ["fn-1-2"]
    assert body.notes == {"fn-1"}


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
