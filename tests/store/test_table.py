"""A table gives what its lines say, and keeps the lines of what stays as it was."""

import pytest

from pipeline.store.table import Table


def table():
    return Table(int, {"a": "01", "b": "02"})


def test_a_line_is_read_when_it_is_asked_for():
    broken = Table(int, {"a": "1", "b": "x"})

    assert broken["a"] == 1
    assert "b" in broken
    with pytest.raises(ValueError, match="x"):
        broken["b"]


def test_what_is_not_there_is_missing():
    assert table().get("c") is None
    assert "c" not in table()


def test_what_was_changed_has_another_line_and_the_rest_its_own():
    changed = table().but({"b": 3, "c": 4})

    assert dict(changed) == {"a": 1, "b": 3, "c": 4}
    assert dict(changed.lines(str)) == {"a": "01", "b": "3", "c": "4"}
    assert dict(changed.but({"c": 5})) == {"a": 1, "b": 3, "c": 5}
    assert len(changed) == 3


def test_of_other_values_those_that_are_the_same_keep_their_lines():
    assert dict(table().of({"a": 1, "b": 3}).lines(str)) == {"a": "01", "b": "3"}


def test_lines_are_found_by_what_they_hold_and_what_has_none_may_be_meant():
    assert set(table().but({"c": 9}).with_text("2")) == {"b", "c"}


def test_among_some_keys_what_was_read_is_not_read_again():
    lines = Table(float, {"a": "1", "b": "2", "c": "3"})
    read = lines["b"]

    some = lines.among(["c", "b"])

    assert list(some) == ["c", "b"]
    assert some["b"] is read
    assert "a" not in some


def test_a_key_that_has_no_line_is_not_among_them():
    with pytest.raises(KeyError):
        table().among(["d"])


def test_lines_take_the_place_of_lines_and_of_values():
    changed = table().but({"c": 3})
    assert changed["a"] == 1

    now = changed.with_lines({"a": "7", "c": "8", "d": "9"})

    assert dict(now) == {"a": 7, "b": 2, "c": 8, "d": 9}
    assert dict(changed) == {"a": 1, "b": 2, "c": 3}


def test_each_gives_what_has_a_line_and_what_has_none():
    assert dict(table().but({"c": 3}).each()) == {"a": 1, "b": 2, "c": 3}


def test_what_each_reads_is_not_kept():
    reads = []

    def parse(line):
        reads.append(line)
        return int(line)

    lines = Table(parse, {"a": "01"})

    assert [*lines.each()] == [*lines.each()] == [("a", 1)]
    assert reads == ["01", "01"]


def test_what_is_read_for_once_is_not_kept():
    reads = []

    def parse(line):
        reads.append(line)
        return int(line)

    lines = Table(parse, {"a": "01"}).but({"b": 2})

    assert [lines.read(key) for key in "aabc"] == [1, 1, 2, None]
    assert reads == ["01", "01"]
