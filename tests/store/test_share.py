"""A place that machines share, here a folder."""

import pytest

from pipeline.errors import StoreError
from pipeline.store.share import Share


@pytest.fixture
def share(tmp_path):
    pytest.importorskip("fsspec", reason="the test group installs it")
    return Share(f"file://{tmp_path}/share")


def test_what_is_put_there_is_found_by_its_name(share):
    share.put("in/a", b"1")
    share.put("in/b", b"2")

    assert share.names("in") == ["in/a", "in/b"]
    assert share.has("in/a")
    assert share.get("in/b") == b"2"


def test_what_is_removed_is_gone(share):
    share.put("in/a", b"1")

    share.remove("in/a")
    share.remove("in/a")

    assert not share.has("in/a")
    assert share.names("in") == []


def test_a_file_that_was_cut_off_is_not_there(share, tmp_path):
    (tmp_path / "share/in").mkdir(parents=True)
    (tmp_path / "share/in/a.part").write_bytes(b"1")

    assert not share.has("in/a")


def test_what_is_not_there_is_said(share):
    assert share.names("none") == []
    with pytest.raises(StoreError, match="cannot be reached"):
        share.get("in/a")


@pytest.mark.parametrize("url", ["nothing://x/y", "s3-of-ours://x"])
def test_an_address_that_nothing_speaks_is_refused(url):
    pytest.importorskip("fsspec", reason="the test group installs it")
    with pytest.raises(StoreError, match="cannot be reached"):
        Share(url)
