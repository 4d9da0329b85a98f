from pathlib import Path

import pytest

from tests import objects, sshd


@pytest.fixture(scope="session")
def ssh(tmp_path_factory):
    if sshd.PROGRAM is None:
        pytest.skip("openssh-server is not installed")
    with sshd.server(tmp_path_factory.mktemp("ssh") / "server") as running:
        yield running


@pytest.fixture(scope="session")
def s3():
    pytest.importorskip("moto", reason="the test group installs it")
    with objects.server() as environment:
        yield environment


@pytest.fixture(params=["folder", "sftp", "s3"])
def opened(request, tmp_path, monkeypatch):
    """A target of each kind: opens it, as often as it is called."""
    from pipeline.store.remote import open_target

    if request.param == "folder":
        return lambda: open_target(str(tmp_path / "target"))
    if request.param == "sftp":
        server = request.getfixturevalue("ssh")
        address = f"{server.address}{tmp_path}/target"
        return lambda: open_target(
            address, known_hosts=server.known_hosts, key=server.key
        )
    for name, value in request.getfixturevalue("s3").items():
        monkeypatch.setenv(name, value)
    return lambda: open_target(f"s3://clinic/{Path(tmp_path).name}/target")
