"""The ledger: whole, or as if there were none."""

import pytest

from pipeline.store.ledger import (
    FileRecord,
    Ledger,
    Made,
    MadeFile,
    Order,
    Turned,
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


def changed(tmp_path, size=4):
    files = {
        "source/a.md": FileRecord(size, 5, "ş"),
        "source/new.md": FileRecord(1, 1, ""),
    }
    made = {"tr/a": '["p","q",[],[],[]]'}
    return read_ledger(tmp_path, "build").but(
        bodies=size, files=files, rows={}, made=made
    )


def test_what_is_another_stands_behind_the_rest_and_holds(lines, tmp_path):
    before = lines.read_bytes()
    ledger = changed(tmp_path)

    mark = write_ledger(tmp_path, "build", ledger)

    again = read_ledger(tmp_path, "build")
    assert lines.read_bytes().startswith(before)
    assert (again.mark, again.bodies, again.started) == (mark, 4, 7)
    for found in (ledger, again):
        assert found.files["source/a.md"] == FileRecord(4, 5, "ş")
        assert [*found.files] == ["source/a.md", "source/şık.md", "source/new.md"]
        assert dict(found.made) == {"tr/a": Made("p", "q", ())}


def test_of_many_that_are_added_the_newest_holds_and_the_file_stays_small(
    lines, tmp_path
):
    sizes = []
    for number in range(120):
        write_ledger(tmp_path, "build", changed(tmp_path, number))
        assert read_ledger(tmp_path, "build").files["source/a.md"].size == number
        sizes.append(lines.stat().st_size)

    assert sizes != sorted(sizes)
    assert max(sizes) < 60 * sizes[0]


def test_a_file_that_is_another_or_has_two_names_is_written_anew(lines, tmp_path):
    other = lines.with_name("other")
    other.hardlink_to(lines)
    before = other.read_bytes()

    write_ledger(tmp_path, "build", changed(tmp_path))
    ledger = changed(tmp_path, 5)
    write_ledger(tmp_path, "build", changed(tmp_path, 6))
    write_ledger(tmp_path, "build", ledger)

    assert other.read_bytes() == before
    assert read_ledger(tmp_path, "build").files["source/a.md"].size == 5


def test_an_addition_that_is_cut_or_another_makes_all_of_it_none(lines, tmp_path):
    start = lines.stat().st_size
    write_ledger(tmp_path, "build", changed(tmp_path))
    whole = lines.read_bytes()

    for place in range(start + 1, len(whole)):
        for cut in (whole[:place], whole[: place - 1] + b"~" + whole[place:]):
            lines.write_bytes(cut)
            assert read_ledger(tmp_path, "build").started == 0


def turned(tmp_path, shelf):
    """What the next build is told where a page came or went."""
    ledger = read_ledger(tmp_path, "build")
    assert ledger.order is not None
    order = ledger.order._replace(shelves={"tr": {"": shelf}}, said={"tr": {}})
    return ledger.but(
        bodies=2,
        files={},
        rows={},
        made={"tr/a": None, "tr/b": '["p","q",[],[],[]]'},
        turned=Turned("f2", order),
    )


@pytest.fixture
def ordered(tmp_path):
    """The file of a ledger that knows how pages stand."""
    order = Order({"tr": {"": ["a", "b", "c"]}}, ["tr"])
    none = Ledger()
    ledger = Ledger(faces="f1", order=order, made=none.made.of(MADE))
    write_ledger(tmp_path, "build", ledger)
    return tmp_path / ".publish" / "ledger" / "build.lines"


def test_pages_that_came_and_went_stand_behind_the_rest(ordered, tmp_path):
    before = ordered.read_bytes()

    write_ledger(tmp_path, "build", turned(tmp_path, ["x", "a", "c"]))

    assert ordered.read_bytes().startswith(before)
    again = read_ledger(tmp_path, "build")
    assert (again.faces, again.bodies) == ("f2", 2)
    assert again.order == Order(
        {"tr": {"": ["x", "a", "c"]}}, ["tr"], assets=[], said={"tr": {}}
    )
    assert [*again.made] == ["tr/b"]
    assert "tr/a" not in again.made


@pytest.mark.usefixtures("ordered")
def test_what_is_gone_may_come_again(tmp_path):
    write_ledger(tmp_path, "build", turned(tmp_path, ["a"]))
    write_ledger(tmp_path, "build", changed(tmp_path))

    assert [*read_ledger(tmp_path, "build").made] == ["tr/a", "tr/b"]


def test_where_the_order_is_another_altogether_all_is_written(ordered, tmp_path):
    before = ordered.read_bytes()

    write_ledger(tmp_path, "build", turned(tmp_path, ["c", "b", "a"]))

    assert not ordered.read_bytes().startswith(before)
    again = read_ledger(tmp_path, "build")
    assert again.order is not None
    assert again.order.shelves == {"tr": {"": ["c", "b", "a"]}}
    assert again.faces == "f2"
    assert [*again.made] == ["tr/b"]


def test_what_is_added_is_never_much_beside_the_whole(ordered, tmp_path):
    whole, largest = ordered.stat().st_size, 0
    for number in range(20):
        ledger = read_ledger(tmp_path, "build")
        made = {f"tr/{number}": f'["{"x" * 100_000}","q",[],[],[]]'}
        write_ledger(
            tmp_path, "build", ledger.but(bodies=1, files={}, rows={}, made=made)
        )
        added = read_ledger(tmp_path, "build").mark
        assert added.size <= added.whole + 1_100_000
        largest = max(largest, added.sections)

    assert read_ledger(tmp_path, "build").mark.whole > whole
    assert 5 < largest < 12
    assert len(read_ledger(tmp_path, "build").made) == 21
