"""What an author says to this program in the comments of a Markdown text."""

import pytest

from pipeline.errors import SourceError, UnfitError
from pipeline.formats import compose
from pipeline.formats.markdown import Markdown
from pipeline.model.article import Article, Segment


def cut(text: str) -> Article:
    article = Markdown().parse(text, path="source/x.md", domain="x")
    assert compose(article) == text
    return article


def msgids(text: str) -> list[str]:
    return [one.text for one in cut(text).segments]


SKIP = "<!-- publish:skip -->\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SKIP}\na\n\nb\n", ["b"]),
        (f"{SKIP}a\n\nb\n", ["b"]),
        (f"{SKIP}\n- a\n- b\n\n  c\n\nd\n", ["d"]),
        (f"{SKIP}\n| a |\n|---|\n| b |\n\nc\n", ["c"]),
        (f"{SKIP}\n> a\n>\n> ![b](c 'd')\n\ne\n", ["e"]),
        (f"{SKIP}\n## a\n\nb\n", ["b"]),
        (f"{SKIP}# a\n\n# b\n", ["b"]),
        (f"{SKIP}\n```\na\n```\n\nb\n", ["b"]),
        (f"{SKIP}\n***\n\nb\n", ["b"]),
        (f"{SKIP}<div>\na\n\nb\n\n</div>\n\nc\n", ["c"]),
        (f"{SKIP}\n- <b>a</b>\n- <div>b</div>\n\nc\n", ["c"]),
        (f"{SKIP}<!-- publish:note n -->\n\na\n\nb\n", ["b"]),
        (f"- a\n\n  {SKIP}\n  b\n- c\n", ["a", "c"]),
        (f"- a\n\n  {SKIP}- c\n", ["a", "c"]),
        (f"- {SKIP}  b\n- c\n", ["c"]),
        (f"a\n\n{SKIP}", ["a"]),
        ("- <!-- publish:skip --> a\n- b\n", ["b"]),
        ("| <!-- publish:skip --> a | b |\n|---|---|\n", ["b"]),
        ("## a <!-- publish:skip -->\n\nb\n", ["b"]),
        (f"{SKIP}\n[a]: b 'c'\n\n[a]\n\nd\n", ["c", "d"]),
    ],
)
def test_the_block_below_a_skip_is_left_alone(text, expected):
    assert msgids(text) == expected


def test_what_is_between_two_skips_is_left_alone():
    text = (
        "a\n\n<!-- publish:skip-start -->\n\n# b\n\n<div title='c'>d</div>\n\n"
        "<!-- publish:skip -->\n\n[e](f 'g')\n\n```py\n# h\n```\n\n[i]: j 'k'\n\n"
        "<!-- publish:skip-end -->\n\n[i]\n"
    )

    assert msgids(text) == ["a", "[i]"]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("<!-- publish:note n -->\n\n## a\n\nb\n", [("n",), ()]),
        ("<!-- translators: short,\n  please -->\na\n", [("short, please",)]),
        (
            "<!-- publish:note m -->\n<!-- publish:note n -->\n- a\n- b\n",
            [("m", "n"), ()],
        ),
        ("<!-- publish:note n -->\n<div title='a'>b</div>\n", [("n",), ()]),
        ("<div>a <!-- publish:note n --></div>\n\nb\n", [(), ("n",)]),
        ("## a <!-- publish:note n -->\n", [("n",)]),
        ("| a <!-- publish:note n --> | b |\n|---|---|\n", [("n",), ()]),
        ("<!-- publish:note n -->\n\n![a](b 'c')\n", [("n",), ()]),
        ("<!-- todo -->\n\na\n", [()]),
    ],
)
def test_a_note_is_about_what_comes_next(text, notes):
    assert [one.notes for one in cut(text).segments] == notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## a <!-- b -->\n", ["a"]),
        ("| <!-- a --> b <!-- c --> |\n|---|\n", ["b"]),
        ("a <!-- b --> c\n", ["a <!-- b --> c"]),
        ("## <!-- b -->\n", []),
        ("## <!-- b --> ![c](d)\n", ["c"]),
    ],
)
def test_comments_at_the_ends_of_a_line_are_no_part_of_it(text, expected):
    assert msgids(text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n<!-- publish:skip-start -->\n\nb\n", 3),
        ("a\n\n<!-- publish:skip-end -->\n", 3),
        ("a\n\nb <!-- publish:skip-end --> c\n", 3),
        ("a\n\nb <!-- publish:nothing -->\n", 3),
        ("a\n\n<!-- publish:nothing -->\n", 3),
        ("a\n\n<!-- publish:comments -->\n\nb\n", 3),
        ("a\n\n- b\n\n  <!-- publish:comments -->\n\n```py\n# c\n```\n", 5),
    ],
)
def test_a_directive_without_a_meaning_is_an_error_with_its_line(text, line):
    with pytest.raises(SourceError) as caught:
        cut(text)

    assert (caught.value.path, caught.value.line) == ("source/x.md", line)
    assert caught.value.hint


COMMENTS = "<!-- publish:comments -->\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("```py\n# a\nb = 1  # c\n```\n", ["a", "c"]),
        ("```python\n# a\n# b\n\n# c\n    # d\n```\n", ["a b", "c", "d"]),
        ("```sh\n#!/bin/sh\n# a\n##\necho '# b'\n```\n", ["a"]),
        ("```py\nx = '#' # a\ny = \"# b\"\nz#c\n```\n", ["a"]),
        ("```js\n// a\nb() // c\nlet d = 'http://e';\n```\n", ["a", "c"]),
        ("```rust,editable\n/// a\n//! b\n```\n", ["a", "b"]),
        ("```{.sql}\n-- a\n```\n", ["a"]),
        ("```ini\n; a\n# b\n```\n", ["a", "b"]),
        ("```tex\n% a\n```\n", ["a"]),
        ("```\n# a\n```\n", []),
        ("```unknown\n# a\n```\n", []),
        ("    # a\n", []),
    ],
)
def test_comments_in_code_are_cut_where_an_author_asks_for_them(code, expected):
    assert msgids(f"{COMMENTS}\n{code}\ntext\n") == [*expected, "text"]
    assert msgids(f"{code}\ntext\n") == ["text"]


def test_a_comment_in_code_knows_its_line_and_goes_back_on_one_line():
    text = f"> {COMMENTS}>\n> ```py\n> # ä\n> # b\n> c  # d\n> ```\n"
    article = cut(text)

    assert [(one.line, one.role) for one in article.segments] == [
        (4, "code comment"),
        (6, "code comment"),
    ]
    result = "".join(
        Markdown().fit(span, f"ü\n{span.text} ```")
        if isinstance(span, Segment)
        else span.raw
        for span in article.spans
    )
    assert result == (f"> {COMMENTS}>\n> ```py\n> # ü ä b ```\n> c  # ü d ```\n> ```\n")
    assert Markdown().shape(result) == Markdown().shape(text)


def test_a_comment_that_would_go_on_to_the_next_line_is_refused():
    (segment,) = cut(f"{COMMENTS}```c\n// a\nb();\n```\n").segments

    with pytest.raises(UnfitError, match="backslash"):
        Markdown().fit(segment, "ü \\")


def test_one_asks_for_the_comments_of_one_block_of_code_only():
    text = f"{COMMENTS}\n```py\n# a\n```\n\n```py\n# b\n```\n"

    assert msgids(text) == ["a"]
