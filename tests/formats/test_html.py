from dataclasses import replace

import pytest

from pipeline.errors import SourceError, UnfitError
from pipeline.formats import compose
from pipeline.formats.html import Html
from pipeline.model.article import Article, Mark, Segment


def cut(text: str) -> Article:
    article = Html().parse(text, path="source/x.html", domain="x")
    assert compose(article) == text
    return article


def outline(text: str) -> list[tuple[str, str]]:
    return [(one.role, one.text) for one in cut(text).segments]


def msgids(text: str) -> list[str]:
    return [one.text for one in cut(text).segments]


def fit(text: str, translation: str) -> str:
    article = cut(text)
    segment = list(article.segments)[-1]
    raw = Html().fit(segment, translation)
    return "".join(raw if span is segment else span.raw for span in article.spans)


def html(text: str) -> str:
    return Html().to_html(cut(text))


def test_each_block_has_its_role():
    text = """\
<!doctype html>
<html><head><title>Hair</title></head><body>
<h1>Hair</h1>
<p>Paragraph
<h3>Third</h3>
<ul><li>one<li><p>two</p></ul>
<blockquote><p>quote</p></blockquote>
<table><caption>caption<thead><tr><th>head<tbody><tr><td>cell</table>
<dl><dt>term<dd>definition</dl>
<details><summary>more</summary>text</details>
<select><option>a<option>b</select>
</body></html>
"""

    assert outline(text) == [
        ("title", "Hair"),
        ("title", "Hair"),
        ("paragraph", "Paragraph"),
        ("heading 3", "Third"),
        ("list item", "one"),
        ("list item", "two"),
        ("quote", "quote"),
        ("caption", "caption"),
        ("table header", "head"),
        ("table cell", "cell"),
        ("term", "term"),
        ("definition", "definition"),
        ("summary", "more"),
        ("paragraph", "text"),
        ("option", "a"),
        ("option", "b"),
    ]


def test_a_segment_knows_its_line_in_the_file():
    text = "---\r\nslug: x\r\n---\r\n<p>one\r\n<p>two\r\n\r\n<p title=three>\r\nfour"

    assert [one.line for one in cut(text).segments] == [4, 5, 7, 8]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p> a\r\n  <b>b</b>\t c </p>", ["a <b>b</b> c"]),
        ("<p>a <a\n  href='x'>b</a></p>", ["a <a href='x'>b</a>"]),
        ("<p>a<br>b</p>", ["a<br>b"]),
        ("<p>a <!-- b --> c</p>", ["a <!-- b --> c"]),
        ("<p><!-- a --> b <!-- c --></p>", ["b"]),
        ("<p><a name=x></a>b</p>", ["<a name=x></a>b"]),
        ("<b>a <p>b</b> c</p>", ["a", "b</b> c"]),
        ("<p><a href=x><h2>a</h2></a>", ["a"]),
        (
            "<p>&eacute;&#8217;&quot; &amp; &lt;&nbsp;&shy;&#123;",
            ['é’" &amp; &lt;&nbsp;&shy;&#123;'],
        ),
        ("<p>a &bogus b & c < d</p>", ["a &bogus b & c < d"]),
        ("<p>a <svg><text>b</text></svg> c</p>", ["a <svg><text>b</text></svg> c"]),
        ("<p>a <svg/> <b>b</b>", ["a <svg/> <b>b</b>"]),
        ("<p>a <img src=x alt='b'> c</p>", ["a <img src=x alt='b'> c"]),
        ("<P>A <B>b</B>", ["A <B>b</B>"]),
        ("<p>a</>b", ["ab"]),
        ("<p>a <b", ["a"]),
        ("<p>&nbsp;</p> <td>&nbsp;", []),
        ("<x-card>a</x-card>", ["<x-card>a</x-card>"]),
        ("text alone", ["text alone"]),
        ("<p>a</b></p>", ["a"]),
    ],
)
def test_a_msgid_is_the_inner_html_of_a_block(text, expected):
    assert msgids(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>'<p>a</p>'</script>",
        "<style>p {}</style>",
        "<pre>a <b>b</b></pre>",
        "<template><p>a</p></template>",
        "<p translate=no>a <b>b</b></p>",
        "<div translate='no'><p>a<ul><li>b</ul></div>",
        "<p class='x notranslate'>a</p>",
        "<p><span translate=no>a</span> <b class=notranslate>b <i>c</i></b></p>",
        "<p><svg><title>a</title></svg></p>",
        "<textarea>a</textarea>",
        "<!-- a --><?php b ?><![CDATA[c]]>",
        "<img translate=no alt=a>",
        "<span translate=no><img alt=a></span>",
    ],
)
def test_what_is_not_to_be_translated_is_left_alone(text):
    assert msgids(text) == []


def test_translation_may_be_switched_on_again():
    text = "<div translate=no>a<p translate=yes>b</p>c</div><p>d</p>"

    assert msgids(text) == ["b", "d"]


def test_a_name_that_is_not_translated_stays_in_its_sentence():
    text = "<p>By <span translate=no>The <b>Clinic</b></span>.</p>"

    assert msgids(text) == ["By <span translate=no>The <b>Clinic</b></span>."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<img src=x alt='a &amp; \"b\"'>", [("alt", 'a & "b"')]),
        ("<a href=x title=t><img alt=a></a>", [("title attribute", "t"), ("alt", "a")]),
        ('<input placeholder="a\n b">', [("placeholder", "a b")]),
        ("<section ARIA-LABEL=a>b</section>", [("label", "a"), ("paragraph", "b")]),
        ("<p title='a'>b", [("title attribute", "a"), ("paragraph", "b")]),
        ("<img alt='' title>", []),
        ("<img alt=a alt=b>", [("alt", "a")]),
        (
            "<img/alt=a title = 'b'/>",
            [("alt", "a"), ("title attribute", "b")],
        ),
        ("<meta name=Description content='a b'>", [("description", "a b")]),
        ("<meta name=keywords content='a b'>", []),
    ],
)
def test_attributes_that_people_read_are_cut(text, expected):
    assert outline(text) == expected


def test_a_comment_for_translators_is_a_note():
    text = "<!-- translators: no\n jokes --><h2>a</h2><p>b</p><!-- todo --><p>c</p>"

    assert [one.notes for one in cut(text).segments] == [("no jokes",), (), ()]


@pytest.mark.parametrize(
    ("text", "title", "roles"),
    [
        ("<h1>A &amp; <i>b</i></h1>", "A & b", ["title"]),
        ("<title>A &amp; b</title>", "A & b", ["title"]),
        ("<title>A</title><h1>B</h1>", "B", ["page title", "title"]),
        ("<title>A</title><h1>A</h1>", "A", ["title", "title"]),
        ("<h1>A</h1><h1>B</h1>", "A", ["title", "heading 1"]),
        ("---\ntitle: A\n---\n<h1>A</h1>", "A", ["title", "title"]),
        ("---\ntitle: A\n---\n<h1>B</h1>", "A", ["title", "heading 1"]),
        ("---\ntitle: A\n---\n<title>A</title>", "A", ["title", "title"]),
        (
            "---\ntitle: A\n---\n<p>x<h1>A</h1>",
            "A",
            ["title", "paragraph", "heading 1"],
        ),
        ("<h1><div>A</div>B</h1>", None, ["heading 1", "heading 1"]),
        ("<p>x", None, ["paragraph"]),
    ],
)
def test_the_title_is_the_first_that_there_is(text, title, roles):
    found = cut(text)

    assert found.meta.get("title") == title
    assert [one.role for one in found.segments] == roles


def test_the_description_is_that_of_the_front_matter_first():
    meta = "<meta name=description content='B &amp; c'>"

    assert cut(meta).meta["description"] == "B & c"
    assert cut(f"---\ndescription: A\n---\n{meta}").meta["description"] == "A"


def test_the_page_has_the_body_without_the_title():
    text = (
        "<!doctype html><head><title>T</title><style>x</style></head>"
        "<body class=a><h1 id=b>T</h1><p>a<p>b <b>c</body></html>"
    )

    assert html(text) == "<p>a</p><p>b <b>c</b></p>\n"


def test_a_fragment_is_a_body():
    assert html("---\ntitle: T\n---\n<p>a &nbsp; b") == "<p>a &nbsp; b</p>\n"


def test_a_frameset_has_no_body():
    assert html("<frameset></frameset>") == "\n"


def test_marks_are_put_around_text():
    text = "<h2>a</h2><ul><li>b <i>c</i></ul><table><tr><td>d</table><img alt=e>"
    article = cut(text)
    mark = Mark("fuzzy", "x.po:1")
    spans = tuple(
        replace(span, mark=mark) if isinstance(span, Segment) else span
        for span in article.spans
    )
    opening = '<mark data-state="fuzzy" data-entry="x.po:1">'

    assert Html().to_html(replace(article, spans=spans)) == (
        f"<h2>{opening}a</mark></h2><ul><li>{opening}b <i>c</i></mark></li></ul>"
        f"<table><tbody><tr><td>{opening}d</mark></td></tr></tbody></table>"
        '<img alt="e">\n'
    )


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("<p>a</p>", " b\n c ", "<p>b c</p>"),
        ("<p>a</p>", "5 < 6 & 7 -> 8", "<p>5 &lt; 6 &amp; 7 -> 8</p>"),
        ("<p>a</p>", "AT&T &amp; &eacute;", "<p>AT&amp;T &amp; &eacute;</p>"),
        ("<p>a</p>", "<b>b</b><br>c<i/></i>", "<p><b>b</b><br>c<i/></i></p>"),
        ("<p>a <b>b</p>", "<b>c", "<p><b>c</p>"),
        ("<img alt='a'>", 'b\'s "c"', "<img alt='b&#x27;s \"c\"'>"),
        ('<img alt="a">', 'b\'s "c"', '<img alt="b\'s &quot;c&quot;">'),
        ("<img alt='a'>", "& <d>", "<img alt='&amp; &lt;d&gt;'>"),
        ("<img alt=a>", "b c", '<img alt="b c">'),
        ("<title>a</title>", "b &amp; </p>", "<title>b &amp;amp; &lt;/p&gt;</title>"),
        ("---\ntitle: a\n---\n", "b", '---\ntitle: "b"\n---\n'),
        ("<p>a <svg><g/></svg>", "<svg><g/></svg> b", "<p><svg><g/></svg> b"),
    ],
)
def test_a_translation_is_put_in_its_place(text, translation, expected):
    assert fit(text, translation) == expected


@pytest.mark.parametrize(
    "translation",
    [
        "a\n\nb",
        "",
        "<b>a",
        "a</b>",
        "<p>a</p>",
        "<script>a</script>",
        "<iframe src=x></iframe>",
        "a <b",
        "a <!-- b",
        "a <?b",
    ],
)
def test_what_would_break_the_text_is_refused(translation):
    with pytest.raises(UnfitError):
        fit("<p>a</p>", translation)


def test_deep_nesting_is_an_error_with_its_line():
    with pytest.raises(SourceError, match="nested over 100 levels") as caught:
        cut("<p>a\n" + "<div>" * 101)

    assert caught.value.line == 2


@pytest.mark.parametrize(
    "tag", ['<a href="x>', "<p title='y>", '<img alt="x" title="y >', '<b class="a\nb']
)
def test_a_value_without_its_second_quotation_mark_is_an_error_with_its_line(tag):
    text = f"<p>First</p>\n{tag}Hidden</p>\n<p class=\"z\" id='i'>Last</p>"
    with pytest.raises(SourceError, match="quotation mark is missing") as caught:
        cut(text)

    assert caught.value.line == 2


@pytest.mark.parametrize(
    "tag",
    ['<img alt="a < b" src=x>', "<b title='it is \"so\"'>", '<img alt=a"b src=x>'],
)
def test_quotation_marks_and_markup_within_values_are_no_error(tag):
    assert "Words" in msgids(f'<p>{tag}Words</p><p class="z">x</p>')[-2]


@pytest.mark.parametrize("name", ["b", "svg"])
def test_deep_markup_is_an_error_too(name):
    with pytest.raises(SourceError, match="nested over 100 levels"):
        cut(f"<{name}>" * 101)


def test_elements_that_close_one_another_are_not_nested():
    text = "<p>a" * 200 + "<ul>" + "<li>b" * 200 + "</ul>" + "<h2>c" * 200
    table = "<table>" + "<tr><td>d<th>e" * 200 + "</table>"

    assert len(msgids(text + table)) == 1000


def test_an_end_tag_does_not_reach_beyond_its_cell():
    text = "<div><table><tr><td>a</div><p>b</td></tr></table>c</div>"

    assert [one.role for one in cut(text).segments] == [
        "table cell",
        "table cell",
        "paragraph",
    ]


def test_the_shape_is_that_of_the_blocks():
    text = "---\ntitle: x\n---\n<div><p>a <b>b</b></div><script></script>"

    assert Html().shape(text) == ("div", "p", "/div", "script", "/script")


def test_plain_text_has_no_tags():
    plain = Html().to_plain

    assert plain("plain") == "plain"
    assert plain("a <b>b</b>&amp;&eacute;<br>c") == "a b&é c"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- publish:skip --><ul><li>a<li>b</ul><p>c", ["c"]),
        ("<!-- publish:skip -->\n<div><p translate=yes>a</div>b", ["b"]),
        ("<!-- publish:skip --> a <b>b</b><p>c", ["c"]),
        ("<!-- publish:skip --><img alt=a><p>c", ["c"]),
        ("<div><!-- publish:skip --></div><p>c", ["c"]),
        ("<!-- publish:skip --><pre>a</pre><p>c", ["c"]),
        ("<!-- publish:skip --><hr title=a><p>c", ["c"]),
        (
            "a<!-- publish:skip-start --><p title=b>b</p><!-- publish:skip-end -->d",
            ["a", "d"],
        ),
        (
            "<!-- publish:skip-start --><p title=b>c<!-- publish:skip-end -->d",
            ["c<!-- publish:skip-end -->d"],
        ),
        (
            "<p>a <!-- publish:skip-start -->b<!-- publish:skip-end --> c",
            ["a <!-- publish:skip-start -->b<!-- publish:skip-end --> c"],
        ),
        ("<pre><!-- publish:skip --></pre><p>c", ["c"]),
    ],
)
def test_what_an_author_skips_is_left_alone(text, expected):
    assert msgids(text) == expected


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("<!-- publish:note n --><p>a<p>b", [("n",), ()]),
        ("<p><!-- publish:note n -->a<p>b", [("n",), ()]),
        ("<p>a <!-- publish:note n --> c<p>b", [("n",), ()]),
        ("<p>a <!-- publish:note n --><p>b", [(), ("n",)]),
        ("<!-- publish:note m --><!-- translators: n --><p>a", [("m", "n")]),
    ],
)
def test_a_note_is_about_what_comes_next(text, notes):
    assert [one.notes for one in cut(text).segments] == notes


@pytest.mark.parametrize(
    "text",
    [
        "<p>a\n<!-- publish:skip-start -->b",
        "<p>a\n<!-- publish:skip-end -->b",
        "<p>a\n<!-- publish:nothing -->b",
        "<p>a\n<!-- publish:comments --><pre>b</pre>",
    ],
)
def test_a_directive_without_a_meaning_is_an_error_with_its_line(text):
    with pytest.raises(SourceError) as caught:
        cut(text)

    assert (caught.value.path, caught.value.line) == ("source/x.html", 2)


def test_a_picture_beside_a_number_is_cut_by_itself():
    assert outline("<p>5 <img src=x alt=five title=Five>") == [
        ("alt", "five"),
        ("title attribute", "Five"),
    ]


def test_the_text_after_a_raw_block_is_a_text_of_its_own():
    assert msgids("a<pre>b\n  c</pre> d <b>e</b>") == ["a", "d <b>e</b>"]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("<html><p>a", "tr", '<html lang="tr"><p>a'),
        ("<html lang=en><p>a", "tr", '<html lang="tr"><p>a'),
        (
            "<!doctype html>\n<HTML xml:lang='en' dir='ltr' lang='en'><p>a",
            "ar",
            "<!doctype html>\n<HTML xml:lang='ar' dir='rtl' lang='ar'><p>a",
        ),
        ("<html lang='en'><p>a", "ar", "<html dir=\"rtl\" lang='ar'><p>a"),
        (
            "---\ntitle: x\n---\n<html><p>a",
            "tr",
            '---\ntitle: x\n---\n<html lang="tr"><p>a',
        ),
        ("<p>a</p><html>", "tr", "<p>a</p><html>"),
        ("<p>a", "ar", "<p>a"),
        ("", "ar", ""),
    ],
)
def test_a_document_says_what_language_it_is_in(text, locale, expected):
    assert compose(Html().declare(cut(text), locale)) == expected


@pytest.mark.parametrize(
    "opened", ["<!-- b", "<script>b", "<style>b", "<textarea>b", "<a href='b", "<xmp>"]
)
def test_what_hides_the_rest_of_the_page_stays_open(opened):
    text = f"<p>a {opened}</p><p>Take 5 mg.</p>"

    assert html(text).endswith("<!--")


@pytest.mark.parametrize("opened", ["<b>b", "<ul><li>b", "<table><tr><td>b", "<div>"])
def test_what_only_is_not_closed_is_shown(opened):
    assert html(f"<p>a</p>{opened}").startswith("<p>a</p><")
