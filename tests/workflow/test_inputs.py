"""Keys tell texts from others, however many there are."""

import pytest

from pipeline.workflow.inputs import key_of, key_of_many


@pytest.mark.parametrize("parts", [[], ["a"], ["", ""], ["ş", "b\0c", "\udc80"]])
def test_the_key_of_many_texts_is_that_of_all_of_them_together(parts):
    assert key_of_many(iter(parts)) == key_of(parts)


def test_texts_that_are_parted_elsewhere_have_another_key():
    assert key_of_many(["ab", "c"]) != key_of_many(["a", "bc"])
