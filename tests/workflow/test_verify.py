import json

import pytest

from tests.builders import publish


@pytest.fixture
def built(turkish):
    publish(turkish, "build")
    return turkish


def test_what_was_built_is_whole(built):
    ran = publish(built, "verify", "--json")

    assert ran.code == 0
    assert ran.json["errors"] == []
    assert ran.json["files"] > 5


def test_one_changed_byte_is_found(built):
    page = built / "dist/site/tr/scalp/index.html"
    page.write_bytes(page.read_bytes().replace(b"5 mg", b"6 mg"))

    ran = publish(built, "verify", "--json")

    assert ran.code == 1
    assert [e["path"] for e in ran.json["errors"]] == ["dist/site/tr/scalp/index.html"]


def test_a_lost_and_a_strange_file_are_found(built):
    (built / "dist/site/sitemap.xml").unlink()
    (built / "dist/site/strange.html").write_text("?", encoding="utf-8")

    ran = publish(built, "verify", "--json")

    found = {e["path"]: e["message"] for e in ran.json["errors"]}
    assert found == {
        "dist/site/sitemap.xml": "is missing",
        "dist/site/strange.html": "does not belong to the set",
    }


def test_what_is_advised_against_a_lost_and_a_strange_file_helps(built):
    (built / "dist/site/sitemap.xml").unlink()
    (built / "dist/site/strange.html").write_text("?", encoding="utf-8")

    lost, strange = publish(built, "verify", "--json").json["errors"]
    assert "publish build" in lost["hint"]
    assert "delete it" in strange["hint"]
    publish(built, "build")

    assert publish(built, "verify", "--json").json["errors"] == []


def test_a_folder_alone_is_enough(built, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("server") / "www"
    (built / "dist").rename(elsewhere)

    assert publish(built, "verify", str(elsewhere)).code == 0


def test_without_a_release_there_is_nothing_to_verify(site):
    ran = publish(site, "verify")

    assert ran.code == 2
    assert "release.json" in ran.err


@pytest.mark.parametrize("text", ["", "[]", '{"files": 1}', "not json"])
def test_a_broken_release_is_said(built, text):
    (built / "dist/release.json").write_text(text, encoding="utf-8")

    ran = publish(built, "verify", "--json")

    assert ran.code == 1
    assert "not the release" in ran.json["errors"][0]["message"]


def test_a_release_that_names_files_outside_is_refused(built):
    release = built / "dist/release.json"
    document = json.loads(release.read_bytes())
    document["files"] = {"../publish.toml": "0"}
    release.write_text(json.dumps(document), encoding="utf-8")

    ran = publish(built, "verify", "--json")

    assert "outside" in ran.json["errors"][0]["message"]
