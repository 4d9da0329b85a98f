import pytest

from pipeline.masking import carry_over, skeleton


@pytest.mark.parametrize(
    ("source", "translation", "other", "carried"),
    [
        ("Take 5 mg.", "5 mg alın.", "Take 50 mg.", "50 mg alın."),
        ("On {{ a }}", "{{ a }} günü", "On {{ b }}", "{{ b }} günü"),
        ("%s in 2 days", "2 günde %s", "%d in 3 days", "3 günde %d"),
        ("See [it](a.md).", "[Bakın](a.md).", "See [it](b.md).", "[Bakın](b.md)."),
        (
            "{{ a }} and {{ b }}",
            "{{ b }} ve {{ a }}",
            "{{ b }} and {{ a }}",
            "{{ a }} ve {{ b }}",
        ),
    ],
)
def test_what_differs_is_swapped_in(source, translation, other, carried):
    assert carry_over(source, translation, other) == carried


@pytest.mark.parametrize(
    ("source", "translation", "other"),
    [
        ("On {{ a }}", "Bugün", "On {{ b }}"),
        ("On {{ a }}", "{{ a }} {{ a }}", "On {{ b }}"),
        ("{{ a }}, {{ a }}", "{{ a }}", "{{ b }}, {{ a }}"),
        ("On {{ a }}", "{{ a }}", "On `a`"),
        ("On {{ a }}", "{{ a }}", "At {{ b }}"),
        ("Take 5 of 5", "5 / 5", "Take 5 of 6"),
        ("Same", "Aynı", "Same"),
    ],
)
def test_where_that_is_not_certain_nothing_is_carried(source, translation, other):
    assert carry_over(source, translation, other) is None


def test_texts_that_can_be_carried_have_one_skeleton():
    assert skeleton("Take 5 mg on {{ a }}") == skeleton("Take 1.50 mg on {{ date }}")
    assert skeleton("Take 5 mg") != skeleton("Take 5 g")
    assert skeleton("Take some") is None
