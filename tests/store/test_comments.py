"""Comments for authors, kept beside the approvals."""

import pytest

from pipeline.errors import StoreError
from pipeline.store.comments import (
    Comment,
    append_comment,
    comments_path,
    read_comments,
)

ONE = Comment(None, "Rest.", "Ann", "2026-11-22", "How long?\nAnd where?")
OTHER = Comment("title", "Rest", "Ben", "2026-11-23", "A noun or a verb?")


def lines(root, text):
    path = comments_path(root, "pt-BR", "articles/x")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_comments_are_read_as_they_were_written(tmp_path):
    for each in (ONE, OTHER):
        append_comment(tmp_path, "pt-BR", "articles/x", each)

    assert read_comments(tmp_path, "pt-BR", "articles/x") == (ONE, OTHER)
    assert (tmp_path / "locales/pt_BR/comments/articles/x.jsonl").exists()
    assert read_comments(tmp_path, "tr", "articles/x") == ()


def test_a_line_that_a_merge_left_twice_is_one_comment(tmp_path):
    for _ in range(2):
        append_comment(tmp_path, "pt-BR", "articles/x", ONE)

    assert read_comments(tmp_path, "pt-BR", "articles/x") == (ONE,)


def test_what_a_crash_left_of_a_comment_is_passed_over(tmp_path):
    lines(tmp_path, '{"msgid": "Rest.", "na')

    assert read_comments(tmp_path, "pt-BR", "articles/x") == ()


@pytest.mark.parametrize(
    "line",
    ["x", "[]", "{}", '{"msgid": 1, "name": "A", "date": "d", "text": "t"}'],
)
def test_a_line_that_is_no_comment_is_named(tmp_path, line):
    lines(tmp_path, f"\n{line}\n")

    with pytest.raises(StoreError) as caught:
        read_comments(tmp_path, "pt-BR", "articles/x")
    assert caught.value.path == "locales/pt_BR/comments/articles/x.jsonl"
    assert caught.value.line == 2
