"""Sections are whole and in their order, or no text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.sections import Section, read_sections

WORDS = st.text(st.characters(blacklist_characters="\n"), max_size=9)
PARTS = st.lists(st.lists(WORDS, max_size=3), min_size=2, max_size=4)


def written(sections):
    text, check = b"", 0
    for parts in sections:
        section = Section(check)
        text += b"".join(section.written(*parts))
        check = section.check
    return text, check


@given(st.lists(PARTS, min_size=1, max_size=3))
def test_each_part_is_found_where_it_stands(sections):
    text, check = written(sections)

    found, known = read_sections(text)

    parts = [
        [text[start:end] for start, end in pairwise(each)] for each in reversed(found)
    ]
    assert known == check
    assert parts == [
        [
            b"".join(f"{w}\n".encode("utf-8", "surrogatepass") for w in part if w)
            for part in section
        ]
        for section in sections
    ]


@pytest.mark.parametrize("text", [b"", b"\n", b"x", b"1\n", b"5 6 7\n", b"-1 1 0\n"])
def test_what_nobody_wrote_is_refused(text):
    with pytest.raises(ValueError, match=r"section|unpack|invalid"):
        read_sections(text)


def test_a_section_stands_behind_none_but_the_one_it_was_written_behind():
    (one, _), (other, _) = written([["a"], ["b"]]), written([["c"], ["b"]])
    first, second = written([["a"]])[0], written([["c"]])[0]

    assert len(read_sections(first + one[len(first) :])[0]) == 2
    with pytest.raises(ValueError, match="not as it was written"):
        read_sections(first + other[len(second) :])
