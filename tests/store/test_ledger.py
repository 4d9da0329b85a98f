"""The ledger: whole, or as if there were none."""

import pytest

from pipeline.store.ledger import (
    FileRecord,
    Ledger,
    Made,
    MadeFile,
    read_ledger,
    write_ledger,
)

FILES = {"source/a.md": FileRecord(3, 5, "aa"), "source/şık.md": FileRecord(1, 2, "b")}
MADE = {"tr/a": Made("o", "a", (MadeFile("dist/site/tr/a", 9, 8, "c"),))}


@pytest.fixture
def lines(tmp_path):
    """The file of a ledger."""
    none = Ledger()
    ledger = Ledger(
        started=7, files=none.files.of(FILES), rows=none.rows, made=none.made.of(MADE)
    )
    write_ledger(tmp_path, "build", ledger)
    return tmp_path / ".publish" / "ledger" / "build.lines"


def test_a_ledger_is_read_as_it_was_written(lines, tmp_path):
    ledger = read_ledger(tmp_path, "build")
    assert (ledger.started, dict(ledger.files), dict(ledger.made)) == (7, FILES, MADE)
    whole = lines.read_bytes()
    write_ledger(tmp_path, "build", ledger)
    assert lines.read_bytes() == whole


def test_a_ledger_that_was_cut_anywhere_is_none(lines, tmp_path):
    whole = lines.read_bytes()
    for length in range(len(whole)):
        lines.write_bytes(whole[:length])
        assert read_ledger(tmp_path, "build").started == 0


def test_a_ledger_of_which_a_sign_is_another_is_none(lines, tmp_path):
    whole = lines.read_bytes()
    for place in range(len(whole)):
        lines.write_bytes(whole[:place] + b"~" + whole[place + 1 :])
        assert read_ledger(tmp_path, "build").started == 0


def test_a_name_that_is_no_line_is_not_remembered(tmp_path):
    made = {**MADE, "two\nlines": MADE["tr/a"], "a\ttab": MADE["tr/a"]}
    write_ledger(tmp_path, "build", Ledger(started=1, made=Ledger().made.of(made)))
    assert dict(read_ledger(tmp_path, "build").made) == MADE
