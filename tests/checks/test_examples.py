import json

import pytest

from pipeline import registry
from pipeline.checks import Example


def examples(kind):
    return [
        pytest.param(name, each, id=f"{name}-{each.locale}-{number}")
        for name, check in registry.checks().items()
        for number, each in enumerate(getattr(check, kind, ()))
    ]


def found(name: str, example: Example):
    return list(registry.checks()[name](example.message, example.context))


@pytest.mark.parametrize(("name", "example"), examples("good"))
def test_a_good_example_passes_its_check(name, example):
    assert found(name, example) == []


@pytest.mark.parametrize(("name", "example"), examples("bad"))
def test_a_bad_example_is_found_by_its_check(name, example):
    assert found(name, example) != []


@pytest.mark.parametrize("kind", ["good", "bad"])
@pytest.mark.parametrize("name", registry.checks())
def test_a_check_has_examples_in_two_languages(name, kind):
    shown = getattr(registry.checks()[name], kind, ())
    assert len(shown) > 1
    assert len({each.locale for each in shown}) > 1


@pytest.mark.parametrize("name", registry.checks())
def test_an_example_is_shown_as_json(name):
    check = registry.checks()[name]
    for each in (*getattr(check, "good", ()), *getattr(check, "bad", ())):
        shown = json.loads(json.dumps(each.as_json()))
        assert (shown["source"], shown["msgstr"]) == (each.source, each.msgstr)
