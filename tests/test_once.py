"""An answer holds for the very things that were asked of, and no longer than that."""

from pipeline.once import once


def test_what_was_asked_last_is_not_found_out_again():
    asked = []

    @once
    def length(words: list[str], more: str) -> int:
        asked.append(words)
        return len(words) + len(more)

    one, same = ["a"], ["a"]
    more = "b"

    assert [length(each, more) for each in (one, one, same, same, one)] == [2] * 5
    assert [id(each) for each in asked] == [id(one), id(same), id(one)]
    assert length(one, "longer") == 7
