from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from pipeline.errors import SourceError, UnfitError
from pipeline.formats import compose
from pipeline.formats.markdown import Markdown
from pipeline.model.article import Article, Mark, Segment


def cut(text: str) -> Article:
    article = Markdown().parse(text, path="source/x.md", domain="x")
    assert compose(article) == text
    return article


def outline(text: str) -> list[tuple[str, str]]:
    return [(one.role, one.text) for one in cut(text).segments]


def only(text: str) -> Segment:
    (segment,) = cut(text).segments
    return segment


def fit(text: str, translation: str) -> str:
    article = cut(text)
    segment = list(article.segments)[-1]
    filled = replace(segment, raw=Markdown().fit(segment, translation))
    return "".join(
        filled.raw if span is segment else span.raw for span in article.spans
    )


def html(text: str) -> str:
    return Markdown().to_html(cut(text))


def test_each_block_has_its_role():
    text = """\
# Title

Paragraph.

## Second *level*

- item

  its second paragraph
- [ ] a task

> quoted

| a | b |
|---|---|
| c | d |

Term
: Definition

[^1]: Footnote.
"""

    assert outline(text) == [
        ("title", "Title"),
        ("paragraph", "Paragraph."),
        ("heading 2", "Second *level*"),
        ("list item", "item"),
        ("list item", "its second paragraph"),
        ("list item", "a task"),
        ("quote", "quoted"),
        ("table header", "a"),
        ("table header", "b"),
        ("table cell", "c"),
        ("table cell", "d"),
        ("term", "Term"),
        ("definition", "Definition"),
        ("footnote", "Footnote."),
    ]


def test_a_segment_knows_its_line_in_the_file():
    text = "---\r\ntitle: T\r\n---\r\n\r\nOne\r\ntwo.\r\n\r\n- three\r\n"

    assert [one.line for one in cut(text).segments] == [2, 5, 8]


@pytest.mark.parametrize(
    ("text", "msgid"),
    [
        ("one\ntwo", "one two"),
        ("one\r\n  two", "one two"),
        ("> one\n> two", "one two"),
        ("> > one\n> two\nthree", "one two three"),
        ("- one\n  two", "one two"),
        ("1. > one\n   > two", "one two"),
        ("> `one\n> two`", "`one two`"),
        ("> [a](b\n> 'c')", "[a](b 'c')"),
        ("> <b\n> c>d</b>", "<b c>d</b>"),
        ("one  \ntwo\\\nthree", "one<br>two<br>three"),
        ("\\# one\n\\# two", "\\# one \\# two"),
        ("Setext\nheading\n===", "Setext heading"),
        ("&amp; *a* ~~b~~ `c` <d> &nbsp;", "&amp; *a* ~~b~~ `c` <d> &nbsp;"),
        ("# Heading # {#id .class}", "Heading"),
        ("[foo][]\n\n[foo]: /u", "[foo][]"),
        ("![foo][] a\n\n[foo]: /u", "![foo][] a"),
        ("- [foo][]\n\n[foo]: /u", "[foo][]"),
        ("a\tb", "a\tb"),
    ],
)
def test_a_msgid_is_the_inline_source_on_one_line(text, msgid):
    assert only(text).text == msgid


def test_of_an_image_alone_in_its_block_the_text_is_cut():
    text = '![one\ntwo](a.png "t") ![*three*][b]\n\n[![](x)](y)\n\n[b]: c\n'

    assert outline(text) == [
        ("alt", "one two"),
        ("image title", "t"),
        ("alt", "*three*"),
    ]


def test_an_image_within_a_sentence_stays_in_it():
    assert outline("See ![this](a.png).") == [("paragraph", "See ![this](a.png).")]


def test_an_image_in_a_link_is_alone_too():
    assert outline("[![alt](a.png)](b)") == [("alt", "alt")]


def test_an_image_that_its_text_refers_to_keeps_its_reference():
    text = "![foo]\n\n[foo]: a.png\n"

    assert fit(text, "resim") == "![resim][foo]\n\n[foo]: a.png\n"
    assert 'src="a.png" alt="resim"' in html(fit(text, "resim"))


@pytest.mark.parametrize(
    "text",
    [
        "```py\nx = 1\n```\n",
        "    indented\n",
        "<pre>\nraw\n</pre>\n",
        "<!-- comment -->\n",
        "[a]: /b 'c'\n",
        "***\n",
        "<br>\n",
        "",
    ],
)
def test_what_is_no_text_is_left_alone(text):
    assert outline(text) == []


def test_merge_fields_survive_in_every_place():
    text = (
        "# Dear {{ name }}\n\n[a]({{ url }}) <{{ x }}> `{{ y }}`\n\n"
        "| {{ a | b }} |\n|--|\n| {% if x > 1 %} |\n\n> {{{ raw }}}\n"
    )

    assert outline(text) == [
        ("title", "Dear {{ name }}"),
        ("paragraph", "[a]({{ url }}) <{{ x }}> `{{ y }}`"),
        ("table header", "{{ a | b }}"),
        ("table cell", "{% if x > 1 %}"),
        ("quote", "{{{ raw }}}"),
    ]
    shown = html(text)
    assert '<a href="{{ url }}">a</a>' in shown
    assert "<th>{{ a | b }}</th>" in shown
    assert "<td>{% if x &gt; 1 %}</td>" in shown
    assert cut(text).meta["title"] == "Dear {{ name }}"


def test_a_merge_field_next_to_letters_that_hide_it_survives():
    assert html("qq{{ x }}0z qqq0z") == "<p>qq{{ x }}0z qqq0z</p>\n"


def test_a_comment_for_translators_is_a_note():
    text = "<!-- Translators: short,\n  please -->\n## Next\n\nText.\n"

    assert [one.notes for one in cut(text).segments] == [("short, please",), ()]


def test_other_comments_are_no_notes():
    assert only("<!-- todo -->\n\nText.\n").notes == ()


def test_a_title_in_the_front_matter_leaves_headings_as_they_are():
    found = cut("---\ntitle: One\n---\n# Two\n")

    assert found.meta["title"] == "One"
    assert [one.role for one in found.segments] == ["title", "heading 1"]


def test_a_first_heading_that_repeats_the_title_is_the_title_too():
    text = "---\ntitle: One two\n---\n\n# One *two*\n\nText.\n"

    assert [one.role for one in cut(text).segments] == ["title", "title", "paragraph"]
    assert html(text) == "<p>Text.</p>\n"


def test_the_title_is_plain_where_a_heading_gives_it():
    assert cut("# A *b* `c` &amp; ![d](e)<br>f\n").meta["title"] == "A b c & d f"


def test_a_text_without_a_heading_has_no_title():
    assert "title" not in cut("## Second\n\ntext\n").meta


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("# T\n\ntext\n", "<p>text</p>\n"),
        ("T\n===\ntext\n", "<p>text</p>\n"),
        ("text\n# T #\nmore\n", "<p>text</p>\n<p>more</p>\n"),
        ("- a\n# T\n- b\n", "<ul>\n<li>a</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n"),
        ("# T\n\n# U\n", "<h1>U</h1>\n"),
    ],
)
def test_the_title_is_left_out_of_the_page(text, rest):
    assert html(text) == rest


def test_marks_are_put_around_every_kind_of_block():
    article = cut(
        "# T\n\n## H {#id}\n\n*a* b\n\n- c\n\n| d |\n|---|\n| e |\n\n![f](g)\n\n"
        "[![f](g)](h)\n",
    )
    mark = Mark("fuzzy", "locales/tr/x.po:3")
    spans = tuple(
        replace(span, mark=mark) if isinstance(span, Segment) else span
        for span in article.spans
    )
    opening = '<mark data-state="fuzzy" data-entry="locales/tr/x.po:3">'

    shown = Markdown().to_html(replace(article, spans=spans))

    assert f'<h2 id="id">{opening}H</mark></h2>' in shown
    assert f"<p>{opening}<em>a</em> b</mark></p>" in shown
    assert f"<li>{opening}c</mark></li>" in shown
    assert f"<th>{opening}d</mark></th>" in shown
    assert f"<td>{opening}e</mark></td>" in shown
    assert f'<p>{opening}<img src="g" alt="f" /></mark></p>' in shown
    assert f'<a href="h">{opening}<img src="g" alt="f" /></mark></a>' in shown


@pytest.mark.parametrize(
    "beginning",
    [
        *["# a", "- a", "+ a", "* a", "> a", "1. a", "12) a", "=", "| a", "~~~"],
        *["[a]: b", "[^1]: a", ": a", "---", "***", "#", "-", "2."],
    ],
)
@pytest.mark.parametrize("text", ["Text.\n", "- x\n", "> x\n", "x\n===\n", "# x\n"])
def test_text_that_would_begin_another_block_is_escaped(text, beginning):
    filled = fit(text, beginning)

    assert Markdown().shape(filled) == Markdown().shape(text)
    assert Markdown().to_plain(only(filled).text) == beginning


@pytest.mark.parametrize(
    "beginning",
    ["*a* b", "**a**", "`a` b", "[a](b)", "5 mg", "~~a~~", "٣ أيام", "“a”"],
)
def test_markup_at_the_beginning_is_left_alone(beginning):
    assert fit("Text.\n", beginning) == f"{beginning}\n"


@pytest.mark.parametrize("ending", ["C #", "C ##", "#", "C {x}"])
def test_the_end_of_a_heading_stays_its_text(ending):
    assert cut(fit("# Text\n", ending)).meta["title"] == ending


def test_a_merge_field_may_end_a_heading():
    assert fit("# Text\n", "Merhaba {{ ad }}") == "# Merhaba {{ ad }}\n"


def test_pipes_in_a_table_cell_are_escaped_once():
    text = "| a |\n|---|\n| b |\n"

    assert fit(text, r"x | y \| `z|w`").endswith("| x \\| y \\| `z\\|w` |\n")
    assert "<td>x | y | <code>z|w</code></td>" in html(fit(text, r"x | y \| `z|w`"))


@pytest.mark.parametrize("translation", ["| c", "|", "|- d", "| | e |"])
def test_a_paragraph_right_below_a_table_stays_below_it(translation):
    text = "| a |\n|---|\n| b |\n|\nc\n"

    filled = fit(text, translation)

    assert Markdown().shape(filled) == Markdown().shape(text)
    assert outline(text)[-1] == ("paragraph", "| c")


def test_a_backslash_at_the_end_escapes_nothing():
    assert outline(fit("|a|\n|-|\n|b|\n", "x\\"))[-1] == ("table cell", "x\\\\")
    assert 'alt="x\\"' in html(fit("![a](b)\n", "x\\"))


@pytest.mark.parametrize("image", ["![foo][]", "![foo] []", "![Foo][foo]"])
def test_an_image_by_reference_keeps_its_reference(image):
    filled = fit(f"{image}\n\n[foo]: a.png\n", "resim")

    assert 'src="a.png" alt="resim"' in html(filled)


def test_brackets_in_the_text_of_an_image_are_escaped_unless_paired():
    assert fit("![a](b)", "x [y] z") == "![x [y] z](b)"
    assert fit("![a](b)", "x] [y \\[") == "![x\\] \\[y \\[](b)"
    assert fit("![a](b)", "x [y") == "![x \\[y](b)"


def test_hard_line_breaks_come_back_as_they_were_written():
    assert fit("> a\\\n> b\n", "x<br>y<br />z\\") == "> x\\\n> y\\\n> z\\\\\n"
    assert fit("a  \r\nb\r\n", "# x<br>- y") == "\\# x\\\r\n\\- y\r\n"
    assert html(fit("a\\\nb\n", "`<br>`<br><br>b")) == (
        "<p><code>&lt;br&gt;</code><br />\n \x20<br />\nb</p>\n".replace(" \x20", " ")
    )


def test_line_breaks_in_a_translation_are_blanks():
    assert fit("Text.\n", " Bir\n  iki\r\nüç ") == "Bir iki üç\n"


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Text.\n", "one\n\ntwo"),
        ("Text.\n", " \n "),
        ("Text.\n", "an open `code span"),
        ("Text.\n", "an open <b>tag"),
        ("Text.\n", "a closing</b> tag"),
        ("Text.\n", "a broken <b tag"),
        ("Text.\n", "<div>block</div>"),
        ("Text.\n", "<!-- comment"),
        ("Text.\n", "```"),
        ("A [ref] here.\n\n[ref]: /u\n", "Burada yok."),
    ],
)
def test_what_would_break_the_text_is_refused(text, translation):
    with pytest.raises(UnfitError):
        fit(text, translation)


def test_a_reference_may_be_translated_if_its_label_remains():
    text = "A [ref] here.\n\n[ref]: /u\n"

    assert '<a href="/u">kaynak</a>' in html(fit(text, "Bir [kaynak][ref]."))


def test_what_is_open_in_the_source_may_be_open_in_the_translation():
    assert fit("A ` and <b>.\n", "Bir <b> ve `.") == "Bir <b> ve `.\n"


def test_balanced_tags_autolinks_and_void_tags_are_fine():
    text = "<b>x</b> <https://a.example/> <a@b.example> <img src=x> <i/> 5 < 6"

    assert fit("Text.\n", text) == f"{text}\n"


def test_a_value_of_the_front_matter_is_quoted():
    filled = fit('---\ntitle: "x"\n---\n', 'a "b": c')

    assert filled == '---\ntitle: "a \\"b\\": c"\n---\n'


@pytest.mark.parametrize("text", ["> " * 150 + "a", "*a **b " * 150 + "c** d*" * 150])
def test_deep_nesting_is_an_error_with_its_line(text):
    with pytest.raises(SourceError, match="nested over 100 levels") as caught:
        cut(f"first\n\n{text}\n")

    assert caught.value.line == 3
    assert caught.value.path == "source/x.md"


def test_a_table_that_would_outgrow_its_text_is_refused():
    text = "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "|x\n" * 2000

    with pytest.raises(SourceError, match="more columns"):
        cut(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "> [!NOTE]\n> one\n> two\n>\n> - three\n",
            [("quote", "one two"), ("list item", "three")],
        ),
        (
            "- [x] ~~a~~\n  - > b\n    > c\n    >\n    > 1. d\\\n    >    e\n",
            [("list item", "~~a~~"), ("quote", "b c"), ("list item", "d<br>e")],
        ),
        (
            "a[^1]\n\n[^1]: b\n\n    c\n\n    - d\n\n| e |\n|---|\n| f[^1] |\n",
            [
                ("paragraph", "a[^1]"),
                ("footnote", "b"),
                ("footnote", "c"),
                ("list item", "d"),
                ("table header", "e"),
                ("table cell", "f[^1]"),
            ],
        ),
        (
            "A *b*\n: c\n  d\n\n: e\n",
            [("term", "A *b*"), ("definition", "c d"), ("definition", "e")],
        ),
        ("a\\    \nb\n", [("paragraph", "a\\\\<br>b")]),
        ("# a {#b .c}\n\n## d #\n", [("title", "a"), ("heading 2", "d")]),
        ("[link](<foo\nbar>)\n", [("paragraph", "[link]\\(<foo bar>)")]),
    ],
)
def test_blocks_within_blocks_are_told_apart(text, expected):
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "> [!NOTE]\n> one\n",
        "a[^1]\n\n[^1]: b\n\n    c\n",
        "[^1]: b\n| c |\n|---|\n",
        "| a |\n|---|\n[^1]: b\n",
        "A\n: b\n: c\n",
        "- [ ] a\n- [x] b\n",
    ],
)
@pytest.mark.parametrize("translation", ["[!NOTE]", "x", "[ ] x", ": x", "| x", "- x"])
def test_a_translation_leaves_blocks_within_blocks_as_they_are(text, translation):
    result = "".join(
        Markdown().fit(span, translation) if isinstance(span, Segment) else span.raw
        for span in cut(text).spans
    )

    assert Markdown().shape(result) == Markdown().shape(text)


def test_the_shape_tells_blocks_apart():
    assert Markdown().shape("---\ntitle: x\n---\n# a\n\n- *b*\n\n***\n") == (
        "heading 1",
        "text",
        "List",
        "Item",
        "text",
        "rule",
    )


def test_plain_text_has_no_markup():
    plain = Markdown().to_plain

    assert plain("plain {x") == "plain {x"
    assert plain("1. *a* [b](c) `d` {{ e }} \\# f") == "1. a b d {{ e }} # f"


@pytest.mark.parametrize(
    "text",
    [
        "a *b* **c** `d` [e](f 'g') ![h](i) <j@k.example> <b>l</b>\n",
        "## a\n\n> b\n> c\n\n1. d\n2. e\n\n   f\n- g\n",
        "| a | b |\n|---|:-:|\n| c\\|d | `e` |\n",
        "~~a~~ &copy; \\* [x]\n\n[x]: /y 'z'\n",
        "```py\na < b\n```\n\n    c\n\n<div>\nd\n</div>\n",
    ],
)
def test_the_html_is_that_of_another_parser(text):
    oracle = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    assert normal(html(text)) == normal(oracle.render(text))


def normal(html: str) -> str:
    return "".join(html.split()).replace("<del>", "<s>").replace("</del>", "</s>")


def test_a_note_has_its_number_before_its_first_word():
    shown = Markdown().to_html(cut("Take 5[^a] mg.\n\n[^a]: Once.\n\n    Daily.\n"))

    assert shown == (
        '<p>Take 5<sup><a href="#fn-1" id="fnref-1">1</a></sup> mg.</p>\n'
        '<div class="footnote" id="fn-1"><p><sup><a href="#fnref-1">1</a></sup> Once.'
        "</p>\n<p>Daily.</p>\n</div>\n"
    )


def test_the_boxes_of_a_task_list_are_characters():
    shown = Markdown().to_html(cut("- [x] Breakfast\n- [ ] Alcohol\n"))

    assert "☑ Breakfast" in shown
    assert "☐ Alcohol" in shown
    assert "<input" not in shown


def test_no_rule_of_markdown_touches_a_merge_field_with_stars():
    shown = Markdown().to_html(
        cut("*|IF:A|* *b*, [c](<*|URL|*>)\n\n| *|A|* |\n|---|\n| *d* |\n")
    )

    assert "<p>*|IF:A|* <em>b</em>, <a href=" in shown
    assert "<th>*|A|*</th>" in shown
    assert "<td><em>d</em></td>" in shown
