import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.approval import (
    Approval,
    Approvals,
    Withdrawal,
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
        (compose_approval(approval(reviewer=" ")).strip(), "names no reviewer"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(line, said):
    text = f"{compose_approval(approval())}{line}\n"

    with pytest.raises(StoreError) as caught:
        parse_approvals(text, path="x.jsonl")

    assert (caught.value.path, caught.value.line) == ("x.jsonl", 2)
    assert said in caught.value.message


def withdrawal(message=PAIR, **changes):
    line = Withdrawal(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        withdrawn=translation_digest(message),
        reviewer="Second reviewer",
        date="2026-03-02",
    )
    return replace(line, **changes)


def test_what_was_withdrawn_is_not_approved():
    assert Approvals((approval(),), (withdrawal(),)).of(PAIR) is None


def test_a_withdrawal_ends_nothing_of_another_pair():
    other = withdrawal(replace(PAIR, msgstrs=("50 mg alın.",)))

    assert Approvals((approval(),), (other,)).of(PAIR) == approval()


def test_whoever_knows_of_it_may_approve_again():
    before = Approvals((approval(),), (withdrawal(),))
    again = approval(after=before.seen(PAIR))

    assert before.seen(PAIR) == (withdrawal().name,)
    assert Approvals((approval(), again), (withdrawal(),)).of(PAIR) == again


def test_a_second_withdrawal_of_the_same_day_is_another_one():
    first = withdrawal()
    again = approval(after=(first.name,))
    second = withdrawal(after=Approvals((again,), (first,)).seen(PAIR))
    last = Approvals((approval(), again), (first, second))

    assert last.of(PAIR) is None
    assert last.seen(PAIR) == (second.name,)
    third = approval(after=last.seen(PAIR))
    assert Approvals((again, third), (first, second)).of(PAIR) == third


def test_of_two_withdrawals_both_must_be_known():
    one, other = withdrawal(), withdrawal(reviewer="Third reviewer")

    for after in ((), (one.name,), (other.name,)):
        assert Approvals((approval(after=after),), (one, other)).of(PAIR) is None
    both = approval(after=Approvals((), (one, other)).seen(PAIR))
    assert Approvals((both,), (one, other)).of(PAIR) == both


def test_a_withdrawal_that_is_gone_still_hides_what_only_it_knew_of():
    first = withdrawal()
    second = withdrawal(after=(first.name,))
    again = approval(after=(second.name,))

    assert Approvals((again,), (first,)).of(PAIR) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_order_of_lines_means_nothing(data):
    first = withdrawal()
    second = withdrawal(after=(first.name,))
    other = withdrawal(reviewer="Third reviewer")
    lines = [
        approval(),
        approval(after=(first.name,), date="2026-03-03"),
        approval(after=(second.name,), date="2026-03-04"),
        approval(after=tuple(sorted((second.name, other.name))), date="2026-03-05"),
        first,
        second,
        other,
    ]
    some = data.draw(st.lists(st.sampled_from(lines), unique=True))
    shuffled = data.draw(st.permutations(some))

    def read(given):
        text = "".join(map(compose_approval, given))
        return parse_approvals(text, path="x.jsonl")

    assert read(some).of(PAIR) == read(shuffled).of(PAIR)
    assert read([*some, *some]).of(PAIR) == read(some).of(PAIR)


def test_withdrawals_are_read_as_they_were_written():
    lines = (withdrawal(), withdrawal(note="wrong dose", after=("0123",)))
    given = (*lines, approval(overrides=("numbers",), after=("0123", "4567")))

    found = parse_approvals("".join(map(compose_approval, given)), path="x.jsonl")

    assert found == Approvals(given[2:], lines)


def test_a_program_that_knows_no_withdrawals_refuses_the_file():
    # It asks every line for these, and refuses one that lacks any.
    required = {"msgid", "translation", "reviewer", "date"}

    assert "translation" in required - json.loads(compose_approval(withdrawal())).keys()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("overrides", "numbers"),
        ("overrides", [1]),
        ("after", {"a": 1}),
        ("note", ["a"]),
        ("msgctxt", 1),
        ("withdrawn", 1),
    ],
)
def test_a_value_of_another_kind_is_refused(key, value):
    values = json.loads(compose_approval(approval())) | {key: value}

    with pytest.raises(StoreError) as caught:
        parse_approvals(json.dumps(values) + "\n", path="x.jsonl")

    assert caught.value.line == 1
