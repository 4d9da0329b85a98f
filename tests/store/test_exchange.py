import errno
from pathlib import Path

import pytest

from pipeline.store import exchange
from pipeline.store.exchange import take_place


@pytest.fixture(params=["system", "plain", "unsupported"])
def _ways(request, monkeypatch):
    """As Linux does it, without the call, and where a file system does not know it."""
    if request.param == "plain":
        monkeypatch.setattr(exchange, "_system_rename", lambda: None)
    if request.param == "unsupported":
        monkeypatch.setattr(exchange, "_system_rename", lambda: lambda *_: -1)
        monkeypatch.setattr(exchange, "_last_error", lambda: errno.EINVAL)


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "ours"
    path.write_bytes(b"new")
    return path


@pytest.fixture
def target(tmp_path):
    return tmp_path / "target"


def save_before_renaming(monkeypatch, target, data):
    """Save as editors do, after our last look and before the system's rename."""
    rename = exchange._system_rename()
    assert rename is not None

    def late(*args):
        monkeypatch.undo()
        theirs = target.with_name("theirs")
        theirs.write_bytes(data)
        theirs.replace(target)
        return rename(*args)

    monkeypatch.setattr(exchange, "_system_rename", lambda: late)


@pytest.mark.usefixtures("_ways")
def test_the_name_is_taken_from_what_was_expected(ours, target):
    target.write_bytes(b"old")

    assert take_place(ours, target, of=b"old")
    assert target.read_bytes() == b"new"
    assert not ours.exists()


@pytest.mark.usefixtures("_ways")
def test_what_was_not_expected_stays(ours, target):
    target.write_bytes(b"theirs")

    assert not take_place(ours, target, of=b"old")
    assert (target.read_bytes(), ours.read_bytes()) == (b"theirs", b"new")


@pytest.mark.usefixtures("_ways")
def test_a_new_name_is_taken(ours, target):
    assert take_place(ours, target, of=None)
    assert target.read_bytes() == b"new"
    assert not ours.exists()


@pytest.mark.usefixtures("_ways")
def test_a_name_that_should_be_free_is_not_taken_from_others(ours, target):
    target.write_bytes(b"theirs")

    assert not take_place(ours, target, of=None)
    assert (target.read_bytes(), ours.read_bytes()) == (b"theirs", b"new")


@pytest.mark.usefixtures("_ways")
def test_what_is_gone_is_not_made_again(ours, target):
    assert not take_place(ours, target, of=b"old")
    assert not target.exists()
    assert ours.exists()


def test_a_save_in_the_last_moment_is_put_back(ours, target, monkeypatch):
    target.write_bytes(b"old")
    save_before_renaming(monkeypatch, target, b"theirs")

    assert not take_place(ours, target, of=b"old")
    assert (target.read_bytes(), ours.read_bytes()) == (b"theirs", b"new")


def test_a_first_save_in_the_last_moment_stays(ours, target, monkeypatch):
    save_before_renaming(monkeypatch, target, b"theirs")

    assert not take_place(ours, target, of=None)
    assert (target.read_bytes(), ours.read_bytes()) == (b"theirs", b"new")


def test_what_cannot_be_looked_at_is_put_back(ours, target, monkeypatch):
    target.write_bytes(b"old")

    def unreadable(_):
        raise OSError(errno.EIO, "the disk")

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with pytest.raises(OSError, match="the disk"):
        take_place(ours, target, of=b"old")
    monkeypatch.undo()
    assert (target.read_bytes(), ours.read_bytes()) == (b"old", b"new")


def test_a_disk_that_refuses_is_an_error(ours, target, monkeypatch):
    target.write_bytes(b"old")
    monkeypatch.setattr(exchange, "_system_rename", lambda: lambda *_: -1)
    monkeypatch.setattr(exchange, "_last_error", lambda: errno.EROFS)

    with pytest.raises(OSError, match="Read-only"):
        take_place(ours, target, of=b"old")
    assert target.read_bytes() == b"old"
