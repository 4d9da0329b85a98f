import pytest

from pipeline.store.cache import cached_lines, read_cached, write_cached


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_kept_is_read(cache):
    assert read_cached("x") is None
    write_cached("x", b"code")

    assert read_cached("x") == b"code"
    assert (cache / "publish").stat().st_mode & 0o777 == 0o700


def test_what_was_kept_in_pieces_is_read_line_by_line():
    assert [*cached_lines("x")] == []
    write_cached("x", iter((b"a\nb", b"c\nd")))

    assert [*cached_lines("x")] == [b"a\n", b"bc\n", b"d"]


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_where_others_may_write_nothing_is_read_or_kept(cache, mode):
    write_cached("x", b"code")
    (cache / "publish").chmod(mode)

    assert read_cached("x") is None
    assert [*cached_lines("x")] == []
    write_cached("y", b"code")
    assert not (cache / "publish/y").exists()


def test_a_link_to_another_folder_is_no_cache(cache, tmp_path):
    (tmp_path / "theirs").mkdir(mode=0o700)
    cache.mkdir()
    (cache / "publish").symlink_to(tmp_path / "theirs")
    write_cached("x", b"code")

    assert not list((tmp_path / "theirs").iterdir())
    (tmp_path / "theirs/x").write_bytes(b"code")
    assert read_cached("x") is None


def test_where_no_folder_can_be_nothing_is_kept(cache):
    cache.write_text("a file")
    write_cached("x", b"code")

    assert read_cached("x") is None


def test_without_a_home_nothing_is_kept(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr("pathlib.Path.expanduser", refuse)
    write_cached("x", b"code")

    assert read_cached("x") is None


def refuse(_):
    raise RuntimeError("Could not determine home directory.")
