"""A table gives what its lines say, and keeps the lines of what stays as it was."""

import pytest

from pipeline.store.named_lines import Lines
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


TEXT = "head\na\t01\nş\t02\nb b\t0\t3\n".encode()
TWO = b"a\ttr\tx\nab\ttr\ty\na\tde\tz\n"


def lines(later=()):
    return Lines(TEXT, 5, len(TEXT), columns=1, later=dict(later))


def test_lines_are_found_in_a_text_by_their_names():
    assert [lines()[key] for key in ("a", "ş", "b b")] == ["01", "02", "0\t3"]
    assert "head" not in lines()
    assert "b" not in lines()
    assert dict(lines()) == {"a": "01", "ş": "02", "b b": "0\t3"}


def test_lines_with_names_of_two_columns():
    found: Lines[tuple[str, str]] = Lines(TWO, 0, len(TWO), columns=2, later={})

    assert (found["a", "tr"], found["ab", "tr"], found["a", "de"]) == ("x", "y", "z")
    assert [*found] == [("a", "tr"), ("ab", "tr"), ("a", "de")]
    assert ("b", "tr") not in found


def test_no_line_stands_beyond_its_part():
    first: Lines[tuple[str, str]] = Lines(TWO, 0, 7, columns=2, later={})

    assert ("ab", "tr") not in first
    assert [*first.with_text("y")] == []
    assert dict(first) == {("a", "tr"): "x"}


def test_later_lines_hold_and_stand_where_those_stood():
    found = lines().but({"a": "7"}).but({"c": "8"})

    assert (found["a"], found["c"], found["ş"]) == ("7", "8", "02")
    assert [*found.items()] == [("a", "7"), ("ş", "02"), ("b b", "0\t3"), ("c", "8")]
    assert dict(found.but({"ş": "9"}))["ş"] == "9"


def test_a_text_is_found_in_lines_and_not_in_their_names():
    found = lines({"c": "02", "b b": ""})

    assert set(found.with_text("0")) == {"a", "ş", "c"}
    assert len(found) == 4
    assert set(found.with_text("0")) == {"a", "ş", "c"}
    assert not [*lines().with_text("b b")]


def test_lines_that_are_asked_for_meanwhile_hide_none_with_a_text():
    text = "".join(f"n{number}\tx{number}\n" for number in range(40)).encode()
    found: Lines[str] = Lines(text, 0, len(text), columns=1, later={"n40": "x40"})

    assert [found[key] for key in found.with_text("x")] == [
        f"x{number}" for number in range(41)
    ]


def test_who_asks_for_many_lines_gets_them_all_the_same():
    text = "".join(f"n{number}\t{number}\n" for number in range(99)).encode()
    found: Lines[str] = Lines(text, 0, len(text), columns=1, later={"n5": "five"})

    asked = [found.get(f"n{number}") for number in range(110)]

    assert asked[:5] == ["0", "1", "2", "3", "4"]
    assert asked[5] == "five"
    assert asked[6:99] == [str(number) for number in range(6, 99)]
    assert set(asked[99:]) == {None}
