"""What git makes of the files that are only ever appended to, with real git."""

import os
import subprocess

import pytest

from pipeline.approval import Approval, Withdrawal, translation_digest
from pipeline.model.catalog import Message
from pipeline.store.reviews import append_approvals, read_approvals
from pipeline.store.translators import append_translators, read_translators
from pipeline.translators import translated

DOMAINS = ("messages", "articles/scalp", "mail/deep/down")
PAIRS = [Message(f"Text {n}.", (f"Metin {n}.",)) for n in range(6)]


def git(root, *args, check=True):
    env = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Test", f"GIT_{role}_EMAIL": "t@clinic.example"}
    return subprocess.run(
        ["git", "-C", str(root), *args],
        check=check,
        capture_output=True,
        text=True,
        env=env,
    )


def approval(message, **values):
    digest = translation_digest(message)
    known = {"reviewer": "Reviewer", "date": "2026-03-01"} | values
    return Approval(message.msgctxt, message.msgid, digest, **known)


def withdrawal(message, **values):
    digest = translation_digest(message)
    known = {"reviewer": "Reviewer", "date": "2026-03-01"} | values
    return Withdrawal(message.msgctxt, message.msgid, digest, **known)


@pytest.fixture
def repository(tmp_path, request):
    starter = request.config.rootpath / "pipeline/starter/gitattributes"
    (tmp_path / ".gitattributes").write_bytes(starter.read_bytes())
    git(tmp_path, "init", "-q", "-b", "main")
    for domain in DOMAINS:
        append_approvals(tmp_path, "tr", domain, [approval(PAIRS[0])])
    commit(tmp_path)
    return tmp_path


def commit(root):
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Work", "--allow-empty")


def branches(root, one, other):
    """Two lines of work from the same state, merged; both orders of the merge."""
    git(root, "switch", "-q", "-c", "other")
    other(root)
    commit(root)
    git(root, "switch", "-q", "main")
    git(root, "switch", "-q", "-c", "one")
    one(root)
    commit(root)
    git(root, "merge", "-q", "-m", "Merge", "other")
    yield root
    git(root, "switch", "-q", "other")
    git(root, "merge", "-q", "-m", "Merge", "one~")
    yield root


def test_both_attributes_files_cover_every_folder(repository, request):
    own = request.config.rootpath / ".gitattributes"
    starter = request.config.rootpath / "pipeline/starter/gitattributes"
    assert own.read_bytes() == starter.read_bytes()
    paths = [
        f"locales/pt_BR/{folder}/{domain}.jsonl"
        for folder in ("reviews", "translators", "comments")
        for domain in DOMAINS
    ]

    told = git(
        repository, "check-attr", "merge", *paths, "locales/tr/published.jsonl"
    ).stdout

    assert [line.rpartition(": ")[2] for line in told.splitlines()] == ["union"] * 10


def test_approvals_of_two_branches_all_hold(repository):
    """Different pairs, the same pair by two persons, and the very same line."""

    def one(root):
        for domain in DOMAINS:
            lines = [approval(PAIRS[1]), approval(PAIRS[3]), approval(PAIRS[4])]
            append_approvals(root, "tr", domain, lines)

    def other(root):
        for domain in DOMAINS:
            by = {"reviewer": "Second reviewer"}
            lines = [approval(PAIRS[2]), approval(PAIRS[3], **by), approval(PAIRS[4])]
            append_approvals(root, "tr", domain, lines)

    for root in branches(repository, one, other):
        for domain in DOMAINS:
            found = read_approvals(root, "tr", domain)
            assert all(found.of(pair) for pair in PAIRS[:5])
            assert found.of(PAIRS[5]) is None
            reviewers = {
                ln.reviewer for ln in found.lines if ln.msgid == PAIRS[3].msgid
            }
            assert reviewers == {"Reviewer", "Second reviewer"}


def test_what_one_withdrew_is_withdrawn_though_the_other_approved_it(repository):
    def one(root):
        append_approvals(root, "tr", "messages", [withdrawal(PAIRS[0])])

    def other(root):
        line = approval(PAIRS[0], reviewer="Second reviewer")
        append_approvals(root, "tr", "messages", [line, approval(PAIRS[1])])

    for root in branches(repository, one, other):
        found = read_approvals(root, "tr", "messages")
        assert found.of(PAIRS[0]) is None
        assert found.of(PAIRS[1]) is not None
        again = approval(PAIRS[0], after=found.seen(PAIRS[0]))
        append_approvals(root, "tr", "messages", [again])
        assert read_approvals(root, "tr", "messages").of(PAIRS[0]) == again
        git(root, "checkout", "-q", "--", ".")


def test_an_approval_after_a_withdrawal_holds_in_any_merge(repository):
    def one(root):
        gone = withdrawal(PAIRS[0])
        again = approval(PAIRS[0], after=(gone.name,))
        append_approvals(root, "tr", "messages", [gone, again])

    def other(root):
        append_approvals(root, "tr", "messages", [approval(PAIRS[2])])

    for root in branches(repository, one, other):
        found = read_approvals(root, "tr", "messages")
        assert all(found.of(pair) for pair in (PAIRS[0], PAIRS[2]))


def test_a_line_without_an_end_on_one_side_is_not_glued_to_another(repository):
    path = repository / "locales/tr/reviews/messages.jsonl"

    def one(root):
        append_approvals(root, "tr", "messages", [approval(PAIRS[1])])
        path.write_bytes(path.read_bytes().removesuffix(b"\n"))

    def other(root):
        append_approvals(root, "tr", "messages", [approval(PAIRS[2])])

    for root in branches(repository, one, other):
        found = read_approvals(root, "tr", "messages")
        assert all(found.of(pair) for pair in PAIRS[:3])


def test_translators_of_two_branches_are_all_known(repository):
    def line(name, message):
        return translated(message, translator=name, date="2026-03-01")

    def one(root):
        lines = [line("One", PAIRS[0]), line("One", PAIRS[1])]
        append_translators(root, "tr", "articles/scalp", lines)

    def other(root):
        lines = [line("Other", PAIRS[0]), line("Other", PAIRS[2])]
        append_translators(root, "tr", "articles/scalp", lines)

    for root in branches(repository, one, other):
        found = read_translators(root, "tr", "articles/scalp")
        assert [found.of(pair) for pair in PAIRS[:3]] == [
            ("One", "Other"),
            ("One",),
            ("Other",),
        ]
