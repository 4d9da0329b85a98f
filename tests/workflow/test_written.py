import json
from datetime import date

import pytest

from pipeline.render import filters
from pipeline.workflow import written
from pipeline.workflow.written import written_before


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/publish"


def date_in(root, monkeypatch, key="key", day="2026-03-09"):
    """The date as a process of its own writes it, and whether it knew it before."""
    monkeypatch.setattr(filters, "_written", {})
    with written_before(root, "build", key):
        is_known = bool(filters._written)
        text = filters._date(day, locale="tr")
    return text, is_known


def test_a_date_is_written_once(tmp_path, monkeypatch):
    assert date_in(tmp_path, monkeypatch) == ("9 Mart 2026", False)
    assert date_in(tmp_path, monkeypatch) == ("9 Mart 2026", True)


def test_a_date_that_is_new_is_kept_with_those_before(tmp_path, cache, monkeypatch):
    date_in(tmp_path, monkeypatch)
    date_in(tmp_path, monkeypatch, day=date(2026, 3, 10))

    (path,) = cache.iterdir()
    assert json.loads(path.read_bytes())[1] == {
        "tr long 2026-03-09": "9 Mart 2026",
        "tr long 2026-03-10": "10 Mart 2026",
    }


def test_with_another_key_no_date_is_known(tmp_path, monkeypatch):
    date_in(tmp_path, monkeypatch)

    assert date_in(tmp_path, monkeypatch, "other") == ("9 Mart 2026", False)


def test_with_other_data_of_cldr_no_date_is_known(tmp_path, monkeypatch):
    date_in(tmp_path, monkeypatch)
    monkeypatch.setattr(written, "_cldr", lambda: "newer")

    assert date_in(tmp_path, monkeypatch) == ("9 Mart 2026", False)


@pytest.mark.parametrize("data", [b"", b"[", b"7", b'["key", []]', b"\xff"])
def test_what_is_no_list_of_dates_is_nothing(tmp_path, cache, monkeypatch, data):
    date_in(tmp_path, monkeypatch)
    (path,) = cache.iterdir()
    path.write_bytes(data)

    assert date_in(tmp_path, monkeypatch) == ("9 Mart 2026", False)


def test_more_dates_than_are_worth_it_are_not_kept(tmp_path, cache, monkeypatch):
    monkeypatch.setattr(written, "_MOST", 1)
    date_in(tmp_path, monkeypatch)
    date_in(tmp_path, monkeypatch, day="2026-03-10")

    (path,) = cache.iterdir()
    assert len(json.loads(path.read_bytes())[1]) == 1


def test_a_number_is_written_once(tmp_path, cache, monkeypatch):
    def number_in(value):
        monkeypatch.setattr(filters, "_written", {})
        with written_before(tmp_path, "build", "key"):
            return filters._number(value, locale="tr")

    assert (number_in(1000), number_in(999), number_in(1234.5)) == (
        "1.000",
        "999",
        "1.234,5",
    )
    (path,) = cache.iterdir()
    assert json.loads(path.read_bytes())[1] == {"tr number 1000": "1.000"}
    path.write_bytes(path.read_bytes().replace(b"1.000", b"1 000"))
    assert number_in(1000) == "1 000"
