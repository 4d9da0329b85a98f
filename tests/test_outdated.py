"""When an earlier translation must not be read any more."""

import pytest

from pipeline import registry
from pipeline.outdated import changed_parts, dangers

FORMAT = registry.formats()["markdown"]
TEXT = """\
# Care

Wash your hair after 3 days.

Do not scratch.
"""


def changed(now):
    before, after = (
        FORMAT.parse(text, path="source/x.md", domain="x") for text in (TEXT, now)
    )
    return changed_parts(before, after)


@pytest.mark.parametrize(
    "now",
    [
        TEXT,
        TEXT.replace("Wash your hair", "Please wash your hair"),
        TEXT.replace("# Care", "# Caring"),
        TEXT.replace("scratch", "**scratch**"),
        TEXT + "\nCall us if you feel ill.\n",
        TEXT.replace("# Care", "# Care\n\nWelcome to our page."),
    ],
)
def test_new_words_harm_nobody(now):
    assert list(dangers(changed(now), "en")) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (TEXT.replace("3", "13"), "“Wash your hair after 3 days.” became"),
        (TEXT.replace("days", "weeks"), "the units differ"),
        (TEXT.replace("Do not", "You may"), "a negation differs"),
        (TEXT + "\nNever smoke.\n", "“Never smoke.” is new"),
        (TEXT.replace("Do not scratch.", ""), "“Do not scratch.” is gone"),
        (TEXT.replace("Wash your hair after 3 days.", "Rest."), "is gone"),
    ],
)
def test_what_may_harm_is_told(now, said):
    (danger,) = dangers(changed(now), "en")

    assert said in danger


@pytest.mark.parametrize(
    ("before", "now", "harmful"),
    [
        ("```\nTake 5 mg\n```\n", "```\nTake 50 mg\n```\n", True),
        ("[us][1]\n\n[1]: tel:+905\n", "[us][1]\n\n[1]: tel:+906\n", True),
        ("1. One\n2. Two\n", "1. One\n1. Two\n", False),
        (
            "---\ndate: 2026-03-01\n---\n\nX\n",
            "---\ndate: 2026-04-01\n---\n\nX\n",
            False,
        ),
    ],
)
def test_what_nobody_translates_is_compared_too(before, now, harmful):
    old, new = (FORMAT.parse(text, path="x.md", domain="x") for text in (before, now))

    assert bool(list(dangers(changed_parts(old, new), "en"))) is harmful


def test_a_part_is_compared_with_the_one_that_it_became():
    now = TEXT.replace("3 days", "3 full days").replace("scratch", "scratch it")

    assert [(old[1], new[1]) for old, new in changed(now)] == [
        ("Wash your hair after 3 days.", "Wash your hair after 3 full days."),
        ("Do not scratch.", "Do not scratch it."),
    ]
