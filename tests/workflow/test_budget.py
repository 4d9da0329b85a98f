from fractions import Fraction

import pytest

from pipeline.errors import UsageError
from pipeline.workflow.budget import Budget

A = ("a", "tr")


def test_without_limits_everything_may_be_sent():
    budget = Budget({A: None})
    budget.require_prices()
    assert budget.may_send(*A, [10**9]) == 1
    assert (budget.characters, budget.note) == (10**9, "")


def test_characters_are_sent_up_to_the_limit():
    budget = Budget({A: None}, max_characters=10)
    assert [budget.may_send(*A, [n]) for n in (6, 5, 4, 1)] == [1, 0, 1, 0]
    assert budget.characters == 10
    assert "2 more texts were not sent" in budget.note


def test_of_a_call_as_many_texts_are_sent_as_fit():
    budget = Budget({A: None}, max_characters=10)
    assert budget.may_send(*A, [4, 4, 4, 1]) == 2
    assert (budget.characters, budget.withheld) == (8, 2)


def test_cost_is_kept_below_the_limit():
    dear, free = ("dear", "tr"), ("free", "tr")
    budget = Budget({dear: 20.0, free: 0.0}, max_cost=0.001)
    assert budget.may_send(*dear, [50])
    assert not budget.may_send(*dear, [1])
    assert budget.may_send(*free, [1000])


def test_cost_is_counted_without_rounding():
    budget = Budget({A: 0.1}, max_cost=0.0000003)
    assert [budget.may_send(*A, [1]) for _ in range(4)] == [1, 1, 1, 0]


def test_a_price_is_that_of_the_locale():
    budget = Budget({A: 10.0, ("a", "de"): 20.0})
    assert budget.price("a", "tr", 1_000_000) == 10
    assert budget.price("a", "de", 1_000_000) == 20
    assert budget.price("a", "ar", 1_000_000) is None


def test_what_each_engine_was_sent_is_counted():
    budget = Budget({A: 20.0, ("b", "tr"): None})
    budget.may_send(*A, [10, 20])
    budget.may_send("b", "tr", [5])
    a, b = budget.spent["a"], budget.spent["b"]
    assert (a.calls, a.texts, a.characters) == (1, 2, 30)
    assert a.cost == Fraction(600, 1_000_000)
    assert b.cost is None


def test_a_limit_of_cost_needs_every_price():
    with pytest.raises(UsageError, match="price_per_million"):
        Budget({A: None}, max_cost=1.0).require_prices()


def test_a_dry_run_counts_and_sends_nothing():
    budget = Budget({A: 20.0}, max_characters=1, is_dry=True)
    assert not budget.may_send(*A, [500_000])
    assert budget.characters == 500_000
    assert budget.note == "the engines would cost about 10.00"
