import pytest

from pipeline.store.sealed import read_sealed, write_sealed


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_sealed_is_read(tmp_path):
    write_sealed(tmp_path / "x", b"code", root=tmp_path)

    assert read_sealed(tmp_path / "x") == b"code"
    assert (tmp_path / "cache/publish/seal").stat().st_mode & 0o077 == 0


def test_what_another_wrote_is_not_there(tmp_path):
    path = tmp_path / "x"
    assert read_sealed(path) is None
    write_sealed(path, b"code", root=tmp_path)
    sealed = path.read_bytes()

    for forged in (b"", sealed[:-1], sealed + b"!", b"\0" * 32 + b"code", sealed[:32]):
        path.write_bytes(forged)
        assert read_sealed(path) is None


def test_another_users_seal_does_not_count(tmp_path, monkeypatch):
    write_sealed(tmp_path / "x", b"code", root=tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert read_sealed(tmp_path / "x") is None

    write_sealed(tmp_path / "x", b"mine", root=tmp_path)
    assert read_sealed(tmp_path / "x") == b"mine"


def test_a_key_that_others_may_read_is_none(tmp_path, cache):
    write_sealed(tmp_path / "x", b"code", root=tmp_path)
    (cache / "publish/seal").chmod(0o644)

    assert read_sealed(tmp_path / "x") is None
    write_sealed(tmp_path / "y", b"code", root=tmp_path)
    assert not (tmp_path / "y").exists()


def test_where_no_key_can_be_nothing_is_sealed(tmp_path, cache):
    cache.write_text("a file")

    write_sealed(tmp_path / "x", b"code", root=tmp_path)
    assert not (tmp_path / "x").exists()
