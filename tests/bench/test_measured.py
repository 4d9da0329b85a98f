import os
import sys

import pytest

from bench.measured import SlowError, State, cost


@pytest.fixture
def before(tmp_path):
    for name in ("a.html", "b.html", "c.xml"):
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (1, 1))
    return State.of(tmp_path)


def test_a_file_that_is_written_again_is_counted_though_it_stays_the_same(
    before, tmp_path
):
    (tmp_path / "a.html").write_text("a.html")

    after = State.of(tmp_path)

    assert (after.written_since(before), after.new_since(before)) == (1, 0)


def test_what_differs_what_is_missing_and_what_is_left_over_is_unlike(before, tmp_path):
    (tmp_path / "a.html").write_text("other")
    (tmp_path / "b.html").unlink()
    (tmp_path / "d.html").write_text("new")

    after = State.of(tmp_path)

    assert after.unlike(before) == before.unlike(after) == 3


def test_files_of_another_suffix_can_be_left_out(before):
    assert [*before.only(".html").files] != [*before.files]
    assert before.only(".xml").files.keys() == {"c.xml"}


def test_the_memory_is_that_of_the_largest_process(tmp_path):
    child = "x = bytearray(80_000_000)"
    parent = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'])"
    )

    assert cost([sys.executable, "-c", parent], tmp_path).megabytes > 75


def test_a_command_that_takes_too_long_is_stopped(tmp_path):
    with pytest.raises(SlowError):
        cost(["sleep", "60"], tmp_path, 1)


def test_a_command_that_fails_ends_the_bench(tmp_path):
    with pytest.raises(SystemExit, match="exit 7"):
        cost(["sh", "-c", "exit 7"], tmp_path)
