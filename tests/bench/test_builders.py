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


def to(name, text=None):
    """An edit that lets a file hold this, or removes it."""

    def edit(site):
        path = site / "in" / name
        before = path.read_text()
        path.write_text(text) if text else path.unlink()
        return lambda: path.write_text(before)

    return edit


def builder(site, command, **more):
    edits = {
        ARTICLE: to("a.html", "A"),
        ENTRY: to("b.html", "B"),
        REMOVED: to("c.html"),
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


def test_an_edit_is_measured_three_times_and_stands_at_the_end(site):
    seen = site / "seen"
    command = f"cat in/a.html >> {seen}; {COPY}"
    one = builder(site, command)

    measure(one, 3, [ARTICLE])

    # The edit, a clean build to compare with, and twice the edit undone and made again.
    assert seen.read_text().lstrip("a") == "AA" + "aA" + "aA"
    assert (site / "in/a.html").read_text() == "A"


def test_what_was_built_is_put_aside_and_not_deleted(site):
    measure(builder(site, COPY), 3, [])

    aside = site.parent / "aside"
    assert {path.name for each in aside.iterdir() for path in each.iterdir()} == {
        "a.html",
        "b.html",
        "c.html",
    }
