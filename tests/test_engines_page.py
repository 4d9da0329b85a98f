"""`docs/engines.md` says what the engines are."""

import re
import tomllib
from typing import Any

import pytest

from pipeline import registry
from pipeline.engines import Request
from pipeline.engines.apertium.program import PROGRAM
from pipeline.errors import ConfigError
from pipeline.masking import Dialect
from pipeline.transport.settings import SERVICE_KEYS
from tests.documents import ROOT, codes, rows, section, text_of
from tests.engines.loopback import running_service

PAGE = ROOT / "docs" / "engines.md"
NEEDED = {
    "firefox": {},
    "apertium": {},
    "deepl": {"api_key_env": "KEY"},
    "libretranslate": {"api_key_env": "KEY"},
    "llm": {"base_url": "https://mt.example/v1", "model": "m"},
}
"""The least that an engine needs."""


def table(name):
    """The default by key, as the engine's section has them."""
    text = section(PAGE, name)
    lines = text[text.index(f"| key of `[engine.{name}]` |") :]
    return {
        codes(row[0])[0]: row[1].strip("`")
        for row in rows(lines)
        if row[0].startswith("`")
    }


def test_every_engine_is_in_the_table_and_no_other():
    text = section(PAGE, "Which there are")
    named = {codes(row[0])[0] for row in rows(text) if codes(row[0])}
    assert named - {"--check"} == registry.engines().keys()


@pytest.mark.parametrize("name", NEEDED)
def test_the_settings_of_an_engine_are_described(name):
    with pytest.raises(ConfigError) as caught:
        registry.engine(name)({"zzz": 1})
    known = caught.value.hint.rpartition("known are ")[2].split(", ")
    assert set(known) == table(name).keys()


@pytest.mark.parametrize(
    ("name", "key", "default"),
    [
        (name, key, default)
        for name in NEEDED
        for key, default in table(name).items()
        if default
    ],
)
def test_a_default_is_the_default(name, key, default):
    kind = registry.engine(name)
    given = kind(NEEDED[name] | tomllib.loads(f"{key} = {default}"))
    assert given.limits == kind(NEEDED[name]).limits
    assert (given.origin, given.needs_network) == (
        kind(NEEDED[name]).origin,
        kind(NEEDED[name]).needs_network,
    )


def test_what_every_service_has_is_described():
    text = section(PAGE, "Choosing and ordering").partition("### ")[0]
    described = {codes(row[0])[0] for row in rows(text) if codes(row[0])}
    assert described == {*SERVICE_KEYS, "plain_http"}


@pytest.mark.parametrize("dialect", Dialect)
def test_the_form_of_an_engine_is_the_one_that_it_gets(dialect):
    text = section(PAGE, "What is masked").partition("### ")[0]
    row = next(row for row in rows(text) if row[0] == dialect.value and len(row) == 3)
    engines = {
        name
        for name, kind in registry.engines().items()
        if name != "pseudo" and kind(NEEDED.get(name, {})).limits.dialect is dialect
    }
    assert set(codes(row[2])) == engines


def test_the_program_is_called_as_the_page_says():
    assert f'`"{PROGRAM}"`' in text_of(PAGE)


def test_the_engine_that_is_shown_works():
    text = section(PAGE, "An engine of your own")
    world: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", text, re.DOTALL)[0], world)
    with running_service() as service:
        engine = world["Mine"]({"base_url": service.address, "workers": 3})
        requests = [Request("a", "yes"), Request("b", "no")]
        found = list(engine.translate(requests, source="en", target="tr"))
    assert [(answer.id, answer.text) for answer in found] == [("a", "yês"), ("b", "nô")]
    assert (engine.limits.workers, engine.limits.characters) == (3, 2_000)
    with pytest.raises(ConfigError, match="unknown key 'colour'"):
        world["Mine"]({"colour": "red"})
