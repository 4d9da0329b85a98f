import pytest

from pipeline.approval import Approval, translation_digest
from pipeline.errors import SourceError, StoreError
from pipeline.store.reviews import append_approvals, read_approvals, reviews_path
from tests.builders import message

ENTRY = message("Do not scratch.", "Kaşımayın.")


def approval(entry=ENTRY, **values):
    known = {"reviewer": "Reviewer", "date": "2026-01-01"} | values
    digest = translation_digest(entry)
    plural = entry.msgid_plural
    return Approval(entry.msgctxt, entry.msgid, digest, msgid_plural=plural, **known)


def test_a_domain_without_a_file_has_no_approvals(tmp_path):
    assert read_approvals(tmp_path, "tr", "articles/x").lines == ()


def test_what_is_appended_is_read_back_oldest_first(tmp_path):
    first, second = approval(), approval(date="2026-01-02", role="Dermatologist")

    append_approvals(tmp_path, "tr", "articles/x", [first])
    append_approvals(tmp_path, "tr", "articles/x", [second])

    approvals = read_approvals(tmp_path, "tr", "articles/x")
    assert approvals.lines == (first, second)
    assert approvals.of(ENTRY) == second


def test_each_domain_and_locale_has_a_file_of_its_own(tmp_path):
    append_approvals(tmp_path, "zh-Hans", "articles/x", [approval()])

    path = tmp_path / "locales/zh_CN/reviews/articles/x.jsonl"
    assert reviews_path(tmp_path, "zh-Hans", "articles/x") == path
    assert path.read_text("utf-8").endswith("}\n")
    assert read_approvals(tmp_path, "tr", "articles/x").lines == ()


def test_without_approvals_there_is_no_file(tmp_path):
    append_approvals(tmp_path, "tr", "articles/x", [])

    assert not reviews_path(tmp_path, "tr", "articles/x").exists()


def test_a_torn_last_line_is_no_approval(tmp_path):
    append_approvals(tmp_path, "tr", "articles/x", [approval(), approval()])
    path = reviews_path(tmp_path, "tr", "articles/x")
    path.write_bytes(path.read_bytes()[:-20])

    assert len(read_approvals(tmp_path, "tr", "articles/x").lines) == 1


@pytest.mark.parametrize("line", [b"what", b"[]", b'{"msgid": "x"}', b"=======", b"1"])
def test_what_is_no_approval_is_refused_with_its_line(tmp_path, line):
    append_approvals(tmp_path, "tr", "articles/x", [approval()])
    path = reviews_path(tmp_path, "tr", "articles/x")
    path.write_bytes(path.read_bytes() + line + b"\n")

    with pytest.raises(StoreError) as caught:
        read_approvals(tmp_path, "tr", "articles/x")

    assert caught.value.path == "locales/tr/reviews/articles/x.jsonl"
    assert caught.value.line == 2


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path):
    path = reviews_path(tmp_path, "tr", "articles/x")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\n\n\xff\n")

    with pytest.raises(SourceError) as caught:
        read_approvals(tmp_path, "tr", "articles/x")

    assert caught.value.line == 3


@pytest.mark.parametrize(
    "approved",
    [
        message("Do not scratch.", "Kaşıyın."),
        message("Scratch.", "Kaşımayın."),
        message("Do not scratch.", "Kaşımayın.", msgctxt="title"),
        message("Do not scratch.", "Kaşımayın.", msgid_plural="s"),
    ],
)
def test_an_approval_is_of_one_pair_alone(tmp_path, approved):
    append_approvals(tmp_path, "tr", "articles/x", [approval(approved)])

    assert read_approvals(tmp_path, "tr", "articles/x").of(ENTRY) is None
