import pytest

from bench.builders import ARTICLE, COLD, ENTRY, NOTHING, REMOVED, Builder, measure

COPY = "for name in in/*; do cp $name out/; done"
COPY_NEW = "for name in in/*; do [ -e out/${name#in/} ] || cp $name out/; done"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site" / "in").mkdir(parents=True)
    for name in "abc":
        (tmp_path / "site" / "in" / f"{name}.html").write_text(name)
    return tmp_path / "site"


def builder(site, command, **more):
    edits = {
        ARTICLE: lambda site: (site / "in/a.html").write_text("A"),
        ENTRY: lambda site: (site / "in/b.html").write_text("B"),
        REMOVED: lambda site: (site / "in/c.html").unlink(),
    }
    shell = ("sh", "-c", command)
    return Builder("x", shell, site, made="out", counted=".html", edits=edits, **more)


def pages(found):
    return {
        case: (each["written"], each["needed"], each.get("wrong"))
        for case, each in found.items()
    }


def test_a_program_that_makes_all_anew_is_seen_to_leave_what_is_gone(site):
    found = measure(builder(site, COPY), 3)

    assert pages(found) == {
        COLD: (3, 3, None),
        NOTHING: (3, 0, 0),
        ARTICLE: (3, 1, 0),
        ENTRY: (3, 1, 0),
        REMOVED: (2, 0, 1),
    }


def test_each_edit_is_told_alone_by_a_program_that_serves_what_is_old(site):
    found = measure(builder(site, COPY_NEW), 3)

    assert pages(found) == {
        COLD: (3, 3, None),
        NOTHING: (0, 0, 0),
        ARTICLE: (0, 0, 1),
        ENTRY: (0, 0, 1),
        REMOVED: (0, 0, 1),
    }


def test_a_program_that_is_too_slow_for_more_is_run_once(site):
    assert measure(builder(site, COPY, only_cold_above=2), 3).keys() == {COLD}


def test_what_another_row_says_is_not_measured_again(site):
    first = ("sh", "-c", COPY)

    again = builder(site, COPY_NEW, only_cold_above=2, first=first)

    assert measure(again, 3) == {}
