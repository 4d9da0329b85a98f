"""Which commands tell the journal what they read, and what becomes of its failures."""

import pytest

from pipeline.store.journal import FILE, Journal
from pipeline.workflow import build
from tests.builders import TURKISH, po_path, publish

READERS = {
    "extract": [],
    "pretranslate": [],
    "check": [],
    "approve": ["--reviewer", "Reviewer"],
    "build": [],
}


@pytest.fixture
def fresh(turkish):
    """A translated site that has no journal."""
    (turkish / FILE).unlink()
    return turkish


def block(root):
    """Let nothing be written to the journal."""
    (root / FILE).mkdir()


def hows(root):
    with Journal(root) as journal:
        return {text.how for text in journal.texts("tr")}


@pytest.mark.parametrize("command", READERS)
def test_a_command_journals_what_it_reads(fresh, command):
    assert publish(fresh, command, *READERS[command]).code == 0

    with Journal(fresh) as journal:
        texts = {text.msgid: text.msgstrs[0] for text in journal.texts("tr")}
    assert texts == TURKISH
    assert hows(fresh) == {f"read by {command}"}


def test_a_build_with_nothing_to_do_leaves_the_journal_alone(fresh):
    publish(fresh, "build")
    (fresh / FILE).unlink()

    assert publish(fresh, "build").code == 0
    assert not (fresh / FILE).exists()


def test_a_dry_run_and_a_check_of_the_extract_journal_too(fresh):
    publish(fresh, "pretranslate", "--dry-run")
    assert hows(fresh) == {"read by pretranslate"}
    (fresh / FILE).unlink()
    publish(fresh, "extract", "--check")
    assert hows(fresh) == {"read by extract"}


def test_a_check_goes_on_without_the_journal_and_says_so(fresh):
    block(fresh)
    ran = publish(fresh, "check", "--json")

    assert (ran.code, ran.json["errors"]) == (0, [])
    assert f"note: {FILE}: the database failed: it cannot be opened" in ran.err


@pytest.mark.parametrize("command", ["approve", "build"])
def test_what_can_be_done_without_the_journal_is_done_and_the_rest_said(fresh, command):
    block(fresh)
    ran = publish(fresh, command, *READERS[command])

    assert ran.code == 1
    (line,) = (line for line in ran.err.splitlines() if FILE in line)
    assert line.startswith(f"publish: {FILE}: the database failed: it cannot be opened")
    made = {"approve": "locales/tr/reviews", "build": "dist/site/tr/scalp/index.html"}
    assert (fresh / made[command]).exists()


def test_a_build_without_the_journal_is_not_taken_for_done(fresh):
    block(fresh)
    assert publish(fresh, "build").code == 1
    (fresh / FILE).rmdir()

    assert publish(fresh, "build").code == 0
    assert hows(fresh) == {"read by build"}


@pytest.mark.parametrize("command", ["extract", "pretranslate"])
def test_no_catalog_is_written_without_the_journal(fresh, command):
    block(fresh)
    source = fresh / "source/articles/scalp.md"
    source.write_text(source.read_text().replace("5 mg", "50 mg"))
    before = po_path(fresh).read_bytes()
    ran = publish(fresh, command)

    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert FILE in ran.err
    assert po_path(fresh).read_bytes() == before


@pytest.mark.parametrize("command", READERS)
def test_a_damaged_journal_is_a_note_and_not_an_error(fresh, command):
    (fresh / FILE).write_bytes(b"x" * 5000)
    ran = publish(fresh, command, *READERS[command])

    assert ran.code == 0
    assert f"note: {FILE} was damaged: it is kept as {FILE}.damaged" in ran.out
    assert hows(fresh) == {f"read by {command}"}


@pytest.fixture
def apart(fresh, children, monkeypatch):
    """The site, and the processes that are started, of a first build that has many."""
    monkeypatch.setattr(build, "_MANY", 1)
    assert not (fresh / ".publish/build.json").exists()
    return fresh, children


def test_of_a_first_build_of_many_another_process_journals(apart):
    root, started = apart

    assert publish(root, "build", "--jobs", "2").code == 0
    assert started
    assert hows(root) == {"read by build"}


def test_what_the_journal_refuses_to_another_process_is_said(apart):
    root, started = apart
    block(root)

    ran = publish(root, "build", "--jobs", "2")

    assert started
    assert ran.code == 1
    (line,) = (line for line in ran.err.splitlines() if FILE in line)
    assert line.startswith(f"publish: {FILE}: the database failed: it cannot be opened")
    (root / FILE).rmdir()
    assert publish(root, "build", "--jobs", "2").code == 0
    assert hows(root) == {"read by build"}


def test_what_another_process_finds_damaged_is_a_note(apart):
    root, started = apart
    (root / FILE).write_bytes(b"x" * 5000)

    ran = publish(root, "build", "--jobs", "2")

    assert started
    assert ran.code == 0
    assert f"note: {FILE} was damaged: it is kept as {FILE}.damaged" in ran.out
    assert hows(root) == {"read by build"}
