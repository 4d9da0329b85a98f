import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import frontmatter
from pipeline.errors import SourceError, UnfitError
from pipeline.frontmatter import plain_yaml, yaml_block
from pipeline.model.article import Segment


def cut(text: str) -> frontmatter.Head:
    head = frontmatter.cut(text, path="source/x.md")
    assert "".join(span.raw for span in head.spans) == text[: head.end]
    assert frontmatter.end(text) == head.end
    return head


def segments(text: str) -> list[Segment]:
    return [span for span in cut(text).spans if isinstance(span, Segment)]


def filled(text: str, translation: str) -> str:
    head = cut(text)
    return "".join(
        frontmatter.fit(span, translation) if isinstance(span, Segment) else span.raw
        for span in head.spans
    )


def test_known_keys_have_their_types_and_unknown_ones_are_kept():
    head = cut(
        "---\n"
        "title: Hair loss\n"
        "date: 2026-03-31\n"
        "tags: [hair, 'scalp', \"\"]\n"
        "kind: mail\n"
        "draft: true\n"
        "author:\n"
        "weight: 3\n"
        "nested: {a: [1, 2]}\n"
        "---\n"
        "Body\n",
    )

    assert head.meta == {
        "title": "Hair loss",
        "date": date(2026, 3, 31),
        "tags": ["hair", "scalp"],
        "kind": "mail",
        "draft": True,
        "weight": 3,
        "nested": {"a": [1, 2]},
    }


@pytest.mark.parametrize(
    "value",
    ["2026-03-31", "2026-03-31 10:00:00", "'2026-03-31'"],
)
@pytest.mark.parametrize("key", ["date", "updated"])
def test_a_date_may_be_written_in_three_ways(key, value):
    assert cut(f"---\n{key}: {value}\n---\n").meta == {key: date(2026, 3, 31)}


def test_values_that_people_read_are_segments():
    text = """\
---
title: "A title"
slug: a-title
tags:
  - one
  - two words
description: >-
  In two
  lines.

section: Care
subject: S
preheader: P
author: A. Author
empty: ""
---
"""

    assert [(one.line, one.role, one.text, one.raw) for one in segments(text)] == [
        (2, "title", "A title", '"A title"'),
        (5, "tag", "one", "one"),
        (6, "tag", "two words", "two words"),
        (7, "description", "In two lines.", ">-\n  In two\n  lines."),
        (11, "section", "Care", "Care"),
        (12, "subject", "S", "S"),
        (13, "preheader", "P", "P"),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "plain # comment",
        "over\n  two lines",
        "'single '' quoted'",
        '"double \\" quoted"',
        "|\n  block\n  text\n",
        ">-\n  folded\n\n",
        "'é 🎉'",
    ],
)
def test_a_translation_is_read_back_exactly(value):
    text = f"---\nslug: x\ntitle: {value}\ndraft: false\n---\nBody"

    result = filled(text, 'a "b": \\c #d\u2028e')

    assert cut(result).meta == {
        "slug": "x",
        "title": 'a "b": \\c #d e',
        "draft": False,
    }
    assert "#" not in value or "# comment" in result


def test_items_of_a_list_are_replaced_one_by_one():
    text = "---\ntags: [a, 'b']  # both\n---\n"

    assert filled(text, "x, y") == '---\ntags: ["x, y", "x, y"]  # both\n---\n'


def test_line_breaks_become_blanks():
    assert filled("---\ntitle: a\n---\n", " b\r\n c ") == '---\ntitle: "b c"\n---\n'


def test_an_empty_translation_is_refused():
    with pytest.raises(UnfitError):
        filled("---\ntitle: a\n---\n", " \n ")


@given(st.text().filter(lambda text: text.strip()))
def test_yaml_reads_what_was_written(text):
    segment = segments("---\ntitle: a\n---\n")[0]

    try:
        written = frontmatter.fit(segment, text)
    except UnfitError:
        return

    assert yaml.safe_load(written) == frontmatter.keys.one_line(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_the_body_begins_behind_the_closing_line(newline, mark, closing):
    text = newline.join([f"{mark}---", "title: a", closing, "Body"])

    assert text[cut(text).end :] == "Body"


@pytest.mark.parametrize(
    "text",
    ["", "Body", "---\n\nBody\n---\n", "---", " ---\na: b\n---\n", "----\na\n----\n"],
)
def test_a_text_without_front_matter_has_none(text):
    head = cut(text)

    assert head.meta is None
    assert head.end == 0


def test_a_byte_order_mark_alone_is_no_text():
    assert cut("\ufeffBody").end == 1


def test_front_matter_may_be_empty():
    assert cut("---\n---\nBody").meta == {}


def test_a_blank_line_may_precede_the_first_key():
    assert cut("---\n\ntitle: a\n---\n").meta == {"title": "a"}


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("title: a", 1, "not closed"),
        ("title: 5\n---", 2, "`title` must be a text, not 5"),
        ("slug: a\ntitle: [b]\n---", 3, "`title` must be a text"),
        ('slug: a\ntitle: "a\\0b"\n---', 3, "a text without the characters NUL"),
        ('slug: "a\\x04b"\n---', 2, "a text without the characters NUL"),
        ('title: a\ntags: [b, "c\\0"]\n---', 3, "a text without the characters NUL"),
        ("tags: a\n---", 2, "`tags` must be a list of texts"),
        ("tags: [1]\n---", 2, "`tags` must be a list of texts"),
        ("kind: page\n---", 2, "`kind` must be `article` or `mail`, not 'page'"),
        ("date: soon\n---", 2, "`date` must be a date"),
        ("date: 5\n---", 2, "`date` must be a date"),
        ("draft: maybe\n---", 2, "`draft` must be true or false"),
        ("bilingual: both\n---", 2, "`bilingual` must be true or false"),
        (f"title: [{'x' * 99}]\n---", 2, "not ['" + "x" * 35 + "..."),
        ("date: 2026-02-30\n---", 2, "`date` has a value that cannot be read: day"),
        (f"x: {'9' * 5000}\n---", 2, "`x` has a value that cannot be read"),
        (
            "kind: mail\nsubject: S\ndate: 2026-13-45\n---",
            4,
            "`date` has a value that cannot be read: month must be in 1..12",
        ),
        ("a: b\nupdated:\n  2026-13-45\n---", 4, "`updated` has a value"),
        ("tags:\n - a\n - 2026-13-45\n - b\n---", 4, "`tags` has a value"),
        ("x: {b: c,\n  2026-13-45: d}\n---", 3, "`x` has a value"),
        ("x:\n  y: {a: [b,\n    2026-13-45]}\n---", 4, "`x` has a value"),
        ("a: b\nx: !!bool maybe\n---", 3, "`x` has a value that cannot be read: it"),
        ("a: b\nx: !!int ''\n---", 3, "`x` has a value"),
        ("a: b\nx: !!timestamp soon\n---", 3, "`x` has a value"),
        ("title: 'a\n---", 3, "not YAML"),
        ("a: b\nc: [\n---", 4, "not YAML"),
        ("title: a\x01\n---", 2, "not YAML"),
        ("title: *a\n---", 2, "alias"),
        ("x: &a b\ny: *a\n---", 3, "alias"),
        ("title: &a b\n---", 2, "anchor or a tag"),
        ("tags: [!!str b]\n---", 2, "anchor or a tag"),
        ("x: !secret b\n---", 2, "not YAML"),
        ("a: b\na: c\n---", 3, "given twice, on line 2 too"),
        ("- a\n---", 2, "not a list of `key: value` lines"),
        ("1: a\n---", 2, "key `1` is not a text"),
        ("<<: {a: b}\n---", 2, "key `<<` is not a text"),
        ("a:\n - " + "[" * 101 + "]" * 101 + "\n---", 3, "over 100 levels"),
        ("a: " + "[" * 101 + "'", 1, "not closed"),
        ("a: '*" + "[" * 101 + "\n---", 3, "not YAML"),
    ],
)
def test_what_cannot_be_used_is_an_error_with_its_line(lines, line, message):
    with pytest.raises(SourceError, match=re.escape(message)) as caught:
        cut(f"---\n{lines}\n")

    assert caught.value.path == "source/x.md"
    assert caught.value.line == line


def test_many_short_keys_are_not_deep():
    lines = "\n".join(f"key-{number}: [x]" for number in range(200))

    assert len(cut(f"---\n{lines}\n---\n").meta or {}) == 200


TOML = """\
+++
title = "A \\"title\\""
date = 2026-03-31
tags = ["one", 'two']  # both
x = "y"
description = ""

[extra]
title = "not this"
+++
Body
"""


def test_toml_is_read_and_cut():
    head = cut(TOML)

    assert head.meta == {
        "title": 'A "title"',
        "date": date(2026, 3, 31),
        "tags": ["one", "two"],
        "x": "y",
        "description": "",
        "extra": {"title": "not this"},
    }
    assert [(one.line, one.role, one.text) for one in segments(TOML)] == [
        (2, "title", 'A "title"'),
        (4, "tag", "one"),
        (4, "tag", "two"),
    ]


def test_a_translation_is_put_into_toml():
    again = cut(filled(TOML, 'b "c" \\ d\x01')).meta

    assert again is not None
    assert again["title"] == 'b "c" \\ d\x01'
    assert again["tags"] == ['b "c" \\ d\x01'] * 2
    assert again["extra"] == {"title": "not this"}


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        ("title = ", 2, "not TOML: Invalid value"),
        ("a = 1\na = 2", 3, "not TOML"),
        ("title = 'a", 2, "not TOML"),
        ('title = """a\nb"""', None, "written in a way"),
        ('x = """\ntitle = "a"\n"""\ntitle = "a"', None, "written in a way"),
        ('tags = [\n"a"]', None, "written in a way"),
        ("title = 5", 2, "must be a text"),
        ('title = "a\\u0000b"', 2, "a text without the characters NUL"),
        ("x = " + "[" * 101 + "]" * 101, 1, "too many brackets"),
        ("x = " + "9" * 5000, 2, "not TOML"),
    ],
)
def test_toml_that_cannot_be_used_is_an_error(lines, line, message):
    with pytest.raises(SourceError, match=message) as caught:
        cut(f"+++\n{lines}\n+++\n")

    assert caught.value.line == line


_PARTS = st.sampled_from(
    [
        *"ab yYnN0-,.;:!?'\"()[]{}#&*|>%@`~=<\\/\n\t’“–…é\u0130\u2028\x85\ufeff\U0001d400",
        *(
            "title: ",
            "tags: ",
            "x: ",
            "on: ",
            "date: ",
            "2026-03-31",
            "2026-02-31",
            "٢٠٢٦-03-31",
        ),
        *(
            "yes",
            "No",
            "null",
            "True",
            "off",
            ": ",
            " #",
            "[a, b]",
            "[no, b]",
            "[a ,b]",
            "]\n",
        ),
        *(
            "title: Hair loss\n",
            "tags: [hair, skin care]\n",
            "date: 2026-03-31\n",
            "kind: mail\n",
        ),
        *("description: a b, (c) “d” – it's e.\n", "...", "---", "- a", "? a", "  b\n"),
    ]
)


@given(st.lists(_PARTS, max_size=8).map("".join))
def test_the_plainest_yaml_is_read_as_all_yaml_is(block):
    plain = plain_yaml.read_plain(block)

    assert plain is None or plain == yaml_block._read(block, "x")


def test_the_plainest_yaml_needs_no_library():
    block = "title: Hair loss\ndate: 2026-03-31\ntags: [hair, skin care]\nkind: mail\n"

    assert plain_yaml.read_plain(block) == yaml_block._read(block, "x")
    assert plain_yaml.read_plain("draft: true\n") is None
    assert plain_yaml.read_plain("date: 2026-02-31\n") is None
