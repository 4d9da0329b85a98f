import pickle

import pytest

from pipeline import errors
from pipeline.errors import (
    PublishError,
    SourceError,
    UnfitError,
    error_from,
    remembered_as,
    together,
)

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, PublishError)
]


def test_an_error_says_where_what_and_what_to_do():
    error = SourceError("not UTF-8", path="source/x.md", line=3, hint="save it again")

    assert str(error) == "source/x.md:3: not UTF-8 (save it again)"


def test_an_error_without_a_place_says_what():
    assert str(PublishError("no")) == "no"


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_comes_back_whole_from_another_process(kind):
    error = kind("what", path="p", line=1, hint="do")

    again = pickle.loads(pickle.dumps(error))

    assert type(again) is kind
    assert again.as_json() == error.as_json()


def test_errors_that_are_told_together_come_back_together_from_another_process():
    errors = [SourceError(text, path="source/x.md") for text in ("one", "two", "three")]

    again = pickle.loads(pickle.dumps(together(errors)))

    assert [each.message for each in again.each()] == ["one", "two", "three"]


@pytest.mark.parametrize("kind", [PublishError, UnfitError])
def test_what_follows_from_a_text_alone_is_remembered(kind):
    error = kind("what", path="p", line=1, hint="do")

    again = error_from(remembered_as(error) or ())

    assert type(again) is kind
    assert again.as_json() == error.as_json()


@pytest.mark.parametrize("kind", sorted({*KINDS} - {PublishError, UnfitError}, key=str))
def test_what_a_disk_or_a_network_refused_is_not_remembered(kind):
    assert remembered_as(kind("what")) is None


@pytest.mark.parametrize(
    "values",
    [
        (),
        (1, "m", None, None, ""),
        (True, "m", 3, None, ""),
        (True, "m", None, "x", ""),
    ],
)
def test_what_was_no_error_is_refused(values):
    with pytest.raises(ValueError, match="no error"):
        error_from(values)


def test_wrong_use_goes_before_a_failure():
    codes = {kind.__name__: kind.exit_code for kind in KINDS}

    assert {name for name, code in codes.items() if code == 2} == {
        "UsageError",
        "ConfigError",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_tree_in_the_docstring_is_complete(kind):
    assert kind.__name__ in (errors.__doc__ or "")
