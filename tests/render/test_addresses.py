"""Addresses of pages and files, and the way from one to another."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.addresses import merge_field_url, relative_url


def test_an_address_without_fields_has_none():
    assert merge_field_url("https://clinic.example/%7B") is None
    url = "https://clinic.example/?a=*%7CCID%7C*&b=%7Cc"
    assert merge_field_url(url) == "https://clinic.example/?a=*|CID|*&b=%7Cc"


PATHS = st.lists(
    st.sampled_from(["tr", "a", "b", "index.html", "..", ".", ""]),
    min_size=1,
    max_size=5,
).map("/".join)


@given(path=PATHS.filter(bool), start=PATHS)
def test_from_page_to_page_it_is_the_way_that_posixpath_finds(path, start):
    way = posixpath.relpath(path, posixpath.dirname(start) or ".")

    assert relative_url(path, start=start) == way
