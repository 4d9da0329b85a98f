from dataclasses import replace

import pytest

from pipeline.approval import (
    Approval,
    Approvals,
    compose_approval,
    parse_approvals,
    translation_digest,
)
from pipeline.errors import StoreError
from pipeline.model.catalog import Message

PAIR = Message("Take 5 mg.", ("5 mg alın.",))


def approval(message=PAIR, **changes):
    line = Approval(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        translation=translation_digest(message),
        reviewer="Reviewer",
        date="2026-03-01",
    )
    return replace(line, **changes)


def test_what_was_approved_is_approved():
    assert Approvals((approval(),)).of(PAIR) == approval()


@pytest.mark.parametrize(
    "edited",
    [
        replace(PAIR, msgstrs=("50 mg alın.",)),
        replace(PAIR, msgid="Take 50 mg."),
        replace(PAIR, msgctxt="alt"),
        replace(PAIR, flags=("fuzzy",)),
        replace(PAIR, msgid_plural="Take %d mg.", msgstrs=("5 mg alın.", "")),
        replace(PAIR, obsolete=True),
    ],
)
def test_editing_either_side_voids_it(edited):
    assert Approvals((approval(),)).of(edited) is None


def test_forms_that_join_to_one_text_differ():
    one = replace(PAIR, msgstrs=("ab", "c"))
    other = replace(PAIR, msgstrs=("a", "bc"))

    assert translation_digest(one) != translation_digest(other)


def test_the_newest_approval_of_a_pair_counts():
    lines = (approval(), approval(reviewer="Second reviewer"))

    found = Approvals(lines).of(PAIR)

    assert found is not None
    assert found.reviewer == "Second reviewer"


def test_lines_are_read_as_they_were_written():
    lines = (approval(), approval(note="checked with the ward", role="translator"))

    text = "".join(map(compose_approval, lines))

    assert parse_approvals(text, path="x.jsonl") == Approvals(lines)


def test_what_a_crash_left_of_an_append_is_passed_over():
    text = compose_approval(approval()) + '{"msgid": "Tak'

    assert parse_approvals(text, path="x.jsonl") == Approvals((approval(),))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"msgid": "x", "date": "2026-01-01"}', "lacks 'translation'"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(line, said):
    text = f"{compose_approval(approval())}{line}\n"

    with pytest.raises(StoreError) as caught:
        parse_approvals(text, path="x.jsonl")

    assert (caught.value.path, caught.value.line) == ("x.jsonl", 2)
    assert said in caught.value.message
