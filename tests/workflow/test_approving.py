from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.store.config import read_site
from pipeline.store.reviews import read_approvals
from pipeline.workflow.approving import (
    Signature,
    approve_message,
    withdraw_message,
)
from pipeline.workflow.desk import read_desk
from pipeline.workflow.templates import read_templates
from pipeline.workflow.translators import record_translator
from tests.builders import CONFIG, catalog, entry, entry_of, put, translate

DOSE = "Take 5 mg in the evening."
BY = Signature("Reviewer", "2026-03-01")
SURE = Signature("Reviewer", "2026-03-01", note="Read to a patient")
TWO = CONFIG + "[review]\ntwo_person = true\n"


def at(root, domain="articles/scalp"):
    """The site and the desk of an article."""
    site = read_site(Path(root))
    template = read_templates(site).messages[domain]
    return site, read_desk(site, "tr", domain, template)


def approve(root, signature=BY, msgid=DOSE, **options):
    site, desk = at(root)
    found = entry_of(desk.catalog, msgid)
    return approve_message(site, desk, found, signature, **options)


def is_approved(root, msgid=DOSE):
    lines = read_approvals(root, "tr", "articles/scalp")
    return lines.of(entry(root, msgid)) is not None


def test_one_message_is_approved_and_no_other(turkish):
    ruling = approve(turkish)

    assert ruling.refused == ()
    assert is_approved(turkish)
    assert not is_approved(turkish, "Do not scratch.")


def test_what_is_approved_already_stays_as_it_is(turkish):
    first = approve(turkish)

    again = approve(turkish, Signature("Second reviewer", "2026-03-02"))

    assert again == first
    assert len(read_approvals(turkish, "tr", "articles/scalp").lines) == 1


def test_a_warning_wants_a_note_and_is_named_with_it(turkish):
    translate(turkish, {DOSE: "Akşamları 5 mg alın?"})

    refused = approve(turkish)
    confirmed = approve(turkish, SURE)

    assert [finding.check for finding in refused.refused] == ["punctuation"]
    assert refused.approval is None
    assert confirmed.approval.overrides == ("punctuation",)
    assert confirmed.approval.note == SURE.note


def test_who_saves_is_recorded_before_anybody_else_can_be_taken_for_it(turkish):
    put(turkish, {"publish.toml": TWO})
    site, _ = at(turkish)
    before = catalog(turkish).with_fields(Last_Translator="Reviewer")
    translate(turkish, {DOSE: "Her akşam 5 mg alın."})
    saved = entry(turkish, DOSE)

    record_translator(
        site,
        "tr",
        "articles/scalp",
        [saved],
        before=before,
        translator="Second person",
        date="2026-03-01",
    )

    assert approve(turkish).approval is not None
    assert approve(turkish, msgid="Do not scratch.").approval is None
    (finding,) = approve(turkish, SURE, msgid="Do not scratch.").refused
    assert (finding.check, finding.msgid) == ("two_person", "Do not scratch.")


def test_where_one_person_is_enough_nothing_is_recorded(turkish):
    site, _ = at(turkish)

    known = record_translator(
        site,
        "tr",
        "articles/scalp",
        [entry(turkish, DOSE)],
        before=None,
        translator="Second person",
        date="2026-03-01",
    )

    assert known.lines == ()


def test_a_text_whose_translator_is_known_stays_theirs(turkish):
    put(turkish, {"publish.toml": TWO})
    site, _ = at(turkish)
    known = [
        record_translator(
            site,
            "tr",
            "articles/scalp",
            [entry(turkish, DOSE)],
            before=None,
            translator=name,
            date="2026-03-01",
        )
        for name in ("Second person", "Reviewer")
    ]

    assert known[1].of(entry(turkish, DOSE)) == ("Second person",)


def test_a_draft_cannot_be_approved(turkish):
    translate(turkish, {DOSE: "Akşamları 5 mg alın."}, flags=("fuzzy",))

    with pytest.raises(UsageError):
        approve(turkish)


def test_an_approval_is_taken_back_once(turkish):
    approve(turkish)
    taken = []
    for _ in range(2):
        site, desk = at(turkish)
        found = entry(turkish, DOSE)
        taken.append(withdraw_message(site, desk, found, BY))

    assert taken == [True, False]
    assert not is_approved(turkish)
    approve(turkish)
    assert is_approved(turkish)
