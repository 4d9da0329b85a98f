"""
A full disk, a broken one or a kill at any call that writes: nothing lost, torn, silent.

`python -m tests.faults` prints the same as a matrix.
"""

import pytest

from tests.faults import FAULTS, PREPARE, can_trace, disturb, sample, scene, summary

pytestmark = pytest.mark.skipif(not can_trace(), reason="needs a strace that may trace")


@pytest.fixture(scope="module", params=PREPARE)
def disturbed(request, tmp_path_factory):
    """A command and its scene."""
    with scene(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield request.param, found


def judged(outcomes):
    return [outcome for outcome in outcomes if not outcome.is_good]


def test_one_call_of_each_kind_may_fail(disturbed, tmp_path):
    command, found = disturbed
    chosen = sample(found.calls)
    outcomes = [disturb(found, *each, tmp_path / "log") for each in chosen]

    print(summary(command, "each", outcomes))  # noqa: T201 - shown by -rP
    assert len(outcomes) >= 8
    assert judged(outcomes) == []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_may_fail(disturbed, fault, tmp_path):
    command, found = disturbed
    outcomes = [disturb(found, c, fault, tmp_path / "log") for c in found.calls]

    print(summary(command, fault, outcomes))  # noqa: T201 - shown by -rP
    assert len(outcomes) > 100
    assert judged(outcomes) == []
