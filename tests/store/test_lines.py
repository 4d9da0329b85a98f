import os

import pytest

from pipeline.errors import StoreError
from pipeline.store.lines import append_line


def test_lines_are_added_at_the_end(tmp_path):
    path = tmp_path / "a" / "x.jsonl"
    append_line(path, "one")
    append_line(path, "ş")
    assert path.read_text(encoding="utf-8") == "one\nş\n"


def test_a_last_line_that_lacks_only_its_end_is_ended_first(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n{"b": 2}')
    append_line(path, "3")
    assert path.read_bytes() == b'{"a": 1}\n{"b": 2}\n3\n'


@pytest.mark.parametrize("cut", [b'{"cut', b'{"c": "\xc5', b" "])
def test_what_a_crash_left_of_a_line_is_taken_away(tmp_path, cut):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"a": 1}\n' + cut)
    append_line(path, "2")
    assert path.read_bytes() == b'{"a": 1}\n2\n'


def test_a_line_that_is_written_only_in_part_is_taken_back(tmp_path, monkeypatch):
    path = tmp_path / "x.jsonl"
    append_line(path, "one")
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:2]))
    with pytest.raises(StoreError, match="no space left"):
        append_line(path, "two")
    assert path.read_bytes() == b"one\n"
