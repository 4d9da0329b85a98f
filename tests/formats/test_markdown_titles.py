"""Titles of links, images and definitions."""

import pytest
from markdown_it import MarkdownIt

from pipeline.formats import compose
from pipeline.formats.markdown import Markdown
from pipeline.model.article import Article, Segment


def cut(text: str) -> Article:
    article = Markdown().parse(text, path="source/x.md", domain="x")
    assert compose(article) == text
    return article


def outline(text: str) -> list[tuple[str, str]]:
    return [(one.role, one.text) for one in cut(text).segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [a](b 'c').\n", [("paragraph", "See [a](b 'c').")]),
        ("![a](b 'c')\n", [("alt", "a"), ("image title", "c")]),
        ("![](b (c))\n", [("image title", "c")]),
        (
            '![a](<b c>  "d \\"e\\" &amp; f" )\n',
            [("alt", "a"), ("image title", 'd "e" & f')],
        ),
        (
            "[![a](b 'c')](d 'e')\n",
            [("alt", "a"), ("image title", "c"), ("link title", "e")],
        ),
        ("> ![a](b\n> 'c\n> d')\n", [("alt", "a"), ("image title", "c d")]),
        ("[](a '](b')\n", [("link title", "](b")]),
        ("![a](b '{{ c }}')\n", [("alt", "a"), ("image title", "{{ c }}")]),
        ("![a](b '')\n", [("alt", "a")]),
        ("![a](b ' ')\n", [("alt", "a")]),
        ("[a]\n\n[a]: b 'c'\n", [("paragraph", "[a]"), ("link title", "c")]),
        ("[a]: <b>\n  (c)\n\n![A][]\n", [("link title", "c"), ("alt", "A")]),
        (
            "![x][a  b]\n\n> [A\tB]: c '\n> d\n> e'\n",
            [("alt", "x"), ("link title", "d e")],
        ),
        ("[//]: # (a comment)\n[b]: c 'nobody refers to it'\n", []),
        ("[a]\n\n[a]: b\n[a]: c 'd'\n", [("paragraph", "[a]")]),
        ("é [a]\n\n[a]: é 'ü'\n", [("paragraph", "é [a]"), ("link title", "ü")]),
    ],
)
def test_a_title_without_a_sentence_is_a_text_of_its_own(text, expected):
    assert outline(text) == expected


TITLES = [
    "plain",
    """both "quotes" and 'others' and (brackets)""",
    "a \\ and \\",
    "`code` ``",
    "<b>tag</b>",
    "&amp; & AT&T",
    "2. ordinal",
    "- dash",
    "]( and [x]",
    "# sign",
    '{{ field }} "x"',
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    "text",
    [
        '![](b "T")\n',
        "![](b 'T')\n",
        "![](b (T))\n",
        '[](b "T")\n',
        "[](b)\n[]( c 'T')\n",
        "> ![](b\n> 'T\n> t')\n",
        '[a]: b "T"\n\n![][a]\n',
        "[a]: b '\nT\nT'\n\n![][a]\n",
    ],
)
def test_a_translated_title_is_what_the_reader_sees(text, title):
    article = cut(text)
    (segment,) = article.segments

    result = "".join(
        Markdown().fit(span, title) if isinstance(span, Segment) else span.raw
        for span in article.spans
    )

    assert [one.text for one in cut(result).segments] == [title]
    assert Markdown().shape(result) == Markdown().shape(text)
    shown = [
        str(token.attrs["title"]).strip()
        for block in MarkdownIt().parse(result.replace("{{ field }}", "field"))
        for token in block.children or ()
        if "title" in token.attrs
    ]
    assert shown == [title.replace("{{ field }}", "field")]
    assert segment.line in {1, 2}
