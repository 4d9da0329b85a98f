import pytest

from pipeline import registry
from pipeline.checks import CheckContext, Example
from pipeline.model.catalog import Message


def examples(kind):
    return [
        pytest.param(name, each, id=f"{name}-{each.locale}-{number}")
        for name, check in registry.checks().items()
        for number, each in enumerate(getattr(check, kind, ()))
    ]


def found(name: str, example: Example):
    message = Message(example.source, (example.msgstr,), example.msgctxt)
    return list(registry.checks()[name](message, CheckContext(example.locale)))


@pytest.mark.parametrize(("name", "example"), examples("good"))
def test_a_good_example_passes_its_check(name, example):
    assert found(name, example) == []


@pytest.mark.parametrize(("name", "example"), examples("bad"))
def test_a_bad_example_is_found_by_its_check(name, example):
    assert found(name, example) != []
