"""Texts that nobody wrote for us: cut without loss, and the same in their own words."""

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.corpora import in_folder, in_npm_packages, on_this_machine, report

SAMPLE = 150
FEWEST = {"markdown": 1_000, "html": 300}
EXPLAINED = ("not taken: the text has over 5,000,000 characters",)


def show(counts: Counter[str], found: list[str]) -> None:
    texts = ", ".join(f"{count} {name}" for name, count in counts.items())
    sys.stdout.write("\n".join(["", texts, *found, ""]))


def unexplained(found: list[str]) -> list[str]:
    return [trouble for trouble in found if not trouble.endswith(EXPLAINED)]


def test_a_sample_of_the_texts_on_this_machine_is_handled_well():
    small = [text for text in on_this_machine() if len(text.text) < 20_000]
    if len(small) < SAMPLE:
        pytest.skip("the packages on this machine have too few texts")

    counts, found = report(small[:: len(small) // SAMPLE])

    assert set(counts) == set(FEWEST)
    assert found == []


@pytest.mark.slow
def test_all_texts_of_packages_are_handled_well(tmp_path, capsys):
    texts = [*on_this_machine(), *in_npm_packages(tmp_path)]

    counts, found = report(texts)

    with capsys.disabled():
        show(counts, found)
    for name, fewest in FEWEST.items():
        if counts[name] < fewest:
            pytest.skip(f"only {counts[name]} texts of {name} could be had here")
    assert unexplained(found) == []


@pytest.mark.slow
@pytest.mark.skipif("CORPUS" not in os.environ, reason="CORPUS names no folder")
def test_the_texts_of_a_folder_are_handled_well(capsys):
    counts, found = report(in_folder(Path(os.environ["CORPUS"])))

    with capsys.disabled():
        show(counts, found)
    assert counts
    assert unexplained(found) == []
