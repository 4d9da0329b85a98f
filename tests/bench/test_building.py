import pytest

from bench.builders import CASES, NOTHING
from bench.building import EVERY, joined, run
from bench.building_report import FLOOR, OURS, report

MACHINE = {"date": "2026-01-02", "cores": "2", "python": "3.11.7", "load": "0.1"}


def figures(clock, cpu=1.0, megabytes=50, written=4, needed=4):
    return {
        "clock": clock,
        "cpu": cpu,
        "megabytes": megabytes,
        "written": written,
        "needed": needed,
    }


def size(articles, **builders):
    return {
        "machine": MACHINE,
        "articles": articles,
        "locales": 3,
        "python": figures(0.02, 0.01),
        "builders": builders,
    }


def results(*sizes):
    growth = {
        "machine": MACHINE,
        "what": "1,000 articles over 100",
        "clock": 9.5,
        "cpu": 9.0,
    }
    return {
        "sizes": {str(each["articles"]): each for each in sizes},
        "growth": {growth["what"]: growth},
        "mails": {"1.5 kB": {"made": 400, "cpu": 2.0}},
    }


FOUND = results(
    size(
        1_000,
        **{
            OURS: {
                "cold": figures(2.0, 4.0, megabytes=90, written=4_000),
                "nothing": figures(0.1, 0.1, written=0, needed=0) | {"wrong": 0},
                "entry": figures(0.3, 0.2, written=1, needed=1) | {"wrong": 0},
            },
            "Hugo": {
                "cold": figures(5.0, 10.0, megabytes=720),
                "nothing": figures(5.0, 10.0, needed=0) | {"wrong": 2},
            },
        },
    )
)


@pytest.mark.parametrize(
    "line",
    [
        "| publish build | 2.00 (4.00) | 0.10 (0.10) | - | 0.30 (0.20) | - | - | 90 |",
        "| Hugo | 4 / 4 | 4 / 0, **2 wrong** | - | - | - | - |",
        "| 1,000 articles: first, of Hugo's time | 0.5 | 0.4 | 0.4 |",
        "| 1,000 articles: nothing changed, times Python | 8 | 5.0 | 10.0 |",
        "| 1,000 articles: nothing changed, times faster than Hugo | 30 | 50.0 | 100.0 |",
        "| 1,000 articles: a translation changed | 0.35 s | 0.30 s | 0.20 s |",
        "| 1,000 articles: largest process | 100 MB | 90 MB | |",
        "| 1,000 articles over 100 | 11 | 9.5 | 9.0 |",
        "| mails a second and core, 1.5 kB, checks and disk included | 300 | 200 | 200 |",
    ],
)
def test_ratios_and_what_is_required_are_shown(line):
    assert line in report(FOUND).splitlines()


def test_sizes_of_an_earlier_run_stay_and_those_of_this_one_replace_theirs():
    earlier = results(size(100, **{OURS: {}}), size(1_000, **{OURS: {}}))

    found = joined(earlier, FOUND)

    assert found["sizes"] == {
        "100": earlier["sizes"]["100"],
        "1000": FOUND["sizes"]["1000"],
    }


@pytest.mark.slow
def test_a_small_trial_measures_all_that_is_there(tmp_path):
    found = run(tmp_path, [20])

    builders = found["sizes"]["20"]["builders"]
    assert builders[OURS].keys() == {*CASES}
    assert builders[OURS][NOTHING]["written"] == 0
    assert FLOOR in builders
    assert {each["made"] for each in found["mails"].values()} == {20 * len(EVERY)}
    assert "20 articles: 10 languages over 3" in report(found)
