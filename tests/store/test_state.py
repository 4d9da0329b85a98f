import json
import os
from dataclasses import replace

import pytest

from pipeline.errors import PublishError
from pipeline.store.stamps import RACY, stamp_trees
from pipeline.store.state import (
    BuildState,
    forget_state,
    is_current,
    read_state,
    state_path,
    write_state,
)

OLD = 1_000_000_000
STATE = BuildState(
    key="key",
    started=OLD + 2 * RACY,
    inputs={"source/a.md": (3, OLD)},
    outputs={"dist/a": (5, OLD)},
    report={"pages": [], "why": "ş"},
)


def test_what_is_written_is_read_back(tmp_path):
    write_state(tmp_path, "build", STATE)

    assert read_state(tmp_path, "build") == STATE
    assert read_state(tmp_path, "draft") is None


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"{}", b'{"key": "k", "inputs": 1}', b"\xff", b"1"],
)
def test_what_cannot_be_read_is_as_if_there_were_none(tmp_path, data):
    write_state(tmp_path, "build", STATE)
    state_path(tmp_path, "build").write_bytes(data)

    assert read_state(tmp_path, "build") is None


def test_what_is_forgotten_is_gone(tmp_path):
    write_state(tmp_path, "build", STATE)

    forget_state(tmp_path, "build")
    forget_state(tmp_path, "build")

    assert read_state(tmp_path, "build") is None


def test_what_cannot_be_forgotten_is_said(tmp_path):
    state_path(tmp_path, "build").mkdir(parents=True)

    with pytest.raises(PublishError) as caught:
        forget_state(tmp_path, "build")

    assert caught.value.path == ".publish/build.json"


def test_unchanged_inputs_are_current():
    assert is_current(STATE, {"source/a.md": (3, OLD)})


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"source/a.md": (4, OLD)},
        {"source/a.md": (3, OLD + 1)},
        {"source/a.md": (3, OLD), "source/b.md": (1, OLD)},
        {"source/b.md": (3, OLD)},
    ],
)
def test_a_changed_a_new_or_a_missing_input_is_not_current(inputs):
    assert not is_current(STATE, inputs)


@pytest.mark.parametrize(("age", "current"), [(RACY - 1, False), (RACY + 1, True)])
def test_an_input_as_young_as_the_build_is_looked_at_again(age, current):
    young = (3, STATE.started - age)
    state = BuildState("key", STATE.started, {"source/a.md": young}, {}, {})

    assert is_current(state, {"source/a.md": young}) is current


def test_every_file_has_its_stamp(tmp_path):
    (tmp_path / "source/deep").mkdir(parents=True)
    (tmp_path / "source/deep/a.md").write_bytes(b"abc")
    (tmp_path / "one").write_bytes(b"x")
    os.utime(tmp_path / "source/deep/a.md", ns=(OLD, OLD))

    stamps = stamp_trees(tmp_path, ["source", "one", "nowhere"])

    assert stamps["source/deep/a.md"] == (3, OLD)
    assert stamps.keys() == {"source/deep/a.md", "one"}


def test_links_that_lead_nowhere_or_in_circles_are_no_trouble(tmp_path):
    top = tmp_path / "source"
    top.mkdir()
    (top / "dangling").symlink_to("nowhere")
    (top / "circle").symlink_to(top)
    (top / "a.md").write_bytes(b"x")

    assert stamp_trees(tmp_path, ["source"]).keys() == {"source/a.md"}


@pytest.mark.parametrize("count", [0, 1, 1000, 2001])
def test_long_lists_are_read_back_as_they_were_written_piece_by_piece(tmp_path, count):
    stamps = {f"dist/ş{number}": (number, OLD) for number in range(count)}
    pages = [[f"page {number}", "", False] for number in range(count)]
    said = [[["tr", count, 0]], []]
    state = replace(
        STATE, inputs=stamps, outputs=stamps, report={"pages": pages}, said=said
    )

    write_state(tmp_path, "build", state)

    assert read_state(tmp_path, "build") == state


def test_a_build_that_tells_the_same_adds_what_is_another(tmp_path):
    write_state(tmp_path, "build", STATE)
    before = state_path(tmp_path, "build").read_bytes()
    for number in range(3):
        last = read_state(tmp_path, "build")
        assert last is not None
        inputs = {"source/b.md": (number, OLD)}
        outputs = {**last.outputs, "dist/a": (number, number)}
        state = replace(
            last, started=number, inputs=inputs, outputs=outputs, ledger="m"
        )
        write_state(tmp_path, "build", state, since=last)

        again = read_state(tmp_path, "build")
        assert again == state
        assert again.later == number + 1
    assert state_path(tmp_path, "build").read_bytes().startswith(before)


def test_after_many_builds_the_file_is_written_anew(tmp_path):
    write_state(tmp_path, "build", STATE)
    later = []
    for number in range(120):
        last = read_state(tmp_path, "build")
        assert last is not None
        write_state(tmp_path, "build", replace(last, started=number), since=last)
        later.append(last.later)

    assert max(later) < 60
    assert read_state(tmp_path, "build") == replace(STATE, started=119)


PAGES = [[f"page {number}", "held", False] for number in range(300)]


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ([["page", "out", False], *PAGES[1:]], "ş"),
        ([*PAGES[:7], ("page 7", "out", True), *PAGES[8:]], "other"),
        (PAGES, ["two", "reasons"]),
    ],
)
def test_a_build_that_tells_little_else_adds_that(tmp_path, pages, why):
    write_state(tmp_path, "build", replace(STATE, report={"pages": PAGES, "why": "ş"}))
    for number in range(3):
        last = read_state(tmp_path, "build")
        assert last is not None
        report = {"pages": pages if number % 2 == 0 else PAGES, "why": why}
        state = replace(last, report=report, outputs={f"dist/{number}": (1, 1)})
        write_state(tmp_path, "build", state, since=last)

        again = read_state(tmp_path, "build")
        assert again is not None
        assert again.later == number + 1
        assert again.outputs == state.outputs
        assert json.dumps(again.report) == json.dumps(report)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"whole": {}, "entries": {"pages": {"300": []}}},
        {"whole": {}, "entries": {"pages": {"x": []}}},
        {"whole": {}, "entries": {"mails": {"0": []}}},
        {"whole": {}, "entries": {"why": {"0": []}}},
        {"whole": [], "entries": []},
        [],
    ],
)
def test_what_is_told_of_no_such_report_is_nothing(tmp_path, told):
    write_state(tmp_path, "build", replace(STATE, report={"pages": PAGES, "why": "ş"}))
    nothing: list[list[object]] = [[], [], []]
    line = {"told": told, "inputs": nothing, "outputs": nothing, "gone": [], "lost": []}
    with state_path(tmp_path, "build").open("a") as file:
        file.write(f"{json.dumps(line)}\n")

    assert read_state(tmp_path, "build") is None


MORE = {"pages": [["page"]] * 301, "why": "ş"}
OTHERS = {"pages": [["page"]] * 300, "why": "ş"}


@pytest.mark.parametrize("report", [{"pages": PAGES}, MORE, OTHERS])
def test_what_no_line_can_say_is_written_anew(tmp_path, report):
    write_state(tmp_path, "build", replace(STATE, report={"pages": PAGES, "why": "ş"}))
    last = read_state(tmp_path, "build")
    assert last is not None
    state = replace(last, report=report)

    write_state(tmp_path, "build", state, since=last)

    again = read_state(tmp_path, "build")
    assert again == state
    assert again.later == 0
