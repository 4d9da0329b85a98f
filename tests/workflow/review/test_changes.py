"""Whoever saves, approves and takes back in whatever order: what is approved was."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store.config import read_site
from pipeline.workflow.review.changes import (
    Conflict,
    Done,
    Person,
    Refused,
    Target,
    approve,
    save,
    withdraw,
)
from pipeline.workflow.review.entries import entry_key, entry_version
from pipeline.workflow.review.workbench import Places, open_workbench
from tests.builders import catalog, entry, make_site, publish, translate

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
ANN, BEN = Person("Ann", "translator", NOW), Person("Ben", "physician", NOW)
MSGIDS = ("Do not scratch.", "Sleep on your back.")
TEXTS = ("", "Kaşımayın.", "Sırtüstü uyuyun.")

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("save", "approve", "withdraw", "edit", "flag", "late")),
        st.sampled_from(MSGIDS),
        st.sampled_from(TEXTS),
        st.sampled_from((ANN, BEN)),
    ),
    max_size=12,
)


class Work:
    """One article, and what a person would say of it who had seen everything."""

    def __init__(self, root):
        make_site(root)
        assert publish(root, "extract").code == 0
        self.root = root
        self.site = read_site(root)
        self.place = Places(self.site).find("tr", "articles/scalp")
        self.approved: set[tuple[str, str]] = set()
        self.seen = {msgid: self.target(msgid) for msgid in MSGIDS}

    def target(self, msgid):
        message = entry(self.root, msgid)
        return Target(self.place, entry_key(message.key), entry_version(message))

    def do(self, what, msgid, text, person):
        target = self.target(msgid)
        if what == "save":
            assert isinstance(save(self.site, target, (text,), person), Done)
        elif what == "approve" and text:
            note = "both were read"
            done = approve(self.site, target, (text,), person, note)
            assert isinstance(done, Done)
            self.approved.add((msgid, text))
        elif what == "withdraw":
            assert isinstance(withdraw(self.site, target, person), Done)
            message = entry(self.root, msgid)
            if message.is_usable:
                self.approved.discard((msgid, message.msgstr))
        elif what in {"edit", "flag"}:
            flags = ("fuzzy",) if what == "flag" and text else ()
            translate(self.root, {msgid: text}, flags=flags)
        elif what == "late":
            self.save_late(msgid, text, person)

    def save_late(self, msgid, text, person):
        """From a page that was loaded when the site was new."""
        before = entry(self.root, msgid)
        outcome = save(self.site, self.seen[msgid], (text,), person)
        if isinstance(outcome, Conflict):
            assert entry(self.root, msgid) == before

    def states(self):
        bench = open_workbench(self.site, self.place)
        return {
            (each.msgid, each.msgstr): bench.state(each)
            for each in catalog(self.root)
            if each.msgid in MSGIDS
        }


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_what_is_approved_is_what_somebody_approved_and_nobody_took_back(steps):
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder))
        for step in steps:
            work.do(*step)
            for pair, state in work.states().items():
                is_usable = state in {"translated", "approved"}
                assert (state == "approved") == (is_usable and pair in work.approved)


def test_a_refusal_writes_nothing(tmp_path):
    work = Work(tmp_path)
    target = work.target(MSGIDS[0])
    before = catalog(tmp_path)
    outcome = approve(work.site, target, ("5 mg alın.",), ANN, "")

    assert isinstance(outcome, Refused)
    assert catalog(tmp_path) == before
    assert not (tmp_path / "locales/tr/reviews").exists()
