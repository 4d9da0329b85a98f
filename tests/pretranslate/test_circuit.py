import pytest

from pipeline.errors import EngineUnavailable, RateLimited
from pipeline.pretranslate.circuit import Circuit


def outage():
    error = EngineUnavailable("late")
    error.may_pass = True
    return error


def test_texts_in_a_row_that_fail_open_it():
    circuit = Circuit("mt")
    for _ in range(5):
        circuit.judge()
        assert circuit.stop is None
        circuit.note_refusal("empty")
    circuit.judge()
    assert circuit.stop is not None
    assert circuit.stop.error.message == "mt failed on 5 texts in a row: empty"


def test_a_good_answer_counts_from_the_start():
    circuit = Circuit("mt")
    for _ in range(9):
        circuit.note_refusal("empty")
        circuit.note_refusal("empty")
        circuit.note_good()
        circuit.judge()
    assert circuit.stop is None


@pytest.mark.parametrize(("patient", "allowed"), [(False, 2), (True, 4)])
def test_calls_in_a_row_that_fail_open_it(patient, allowed):
    circuit = Circuit("mt")
    passing = [circuit.is_passing(outage(), patient=patient) for _ in range(6)]
    assert passing == [True] * allowed + [False] * (6 - allowed)
    assert circuit.stop is not None


def test_a_call_that_comes_back_counts_from_the_start():
    circuit = Circuit("mt", passed_over=["a"])
    for _ in range(9):
        assert circuit.is_passing(outage(), patient=False)
        circuit.note_call()
    assert (circuit.stop, circuit.passed_over) == (None, [])


@pytest.mark.parametrize("error", [EngineUnavailable("gone"), RateLimited("wait")])
def test_what_will_not_pass_opens_it_at_once(error):
    circuit = Circuit("mt")
    assert not circuit.is_passing(error, patient=True)
    assert circuit.stop is not None
    assert circuit.stop.error is error
    assert not circuit.is_passing(outage(), patient=True)
    assert circuit.stop.error is error
