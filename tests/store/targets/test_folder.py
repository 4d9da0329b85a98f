import pytest

from pipeline.errors import StoreError
from pipeline.store.targets.folder import FolderTarget


def test_a_link_that_leads_out_is_not_followed(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "target").mkdir()
    (tmp_path / "target/site").symlink_to(tmp_path / "other")
    target = FolderTarget(tmp_path / "target")

    with pytest.raises(StoreError, match="leads out"):
        list(target.put([("site/a", b"1")]))
    assert not list((tmp_path / "other").iterdir())


def test_a_link_is_no_file_of_the_target(tmp_path):
    (tmp_path / "target/site").mkdir(parents=True)
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "target/site/a").symlink_to(tmp_path / "secret")

    assert FolderTarget(tmp_path / "target").files() == {}


def test_folders_that_a_removal_leaves_empty_go_too(tmp_path):
    target = FolderTarget(tmp_path)
    list(target.put([("site/tr/a/index.html", b"1")]))

    list(target.remove(["site/tr/a/index.html"]))

    assert not list(tmp_path.iterdir())
    assert tmp_path.exists()


def test_nothing_is_left_beside_what_was_put(tmp_path):
    target = FolderTarget(tmp_path)

    list(target.put([("site/a", b"1"), ("site/a", b"2")]))

    assert [path.name for path in (tmp_path / "site").iterdir()] == ["a"]
