import errno
import os
import stat
import subprocess
import sys

import pytest

from pipeline.errors import BusyError, SourceError, StoreError
from pipeline.store.files import (
    move,
    read_bytes,
    read_text,
    remove,
    replace_exactly,
    shown,
    sweep,
    write_atomically,
    write_in_pieces,
)

SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from pipeline.errors import StoreError
from pipeline.store.files import write_atomically
from pipeline.store.lines import append_line
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
path = Path(sys.argv[1])
try:
    if sys.argv[2] == "append":
        append_line(path, "x" * 2000)
    else:
        write_atomically(path, b"x" * 2000)
except StoreError as error:
    print(error.message)
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# Writing.


def test_a_new_file_is_written_with_its_folders(tmp_path):
    path = tmp_path / "a" / "b" / "x.po"
    assert write_atomically(path, b"one") is True
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["x.po"]


def test_equal_bytes_touch_nothing(tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    os.utime(path, (1, 1))
    assert write_atomically(path, b"one") is False
    assert path.stat().st_mtime == 1
    assert names(tmp_path) == ["x.po"]


def test_other_bytes_of_the_same_length_are_written(tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    assert write_atomically(path, b"two", durable=False) is True
    assert path.read_bytes() == b"two"


def test_the_mode_stays(tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    path.chmod(0o640)
    write_atomically(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path):
    usual = tmp_path / "usual"
    usual.touch()
    write_atomically(tmp_path / "x.po", b"one")
    assert (tmp_path / "x.po").stat().st_mode == usual.stat().st_mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(tmp_path):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    os.chown(path, 1234, 2345)
    path.chmod(0o664)
    write_atomically(path, b"two")
    status = path.stat()
    assert (status.st_uid, status.st_gid) == (1234, 2345)
    assert stat.S_IMODE(status.st_mode) == 0o664


def test_an_owner_that_cannot_be_kept_does_not_stop_the_writing(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    assert write_atomically(path, b"two") is True


def test_a_symbolic_link_keeps_pointing_where_it_did(tmp_path):
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "x.po"
    target.write_bytes(b"one")
    link = tmp_path / "link.po"
    link.symlink_to(target)
    write_atomically(link, b"two")
    assert link.is_symlink()
    assert target.read_bytes() == b"two"


@pytest.mark.parametrize("how", ["write", "append"])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, how):
    path = tmp_path / "x.po"
    path.write_bytes(b"precious\n")
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, path, how],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]},
    )
    assert done.stdout.startswith("cannot be written: ")
    assert path.read_bytes() == b"precious\n"
    assert names(tmp_path) == ["x.po"]


def test_an_interruption_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["x.po"]


def test_a_file_is_written_in_pieces_with_its_folders(tmp_path):
    path = tmp_path / "a/b.lines"
    pieces = [b"", b"one\n", b"x" * 100_000, b"two\n", b"y" * 70_000]

    write_in_pieces(path, iter(pieces))

    assert path.read_bytes() == b"".join(pieces)
    assert names(path.parent) == ["b.lines"]


def test_a_piece_that_cannot_be_made_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "x.lines"
    path.write_bytes(b"one")

    def pieces():
        yield b"x" * 100_000
        raise KeyError("two")

    with pytest.raises(KeyError):
        write_in_pieces(path, pieces())
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["x.lines"]


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_a_cause_is_said_plainly(tmp_path, monkeypatch, number, cause):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    path = tmp_path / "locales" / "x.po"
    with pytest.raises(StoreError) as caught:
        write_atomically(path, b"one", root=tmp_path)
    assert caught.value.message == f"cannot be written: {cause}"
    assert caught.value.path == "locales/x.po"
    assert names(path.parent) == []


def sync_of_a_folder_says(monkeypatch, number):
    sync = os.fsync

    def refuse(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse)


def test_a_rename_that_may_not_last_is_said(tmp_path, monkeypatch):
    sync_of_a_folder_says(monkeypatch, errno.EIO)

    with pytest.raises(StoreError, match="the disk reports an error"):
        write_atomically(tmp_path / "x.po", b"one")


def test_a_file_system_that_syncs_no_folders_is_used_as_it_is(tmp_path, monkeypatch):
    sync_of_a_folder_says(monkeypatch, errno.EINVAL)

    assert write_atomically(tmp_path / "x.po", b"one")


def test_bytes_are_replaced_where_they_are_those_that_were_read(tmp_path):
    path = tmp_path / "deep" / "x.po"
    replace_exactly(path, b"one", of=None)
    path.chmod(0o640)
    replace_exactly(path, b"two", of=b"one")

    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(path.parent) == ["x.po"]


@pytest.mark.parametrize("read", [None, b"one"])
def test_bytes_that_somebody_saved_meanwhile_stay(tmp_path, read):
    path = tmp_path / "x.po"
    path.write_bytes(b"theirs")

    with pytest.raises(BusyError, match="saved by somebody else") as caught:
        replace_exactly(path, b"ours", of=read, root=tmp_path)
    assert caught.value.path == "x.po"
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["x.po"]


def test_a_folder_is_not_written_over(tmp_path):
    with pytest.raises(StoreError, match="it is a folder"):
        write_atomically(tmp_path, b"one")


def test_a_pipe_is_not_written_over(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="not a regular file"):
        write_atomically(tmp_path / "pipe", b"one")


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path):
    (tmp_path / "a").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomically(tmp_path / "a" / "x.po", b"one")


def test_a_write_protected_file_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "x.po"
    path.write_bytes(b"one")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreError, match="permission denied"):
        write_atomically(path, b"two")
    assert path.read_bytes() == b"one"


def test_an_impossible_name_is_an_error_of_ours(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomically(tmp_path / "a\0b", b"one")


# Reading.


def test_a_text_is_read_without_a_mark_and_with_its_line_ends(tmp_path):
    path = tmp_path / "x.md"
    path.write_bytes("\ufeffş\r\nb".encode())
    assert read_text(path) == "ş\r\nb"


def test_a_byte_that_is_not_utf_8_is_named_with_its_line(tmp_path):
    path = tmp_path / "source" / "x.md"
    path.parent.mkdir()
    path.write_bytes("one\ntwo ş\n".encode("iso-8859-9"))
    with pytest.raises(SourceError, match="0xfe") as caught:
        read_text(path, root=tmp_path)
    assert (caught.value.path, caught.value.line) == ("source/x.md", 2)


def test_a_missing_file_is_an_error_of_ours(tmp_path):
    with pytest.raises(StoreError, match="no such file") as caught:
        read_bytes(tmp_path / "x.md", root=tmp_path)
    assert caught.value.path == "x.md"


def test_a_path_outside_the_root_is_shown_as_it_is(tmp_path):
    assert shown(tmp_path / "a" / "b", tmp_path) == "a/b"
    assert shown(tmp_path, tmp_path / "a") == str(tmp_path)
    assert shown(tmp_path, None) == str(tmp_path)


# Moving and removing.


def test_a_file_moves_with_its_content(tmp_path):
    source, target = tmp_path / "a.po", tmp_path / "deep" / "b.po"
    source.write_bytes(b"one")
    move(source, target)
    assert target.read_bytes() == b"one"
    assert not source.exists()


def test_a_file_does_not_move_over_another(tmp_path):
    source, target = tmp_path / "a.po", tmp_path / "b.po"
    source.write_bytes(b"one")
    target.write_bytes(b"two")
    with pytest.raises(StoreError, match=r"b\.po is there already"):
        move(source, target, root=tmp_path)
    assert (source.read_bytes(), target.read_bytes()) == (b"one", b"two")


def test_a_file_is_removed_once(tmp_path):
    path = tmp_path / "x"
    path.touch()
    assert remove(path) is True
    assert remove(path) is False


def test_a_folder_is_not_removed(tmp_path):
    with pytest.raises(StoreError, match="cannot be removed"):
        remove(tmp_path)


def test_what_a_killed_process_left_is_swept_away(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("x.po", "deep/.publish-0a1b.tmp", ".publish-2c3d.tmp", "other.tmp"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert names(tmp_path) == ["deep", "other.tmp", "x.po"]
    assert names(tmp_path / "deep") == []
