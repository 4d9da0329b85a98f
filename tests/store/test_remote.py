import pytest

from pipeline.errors import UsageError
from pipeline.store import remote
from pipeline.store.remote import open_target


@pytest.mark.parametrize(
    "address",
    ["ftp://clinic.example/x", "sftp:///x", "s3://", "s3://b/x?y", "sftp://h:port/x"],
)
def test_an_address_of_no_known_form_is_refused(address):
    with (
        pytest.raises(UsageError) as caught,
        open_target(address),
    ):
        pass
    assert "sftp://user@host/folder" in caught.value.hint


def test_a_password_in_the_address_is_refused_and_not_repeated():
    with (
        pytest.raises(UsageError, match="password") as caught,
        open_target("sftp://me:s3cret@clinic.example/x"),
    ):
        pass
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "extra"), [("sftp://h/x", "deploy"), ("s3://b/x", "s3")]
)
def test_an_extra_that_is_missing_is_named(address, extra, monkeypatch):
    monkeypatch.setattr(remote, "find_spec", lambda _: None)

    with (
        pytest.raises(UsageError) as caught,
        open_target(address),
    ):
        pass
    assert f"publish[{extra}]" in caught.value.hint
