import inspect

import deep_translator.exceptions
import pytest

from pipeline.engines.deep.failures import KINDS, as_engine_error
from pipeline.errors import (
    EngineError,
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)

FOREIGN = [
    kind
    for _, kind in inspect.getmembers(deep_translator.exceptions, inspect.isclass)
    if kind.__module__ == "deep_translator.exceptions"
]
SAMPLES = {"NotValidLength": ("the text", 1, 5000), "BaseError": ("a", "b")}


def raised(kind):
    """One of its kind, with the key wherever it would take one."""
    if kind.__name__ in SAMPLES:
        return kind(*SAMPLES[kind.__name__])
    wanted = list(inspect.signature(kind).parameters.values())
    required = [
        p for p in wanted if p.default is p.empty and p.kind is not p.VAR_POSITIONAL
    ]
    return kind(*["s3cret" for _ in required])


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: kind.__name__)
def test_every_exception_of_the_library_becomes_one_of_ours(kind):
    assert kind.__name__ in KINDS
    error = as_engine_error(raised(kind), "deep:google", ["s3cret"])
    assert isinstance(error, KINDS[kind.__name__][0])
    assert error.message.startswith("deep:google ")
    assert "s3cret" not in str(error)


def test_nothing_is_mapped_that_the_library_does_not_have():
    assert set(KINDS) == {kind.__name__ for kind in FOREIGN}


def test_a_subclass_is_mapped_as_its_parent():
    newer = type("Newer", (deep_translator.exceptions.TooManyRequests,), {})
    assert isinstance(as_engine_error(newer(), "deep:google", []), RateLimited)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, EngineUnavailable),
        (403, RateLimited),
        (413, EngineRefused),
        (429, RateLimited),
        (501, UnsupportedLocale),
        (999, EngineUnavailable),
    ],
)
def test_a_server_exception_is_told_apart_by_its_code(status, kind):
    foreign = deep_translator.exceptions.ServerException(status)
    error = as_engine_error(foreign, "deep:yandex", [])
    assert type(error) is kind


@pytest.mark.parametrize(
    ("foreign", "kind", "said"),
    [
        (KeyError("text"), EngineRefused, "cannot be read"),
        (StopIteration(), EngineRefused, "cannot be read"),
        (ModuleNotFoundError(name="openai"), EngineUnavailable, "install openai"),
        (Exception("key=s3cret"), EngineUnavailable, "failed (Exception)"),
    ],
)
def test_any_other_exception_is_mapped_too(foreign, kind, said):
    error = as_engine_error(foreign, "deep:chatgpt", ["s3cret"])
    assert isinstance(error, EngineError)
    assert type(error) is kind
    assert said in str(error)
    assert "s3cret" not in str(error)
