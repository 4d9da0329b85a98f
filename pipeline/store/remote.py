"""Where a deploy goes, by its address: a folder, an SFTP server, or S3."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import UsageError
from pipeline.store.targets import Target

_FORMS: Final = "a folder, sftp://user@host/folder, or s3://bucket/prefix"


@contextmanager
def open_target(
    address: str,
    *,
    known_hosts: Path | None = None,
    key: Path | None = None,
) -> Iterator[Target]:
    """
    The target at an address, to be used and let go of.

    Raises UsageError for an address of no known form, for a password in it, and where
    the extra is not installed; StoreError where the place cannot be reached.
    """
    target = _target(address, known_hosts, key)
    try:
        yield target
    finally:
        target.close()


def _target(address: str, known_hosts: Path | None, key: Path | None) -> Target:
    parts = _parts(address)
    if parts is None:
        from pipeline.store.targets.folder import FolderTarget

        return FolderTarget(Path(address))
    if parts.scheme == "sftp":
        _need("asyncssh", "deploy")
        from pipeline.store.targets.sftp import SftpDoor, SftpTarget

        return SftpTarget(parts, SftpDoor(known_hosts, key))
    _need("s3fs", "s3")
    from pipeline.store.targets.s3 import S3Target

    return S3Target(parts)


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; None for a folder."""
    if "://" not in address:
        return None
    try:
        parts = urlsplit(address)
        host, password, _ = parts.hostname, parts.password, parts.port
    except ValueError as error:
        raise UsageError(f"the target is no address: {error}", hint=_FORMS) from error
    if password is not None:
        raise UsageError(
            "the target has a password in it, which other people could see",
            hint="put it into PUBLISH_DEPLOY_PASSWORD, or better use a key",
        )
    if parts.scheme not in {"sftp", "s3"} or not host or parts.query or parts.fragment:
        raise UsageError(f"{address} is no target", hint=f"a target is {_FORMS}")
    return parts


def _need(module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise UsageError(
            f"what this target needs is not installed: {module}",
            hint=f"pip install 'publish[{extra}]'",
        )
