import stat
import subprocess
import sys
import textwrap
import time

import pytest

from pipeline.errors import StoreError, UsageError
from pipeline.store.remote import open_target
from tests.sshd import free_port, new_key, wait_for

ASKS_FOR_A_PASSWORD = """
import asyncio, asyncssh, sys

class Server(asyncssh.SSHServer):
    def password_auth_supported(self):
        return True
    def validate_password(self, username, password):
        return password == "s3cret-word"

async def main():
    await asyncssh.listen(
        "127.0.0.1", int(sys.argv[1]), server_host_keys=[sys.argv[2]],
        server_factory=Server, sftp_factory=True,
    )
    await asyncio.sleep(120)

asyncio.run(main())
"""


def put(target, parts):
    return list(target.put(parts.items()))


@pytest.fixture
def address(ssh, tmp_path):
    return f"{ssh.address}{tmp_path}/target"


@pytest.fixture
def guarded(tmp_path):
    """The port of a server that wants a password; its key is in known_hosts."""
    port = free_port()
    host = new_key(tmp_path / "host")
    known = tmp_path / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {host}\n", encoding="utf-8")
    script = textwrap.dedent(ASKS_FOR_A_PASSWORD)
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(port), str(tmp_path / "host")],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def test_a_server_that_is_not_known_gets_nothing(ssh, address, tmp_path):
    (tmp_path / "known_hosts").write_text("", encoding="utf-8")

    with (
        pytest.raises(StoreError, match="known_hosts"),
        open_target(address, known_hosts=tmp_path / "known_hosts", key=ssh.key),
    ):
        pass
    assert not (tmp_path / "target").exists()


def test_the_user_knows_servers_and_keys_without_being_asked(
    ssh, address, tmp_path, monkeypatch
):
    (tmp_path / ".ssh").mkdir()
    known = ssh.known_hosts.read_text()
    (tmp_path / ".ssh/known_hosts").write_text(known, encoding="utf-8")
    (tmp_path / ".ssh/id_ed25519").write_bytes(ssh.key.read_bytes())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)

    with open_target(address) as target:
        put(target, {"site/a": b"1"})

    assert (tmp_path / "target/site/a").read_bytes() == b"1"


def test_a_key_may_be_in_the_agent_alone(ssh, address, tmp_path, monkeypatch):
    socket = tmp_path / "agent"
    agent = subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            time.sleep(0.02)
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        monkeypatch.setenv("HOME", str(tmp_path))
        add = ["ssh-add", "-q", str(ssh.key)]
        subprocess.run(add, check=True, capture_output=True)
        with open_target(address, known_hosts=ssh.known_hosts) as target:
            put(target, {"site/a": b"1"})
    finally:
        agent.terminate()
        agent.wait(10)

    assert (tmp_path / "target/site/a").read_bytes() == b"1"


def test_a_server_with_another_key_gets_nothing(ssh, address, tmp_path):
    place = ssh.known_hosts.read_text().partition(" ")[0]
    known = tmp_path / "known_hosts"
    known.write_text(f"{place} {new_key(tmp_path / 'other')}\n", encoding="utf-8")

    with (
        pytest.raises(StoreError, match="known_hosts"),
        open_target(address, known_hosts=known, key=ssh.key),
    ):
        pass


def test_without_a_file_of_known_servers_nothing_is_opened(ssh, address, tmp_path):
    with (
        pytest.raises(UsageError, match="known servers"),
        open_target(address, known_hosts=tmp_path / "none", key=ssh.key),
    ):
        pass


def test_a_key_that_the_server_does_not_know_is_refused(ssh, address, tmp_path):
    new_key(tmp_path / "mine")

    with (
        pytest.raises(StoreError, match="does not let us in"),
        open_target(address, known_hosts=ssh.known_hosts, key=tmp_path / "mine"),
    ):
        pass


def test_a_key_that_is_none_is_said(ssh, address, tmp_path):
    (tmp_path / "mine").write_text("no key", encoding="utf-8")

    with (
        pytest.raises(UsageError, match="key cannot be used"),
        open_target(address, known_hosts=ssh.known_hosts, key=tmp_path / "mine"),
    ):
        pass


def test_a_password_comes_from_the_environment(guarded, tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISH_DEPLOY_PASSWORD", "s3cret-word")
    address = f"sftp://editor@127.0.0.1:{guarded}{tmp_path}/target"

    with open_target(address, known_hosts=tmp_path / "known_hosts") as target:
        put(target, {"site/a": b"1"})

    assert (tmp_path / "target/site/a").read_bytes() == b"1"


def test_a_wrong_password_is_refused_and_never_shown(guarded, tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLISH_DEPLOY_PASSWORD", "wrong-w0rd")
    address = f"sftp://editor@127.0.0.1:{guarded}{tmp_path}/target"

    with (
        pytest.raises(StoreError, match="does not let us in") as caught,
        open_target(address, known_hosts=tmp_path / "known_hosts"),
    ):
        pass
    assert "wrong-w0rd" not in str(caught.value)


def test_a_server_that_is_not_there_is_said(ssh):
    with (
        pytest.raises(StoreError, match="cannot be reached"),
        open_target(
            f"sftp://127.0.0.1:{free_port()}/x",
            known_hosts=ssh.known_hosts,
            key=ssh.key,
        ),
    ):
        pass


def test_the_folder_may_be_below_that_of_the_user():
    from pipeline.store.remote import _parts
    from pipeline.store.targets.sftp import _folder

    folders = [
        _folder(parts)
        for address in ("sftp://h/~/www", "sftp://h/~", "sftp://h/srv/a%20b/")
        if (parts := _parts(address))
    ]

    assert folders == ["www", ".", "/srv/a b"]


def test_a_link_on_the_server_is_no_file_of_the_target(ssh, address, tmp_path):
    (tmp_path / "target/site").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/x").write_bytes(b"x")
    (tmp_path / "target/site/a").symlink_to(tmp_path / "secret")
    (tmp_path / "target/mail").symlink_to(tmp_path / "secret")

    with open_target(address, known_hosts=ssh.known_hosts, key=ssh.key) as target:
        assert target.files() == {}


def test_what_cannot_be_written_is_said_and_leaves_nothing_beside_it(
    ssh, address, tmp_path
):
    (tmp_path / "target/site/a/below").mkdir(parents=True)

    with (
        open_target(address, known_hosts=ssh.known_hosts, key=ssh.key) as target,
        pytest.raises(StoreError, match="the server refused"),
    ):
        put(target, {"site/a": b"1"})

    assert [path.name for path in (tmp_path / "target/site").iterdir()] == ["a"]


def test_folders_that_a_removal_leaves_empty_go_too(ssh, address, tmp_path):
    with open_target(address, known_hosts=ssh.known_hosts, key=ssh.key) as target:
        put(target, {"site/tr/a/index.html": b"1", "release.json": b"{}"})
        list(target.remove(["site/tr/a/index.html"]))

    assert [path.name for path in (tmp_path / "target").iterdir()] == ["release.json"]
    assert stat.S_ISDIR((tmp_path / "target").stat().st_mode)
