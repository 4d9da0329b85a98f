import pytest

from pipeline.errors import UsageError
from pipeline.workflow.budget import Budget


def test_without_limits_everything_may_be_sent():
    budget = Budget({"a": None})
    budget.require_prices()
    assert budget.may_send("a", 10**9)
    assert (budget.characters, budget.note) == (10**9, "")


def test_characters_are_sent_up_to_the_limit():
    budget = Budget({"a": None}, max_characters=10)
    assert [budget.may_send("a", n) for n in (6, 5, 4, 1)] == [True, False, True, False]
    assert budget.characters == 10
    assert "2 more calls were not made" in budget.note


def test_cost_is_kept_below_the_limit():
    budget = Budget({"dear": 20.0, "free": 0.0}, max_cost=0.001)
    assert budget.may_send("dear", 50)
    assert not budget.may_send("dear", 1)
    assert budget.may_send("free", 1000)


def test_a_limit_of_cost_needs_every_price():
    with pytest.raises(UsageError, match="price_per_million"):
        Budget({"a": None}, max_cost=1.0).require_prices()


def test_a_dry_run_counts_and_sends_nothing():
    budget = Budget({"a": 20.0}, max_characters=1, is_dry=True)
    assert not budget.may_send("a", 500_000)
    assert budget.characters == 500_000
    assert budget.note == "the engines would cost about 10.00"
