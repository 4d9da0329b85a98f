import json
import re

import pytest

from bench import results
from bench.results import Table

DOCUMENT = """\
# Performance

<!-- made: bench first -->
old
<!-- made: end -->

Between.

<!-- made: bench second -->
kept
<!-- made: end -->
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "bench").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / results.DOCUMENT).write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", results.names())
def test_the_document_shows_what_a_bench_kept(name):
    text = (results.ROOT / results.DOCUMENT).read_text("utf-8")

    part = f"<!-- made: bench {name} -->\n{results.shown(name)}<!-- made: end -->"

    assert part in text


def test_every_part_that_the_document_shows_is_kept():
    text = (results.ROOT / results.DOCUMENT).read_text("utf-8")

    assert sorted(re.findall("<!-- made: bench (.+) -->", text)) == results.names()


def test_a_bench_changes_its_own_part_of_the_document_alone(root):
    found = {
        "machine": {"date": "2026-01-02", "cores": "2", "python": "3.11", "load": "0"},
        "tables": [{"head": ["", "s"], "rows": [["ours", "1"]]}],
    }

    results.keep("first", found, root=root)

    assert (root / results.DOCUMENT).read_text("utf-8") == DOCUMENT.replace(
        "old\n",
        "Measured on 2026-01-02: 2 cores, Python 3.11, load 0.\n\n"
        "| | s |\n|---|---|\n| ours | 1 |\n",
    )
    assert json.loads(results.path("first", root=root).read_text("utf-8")) == found


def test_a_cell_without_anything_stays_a_cell():
    assert Table(("", "a"), (("b", ""),)).markdown() == "| | a |\n|---|---|\n| b | |\n"
