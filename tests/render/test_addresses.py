"""Addresses of pages and files, and the way from one to another."""

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.addresses import asset_path, merge_field_url, relative_url


def test_an_address_without_fields_has_none():
    assert merge_field_url("https://clinic.example/%7B") is None
    url = "https://clinic.example/?a=*%7CCID%7C*&b=%7Cc"
    assert merge_field_url(url) == "https://clinic.example/?a=*|CID|*&b=%7Cc"


@pytest.mark.parametrize(
    ("file", "copied"),
    [
        ("a/x.tar.gz", "a/x.tar.0123456789.gz"),
        ("a/LICENSE", "a/LICENSE.0123456789"),
        ("v1.2/LICENSE", "v1.2/LICENSE.0123456789"),
    ],
)
def test_every_file_has_its_digest_in_its_name(file, copied):
    assert asset_path(f"source/{file}", "0123456789abcdef") == f"assets/{copied}"
    assert asset_path(f"source/{file}") == f"assets/{file}"


PATHS = st.lists(
    st.sampled_from(["tr", "a", "b", "index.html", "..", ".", ""]),
    min_size=1,
    max_size=5,
).map("/".join)


@given(path=PATHS.filter(bool), start=PATHS)
def test_from_page_to_page_it_is_the_way_that_posixpath_finds(path, start):
    way = posixpath.relpath(path, posixpath.dirname(start) or ".")

    assert relative_url(path, start=start) == way
