import pytest

from pipeline.errors import StoreError
from pipeline.store.remote import open_target


@pytest.fixture(autouse=True)
def keys(s3, monkeypatch):
    for name, value in s3.items():
        monkeypatch.setenv(name, value)


def test_a_page_is_served_as_what_it_is(tmp_path):
    parts = {
        "site/a.html": "text/html; charset=utf-8",
        "site/a.css": "text/css; charset=utf-8",
        "site/a.png": "image/png",
        "site/strange.zzz": "application/octet-stream",
    }
    with open_target(f"s3://clinic/{tmp_path.name}") as target:
        list(target.put((path, b"x") for path in parts))
        import fsspec

        files = fsspec.filesystem("s3", skip_instance_cache=True)
        served = {
            path: files.info(f"clinic/{tmp_path.name}/{path}")["ContentType"]
            for path in parts
        }

    assert served == parts


def test_a_bucket_that_is_not_there_is_said():
    with (
        pytest.raises(StoreError, match="no such bucket"),
        open_target("s3://nobody/x") as target,
    ):
        list(target.put([("site/a", b"1")]))


def test_without_keys_it_is_said_what_is_missing(monkeypatch, tmp_path):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    with (
        pytest.raises(StoreError, match="does not let us in") as caught,
        open_target("s3://clinic/x") as target,
    ):
        list(target.put([("site/a", b"1")]))
    assert "AWS_ACCESS_KEY_ID" in caught.value.hint


def test_a_service_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with (
        pytest.raises(StoreError, match="the service refused"),
        open_target("s3://clinic/x") as target,
    ):
        list(target.put([("site/a", b"1")]))
