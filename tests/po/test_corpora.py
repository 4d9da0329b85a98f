"""Catalogs that nobody wrote for us: read, left alone, edited, and cut."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.catalog_corpora import (
    Outcome,
    Real,
    exceptions,
    fetched,
    in_folder,
    installed,
    outcomes,
    table,
)
from tests.po.catalogs import needs_gettext
from tests.truncations import ENTRY, FULL, LINE, REFUSED, cut_at_random, diverse

EXPLAINED = ("the header says nplurals=", "is not UTF-8")
"""Gettext passes over both where the entry is not in use, or the byte in a comment."""

SAMPLE = 60
FEWEST = 1_000
FEWEST_PROJECTS = 10

pytestmark = needs_gettext


def is_explained(found: Outcome) -> bool:
    """Whether gettext refuses as well what we refuse, or we know why it does not."""
    return found.is_refused_rightly or any(why in found.refused for why in EXPLAINED)


def wrong(found: Iterable[Outcome]) -> list[str]:
    """What must not be; a difference from what msgcat composes is only told."""
    return [
        f"{each.real.project}: {each.real.name}: {what}"
        for each in found
        for what in (
            *each.troubles,
            *([] if is_explained(each) else [f"refused alone: {each.refused}"]),
        )
    ]


def show(found: Sequence[Outcome]) -> None:
    lines = ["", table(found), *exceptions(found), ""]
    sys.stdout.write("\n".join(lines))


def test_a_sample_of_the_catalogs_of_packages_is_handled_well():
    reals = installed()
    assert len(reals) > FEWEST

    found = [*outcomes(reals[:: len(reals) // SAMPLE])]

    assert {each.real.project for each in found} == {"django", "humanize", "wtforms"}
    assert wrong(found) == []
    assert all(not each.composed for each in found)


def test_a_sample_of_cut_catalogs_is_refused_or_read_up_to_a_line():
    counts, shortened = cut_at_random(diverse(installed(), 20, seed=1), 50, seed=1)

    assert shortened == []
    assert counts[REFUSED] > 900
    assert set(counts) <= {REFUSED, FULL, ENTRY, LINE}


def all_are_handled_well(reals: Sequence[Real]) -> None:
    found = [*outcomes(reals, workers=os.cpu_count() or 1)]
    show(found)
    assert wrong(found) == []

    counts, shortened = cut_at_random(diverse(reals, 50, seed=1), 200, seed=1)
    sys.stdout.write(f"{dict(counts)}\n")
    assert shortened == []


@pytest.mark.slow
def test_all_catalogs_of_packages_are_handled_well(tmp_path, capsys):
    reals = fetched(tmp_path)
    projects = {real.project for real in reals}
    if len(reals) < FEWEST or len(projects) < FEWEST_PROJECTS:
        pytest.skip(f"only {len(reals)} catalogs could be had here")

    with capsys.disabled():
        all_are_handled_well(reals)


@pytest.mark.slow
@pytest.mark.skipif("CORPUS" not in os.environ, reason="CORPUS names no folder")
def test_the_catalogs_of_a_folder_are_handled_well(capsys):
    reals = in_folder(Path(os.environ["CORPUS"]))
    if not reals:
        pytest.skip("the folder holds no catalog")

    with capsys.disabled():
        all_are_handled_well(reals)
