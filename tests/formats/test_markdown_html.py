"""HTML within Markdown: blocks, tags in sentences, and what they say of others."""

from dataclasses import replace

import pytest

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


def msgids(text: str) -> list[str]:
    return [one.text for one in cut(text).segments]


def filled(text: str, *translations: str) -> str:
    """The text with its segments replaced, in their order."""
    rest = list(translations)
    result = "".join(
        Markdown().fit(span, rest.pop(0)) if isinstance(span, Segment) else span.raw
        for span in cut(text).spans
    )
    assert rest == []
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\ntext\n</div>\n", [("paragraph", "text")]),
        ("<div>a <b>b</b>\nc</div>\n", [("paragraph", "a <b>b</b> c")]),
        (
            "<details>\n<summary>A &amp; <i>b</i></summary>\n\n*C*.\n\n</details>\n",
            [("summary", "A &amp; <i>b</i>"), ("paragraph", "*C*.")],
        ),
        (
            "<table>\n<tr><th>a<td title='b'>c\n\n</table>\n",
            [("table header", "a"), ("title attribute", "b"), ("table cell", "c")],
        ),
        ("<!-- a --> b\n", [("paragraph", "b")]),
        ("<h1>a</h1>\n", [("heading 1", "a")]),
        ("<img src=x alt='a\n b'>\n", [("alt", "a b")]),
        ("<meta name=description content=a>\n", [("meta description", "a")]),
        ("> <div>\n> a <b>b\n> c</b>\n> </div>\n", [("paragraph", "a <b>b c</b>")]),
        ("- <p>ä\n  ö</p>\n", [("paragraph", "ä ö")]),
        ("<script>\n'a'\n</script>\n\n<style>\nb\n</style>\n\n<pre>\nc\n</pre>\n", []),
        ("<?php a ?>\n\n<!DOCTYPE a>\n\n<![CDATA[b]]>\n", []),
    ],
)
def test_the_words_of_a_block_of_html_are_cut(text, expected):
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a href=x><img src=y alt='a'></a> <b title='c'></b>\n", ["a", "c"]),
        ("5 <img alt='five'>\n", ["five"]),
        ("five <img alt='five'>\n", ["five <img alt='five'>"]),
        ("<span translate='no'>a</span>\n", []),
        ("a <span translate='no'>b</span>\n", ["a <span translate='no'>b</span>"]),
        ("<b class='notranslate'>*a* `b`</b> `c`\n", []),
        ("- <br>5\n", ["<br>5"]),
    ],
)
def test_of_tags_without_words_around_them_the_attributes_are_cut(text, expected):
    assert msgids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '<div translate="no">\n\na\n\n- b\n\n[c]: d "e"\n\n[c]\n\n</div>\n\nf\n',
            ["f"],
        ),
        ("<p translate=no>\n\na\n", ["a"]),
        ('<div translate="no">\n\na\n\n<p translate=yes>b</p>\n\n</div>\n', ["b"]),
        ("<div><script>\n\na\n\n</script></div>\n\nb\n", ["b"]),
        ("<div><svg>\n\na\n\n</svg></div>\n\nb\n", ["b"]),
    ],
)
def test_what_an_element_says_holds_for_the_markdown_in_it(text, expected):
    assert msgids(text) == expected


def test_a_segment_of_html_knows_its_line():
    text = "a\n\n> <div>\n> b\n> <hr title='c'>\n> </div>\n\nd\n"

    assert [one.line for one in cut(text).segments] == [1, 4, 5, 8]


@pytest.mark.parametrize(
    ("text", "translations", "expected"),
    [
        ("<div>\na\n</div>\n", ["*b* & <c", "x"][:1], None),
        ("<div>\na\n</div>\n", ["*b* & # c"], "<div>\n*b* &amp; # c\n</div>\n"),
        ("> <p>ä\n> ö</p>\n", ["b"], "> <p>b</p>\n"),
        ("<img alt='a'>\n", ["b's"], "<img alt='b&#x27;s'>\n"),
        (
            "<a href='x'>\n*a*\n</a>\n",
            ["<a href='x'> *b* </a>"],
            "<a href='x'>\n*b* </a>\n",
        ),
        ("<a href='x'>\na\n</a>\n", ["b"], "b\n"),
        ("<img alt='a\nb'>\n", ["c d e"], "<img alt='c\nd e'>\n"),
        ("> <img alt='a\n> b'>\n", ["c"], "> <img alt='c\n> '>\n"),
    ],
)
def test_a_translation_is_put_into_html(text, translations, expected):
    if expected is None:
        with pytest.raises(UnfitError):
            filled(text, *translations)
    else:
        assert filled(text, *translations) == expected


@pytest.mark.parametrize("translation", ["a\n\nb", "</div>", "<p>a", "<!-- a", "<b>a"])
def test_what_would_break_the_html_is_refused(translation):
    with pytest.raises(UnfitError):
        filled("<div>\na\n</div>\n", translation)


def test_the_shape_tells_the_tags_of_html_apart():
    assert Markdown().shape("<div>\n<b>a</b></div>\n\nb\n") == (
        "HtmlBlock",
        "div",
        "/div",
        "Paragraph",
        "text",
    )


@pytest.mark.parametrize("text", ["<img alt='a\nb'>\n", "> <img alt='a\n> b'>\n"])
@pytest.mark.parametrize("translation", ["c", "c d", "c 'd"])
def test_a_tag_in_two_lines_stays_in_two(text, translation):
    result = filled(text, translation)

    assert Markdown().shape(result) == Markdown().shape(text)
    assert msgids(result) == [translation]


def test_marks_go_around_text_and_not_into_tags():
    text = (
        "<div title='a'>b</div>\n\n<a><img alt='c'></a>\n\n![d](e 'f')\n\n"
        "[![g](h)](i 'j')\n\n[k]\n\n[k]: l 'm'\n"
    )
    article = cut(text)
    mark = Mark("fuzzy", "x.po:1")
    spans = tuple(
        replace(span, mark=mark) if isinstance(span, Segment) else span
        for span in article.spans
    )

    shown = Markdown().to_html(replace(article, spans=spans))

    opening = '<mark data-state="fuzzy" data-entry="x.po:1">'
    assert shown == (
        f"<div title='a'>{opening}b</mark></div>\n"
        "<p><a><img alt='c'></a></p>\n"
        f'<p>{opening}<img src="e" alt="d" title="f" /></mark></p>\n'
        f'<p><a href="i" title="j">{opening}<img src="h" alt="g" /></mark></a></p>\n'
        f'<p>{opening}<a href="l" title="m">k</a></mark></p>\n'
    )


def test_too_many_open_elements_are_an_error_with_their_line():
    with pytest.raises(SourceError, match="nested over 100 levels") as caught:
        cut("a\n\n" + "<div>\n\nb\n\n" * 101)

    assert caught.value.line == 403
