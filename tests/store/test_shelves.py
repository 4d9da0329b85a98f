"""Shelves after a few moves are as if they were told anew."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.shelves import moved, moves_between

SHELF = st.lists(st.sampled_from("abcdefgh"), unique=True)
SECTIONS = st.fixed_dictionaries({"": SHELF, "care": SHELF})
SHELVES = st.fixed_dictionaries({"en": SECTIONS, "tr": SECTIONS})


@given(before=SHELVES, now=SHELVES)
def test_they_stand_as_they_are_told_or_nothing_is(before, now):
    moves = moves_between(before, now)

    assert moves is None or moved(before, json.loads(json.dumps(moves))) == now


def test_who_came_and_who_went_is_told():
    before = {"tr": {"care": ["a", "b", "c"], "": ["d"]}}
    now = {"tr": {"care": ["x", "a", "c", "y"], "": ["d"]}}

    assert moves_between(before, now) == [
        ("tr", "care", ["b"], [(0, "x"), (3, "y")]),
    ]


def test_of_shelves_that_stand_as_they_did_there_is_nothing_to_tell():
    shelves = {"tr": {"care": ["a", "b"]}}

    assert moves_between(shelves, {"tr": {"care": ["a", "b"]}}) == []


def test_another_order_of_the_same_is_not_told():
    assert moves_between({"tr": {"": ["a", "b"]}}, {"tr": {"": ["b", "a"]}}) is None


def test_a_shelf_that_is_new_or_gone_is_not_told():
    assert moves_between({}, {"tr": {"": ["a"]}}) is None
    assert moves_between({"tr": {"": ["a"]}}, {"tr": {}}) is None
