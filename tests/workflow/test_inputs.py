"""Keys tell texts from others, however many there are."""

import pytest

from pipeline.workflow.inputs import GrowingKey


def key(*texts):
    found = GrowingKey()
    for text in texts:
        found.add(text)
    return str(found)


def test_the_same_texts_have_the_same_key():
    assert key("ş", "\udc80", "") == key("ş", "\udc80", "")


@pytest.mark.parametrize(
    "others", [(), ("ab",), ("a", "bc"), ("abc",), ("ab", "c", ""), ("c", "ab")]
)
def test_texts_that_are_parted_or_ordered_otherwise_have_another_key(others):
    assert key(*others) != key("ab", "c")
