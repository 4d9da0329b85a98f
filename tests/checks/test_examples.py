import json
from dataclasses import replace

import pytest

from pipeline import registry
from pipeline.check import check as check_catalog
from pipeline.checks import Example
from pipeline.model.catalog import Catalog, Message


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


@pytest.mark.parametrize("name", registry.checks())
def test_a_check_is_silenced_beside_the_string(name):
    check = registry.checks()[name]
    example = next(iter(getattr(check, "bad", ())))
    comments = (f"publish: ignore={name} as the clinic wants it",)
    loud = example.message
    silent = replace(loud, comments=comments)
    assert name in found_in(loud, example)
    assert name not in found_in(silent, example)
    # Where these would let a page lead, nothing silences.
    is_guard = name in {"hosts", "links"}
    assert ("ignore" in found_in(silent, example)) == is_guard


def found_in(message, example):
    """The checks that say something of a catalog with this message."""
    header = Message("") if message.msgid else message
    messages = (message,) if message.msgid else ()
    every = tuple(registry.checks().values())
    findings = check_catalog(
        Catalog(header, messages), checks=every, context=example.context, file="a.po"
    )
    return {finding.check for finding in findings}


@pytest.mark.parametrize("name", registry.checks())
def test_no_remark_outweighs_its_check(name):
    check = registry.checks()[name]
    for example in everything():
        for remark in check(example.message, example.context):
            assert check.severity.reaches(remark.severity or check.severity)


def everything():
    """The examples of all checks: each check may have something to say of any."""
    for check in registry.checks().values():
        yield from (*getattr(check, "good", ()), *getattr(check, "bad", ()))
