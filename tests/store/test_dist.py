import pytest

from pipeline.errors import StoreError
from pipeline.store.dist import list_dist, place, remove_dist, stage, write_dist

PAGE = "dist/site/tr/scalp/index.html"


def test_only_what_differs_is_written(tmp_path):
    files = {PAGE: b"one", "dist/site/index.html": b"two"}

    first = write_dist(tmp_path, files)
    second = write_dist(tmp_path, files)
    third = write_dist(tmp_path, files | {PAGE: b"three"})

    assert first == tuple(files)
    assert second == ()
    assert third == (PAGE,)
    assert (tmp_path / PAGE).read_bytes() == b"three"


def test_what_is_the_same_is_not_touched(tmp_path):
    write_dist(tmp_path, {PAGE: b"one"})
    before = (tmp_path / PAGE).stat()

    write_dist(tmp_path, {PAGE: b"one"})

    after = (tmp_path / PAGE).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "path", ["../x", "dist/../x", "/etc/x", "source/x", "", "dist/a/../../x"]
)
def test_nothing_is_written_or_removed_outside(tmp_path, path):
    with pytest.raises(StoreError, match="would leave dist/"):
        write_dist(tmp_path, {path: b"x"})
    with pytest.raises(StoreError, match="would leave dist/"):
        remove_dist(tmp_path, [path])


def test_a_removed_file_takes_its_empty_folders_along(tmp_path):
    write_dist(tmp_path, {PAGE: b"x", "dist/site/tr/other/index.html": b"x"})

    removed = remove_dist(tmp_path, [PAGE, "dist/site/tr/nowhere/index.html"])

    assert removed == (PAGE,)
    assert not (tmp_path / "dist/site/tr/scalp").exists()
    assert (tmp_path / "dist/site/tr/other").exists()


def test_the_folder_itself_stays(tmp_path):
    write_dist(tmp_path, {PAGE: b"x"})

    remove_dist(tmp_path, [PAGE])

    assert (tmp_path / "dist").is_dir()
    assert not (tmp_path / "dist/site").exists()


def test_files_are_listed_by_path_and_links_are_not_followed(tmp_path):
    write_dist(tmp_path, {PAGE: b"x", "dist/site/index.html": b"x", "dist/x": b"x"})
    (tmp_path / "dist/site/link").symlink_to("/etc")

    assert list_dist(tmp_path, "dist/site") == ("dist/site/index.html", PAGE)
    assert list_dist(tmp_path, "dist/mail") == ()


def test_what_is_staged_comes_into_its_place(tmp_path):
    assert stage(tmp_path, PAGE, b"one", digest="1")
    assert not (tmp_path / "dist").exists()

    (size, mtime), is_new = place(tmp_path, PAGE, digest="1")

    assert (tmp_path / PAGE).read_bytes() == b"one"
    assert (size, mtime, is_new) == (3, (tmp_path / PAGE).stat().st_mtime_ns, True)
    assert not [*(tmp_path / ".publish").iterdir()]


def test_what_is_there_already_is_not_staged(tmp_path):
    write_dist(tmp_path, {PAGE: b"one"})

    assert not stage(tmp_path, PAGE, b"one", digest="1")
    assert not (tmp_path / ".publish").exists()


def test_where_nothing_was_is_not_looked_at_until_it_comes_into_its_place(tmp_path):
    write_dist(tmp_path, {PAGE: b"one"})

    assert stage(tmp_path, PAGE, b"one", digest="1", is_there=False)
    assert place(tmp_path, PAGE, digest="1")[1] is False


def test_what_came_to_be_there_meanwhile_is_not_written(tmp_path):
    stage(tmp_path, PAGE, b"one", digest="1")
    write_dist(tmp_path, {PAGE: b"one"})

    assert place(tmp_path, PAGE, digest="1")[1] is False


def test_a_file_that_is_staged_again_with_other_bytes_is_another(tmp_path):
    stage(tmp_path, PAGE, b"a longer one", digest="1")
    stage(tmp_path, PAGE, b"two", digest="2")
    stage(tmp_path, PAGE.replace("tr", "de"), b"two", digest="2")

    place(tmp_path, PAGE, digest="2")

    assert (tmp_path / PAGE).read_bytes() == b"two"
    assert len([*(tmp_path / ".publish").iterdir()]) == 2


def test_where_a_file_stands_for_a_folder_the_output_cannot_be_placed(tmp_path):
    stage(tmp_path, PAGE, b"one", digest="1")
    (tmp_path / "dist/site").mkdir(parents=True)
    (tmp_path / "dist/site/tr").write_bytes(b"a file")

    with pytest.raises(StoreError, match="a part of its path is a file") as raised:
        place(tmp_path, PAGE, digest="1")
    assert raised.value.path == PAGE


def test_what_was_not_staged_cannot_be_placed(tmp_path):
    with pytest.raises(StoreError, match="there is no such file") as raised:
        place(tmp_path, PAGE, digest="1")
    assert raised.value.path == PAGE


def test_a_path_that_no_disk_can_have_is_refused(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        stage(tmp_path, "dist/site/a\0b.html", b"one", digest="1")
