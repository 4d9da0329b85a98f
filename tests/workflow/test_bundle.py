import io
import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import make_site, publish, put, translate

LINKED = """\
# Washing

![A bottle](img/bottle.png) Wash gently.

[Back](scalp.md#caring-for-your-scalp)
"""
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def built(tmp_path):
    """Two articles; only the second one is in Turkish."""
    root = make_site(
        tmp_path / "site",
        {
            "source/articles/washing.md": LINKED,
            "source/articles/img/bottle.png": PICTURE,
            "source/articles/img/unused.png": PICTURE,
            "source/mail/note.md": "---\nkind: mail\n---\n\n# Rest\n\nRest now.\n",
        },
    )
    publish(root, "extract")
    text = "![A bottle](img/bottle.png) Wash gently."
    back = "[Back](scalp.md#caring-for-your-scalp)"
    texts = {
        "Washing": "Yıkama",
        text: "![Bir şişe](img/bottle.png) Nazikçe yıkayın.",
        back: "[Geri](scalp.md#caring-for-your-scalp)",
    }
    translate(root, texts, domain="articles/washing")
    assert publish(root, "build").code == 3
    return root


def unpacked(root: Path, path: str, into: Path) -> Path:
    with ZipFile(root / path) as archive:
        assert archive.testzip() is None
        archive.extractall(into)
    return into


def bottle(root):
    """The picture's path below site/, which has a digest in it."""
    (path,) = (root / "dist/site").rglob("bottle.*.png")
    return path.relative_to(root / "dist/site").as_posix()


def test_a_bundle_of_everything_is_dist_as_it_was_built(built, tmp_path):
    ran = publish(built, "bundle", "--json")

    folder = unpacked(built, ran.json["path"], tmp_path / "out")
    release = json.loads((built / "dist/release.json").read_bytes())
    for path in [*release["files"], "release.json"]:
        assert (folder / path).read_bytes() == (built / "dist" / path).read_bytes()
    assert ran.code == 0
    assert ran.json["files"] == len(release["files"]) + 1


def test_a_bundle_of_a_language_has_what_is_published_in_it_and_no_other(
    built, tmp_path
):
    ran = publish(built, "bundle", "--lang", "tr", "--json")

    folder = unpacked(built, ran.json["path"], tmp_path / "out")
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "static" not in path.parts
    }
    assert found == {
        "SHA256SUMS",
        "release.json",
        "site/index.html",
        "site/tr/index.html",
        "site/tr/404.html",
        "site/tr/washing/index.html",
        "release/tr/articles/washing.json",
        f"site/{bottle(built)}",
    }
    assert ran.json["locales"] == ["tr"]


def test_the_checksums_are_those_that_sha256sum_checks(built, tmp_path):
    publish(built, "bundle", "--lang", "tr", "--out", str(tmp_path / "tr.zip"))

    folder = unpacked(tmp_path, "tr.zip", tmp_path / "out")
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(done.stdout.splitlines()) == len(files) - 1


def test_an_unpacked_bundle_verifies(built, tmp_path):
    path = publish(built, "bundle", "--lang", "tr", "--json").json["path"]

    folder = unpacked(built, path, tmp_path / "out")

    assert publish(built, "verify", str(folder)).code == 0
    release = json.loads((folder / "release.json").read_bytes())
    assert {row["locale"] for row in release["pages"]} == {"tr"}


def test_links_within_a_bundle_work_and_others_lead_to_the_site(built, tmp_path):
    path = publish(built, "bundle", "--lang", "tr", "--json").json["path"]

    folder = unpacked(built, path, tmp_path / "out")

    page = (folder / "site/tr/washing/index.html").read_text(encoding="utf-8")
    assert 'href="https://clinic.example/health/en/scalp/' in page
    assert f'src="../../{bottle(built)}"' in page
    assert 'href="../../static/site.css"' in page
    assert 'href="../../en/' not in page


def test_what_only_looks_like_a_link_stays(built, tmp_path):
    name = "source/articles/washing.md"
    code = '\n```html\n<a href="../../en/scalp/index.html">\n```\n'
    put(built, {name: (built / name).read_text() + code})
    publish(built, "build", "--lang", "en")

    path = publish(built, "bundle", "--lang", "tr", "--json").json["path"]

    page = unpacked(built, path, tmp_path / "out") / "site/tr/washing/index.html"
    assert page.exists()
    path = publish(built, "bundle", "--lang", "en", "--json").json["path"]
    page = unpacked(built, path, tmp_path / "en") / "site/en/washing/index.html"
    assert '"../../en/scalp/index.html"' in page.read_text().replace("&quot;", '"')


def test_the_same_input_gives_the_same_bytes(built, tmp_path):
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(built, other)
    shutil.rmtree(other / "dist")
    shutil.rmtree(other / ".publish")
    publish(other, "build")

    def zips(*langs: str) -> list[bytes]:
        paths = (
            root / publish(root, "bundle", *langs, "--json").json["path"]
            for root in (built, other)
        )
        return [path.read_bytes() for path in paths]

    one, two = zips()
    assert one == two
    one, two = zips("--lang", "tr")
    assert one == two
    with ZipFile(io.BytesIO(one)) as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in infos]
    assert names[:-2] == sorted(names[:-2])


def test_a_dist_that_is_not_whole_makes_no_bundle(built):
    page = built / "dist/site/tr/washing/index.html"
    page.write_bytes(page.read_bytes() + b" ")

    ran = publish(built, "bundle", "--lang", "tr", "--json")

    assert ran.code == 1
    assert [e["path"] for e in ran.json["errors"]] == [
        "dist/site/tr/washing/index.html"
    ]
    assert not list((built / "dist").glob("*.zip"))


def test_a_bundle_of_what_was_never_built_is_refused(site):
    ran = publish(site, "bundle")

    assert ran.code == 2
    assert "release.json" in ran.err


def test_a_language_of_another_site_is_refused(built):
    assert publish(built, "bundle", "--lang", "de").code == 2


def test_what_is_held_is_said(built):
    ran = publish(built, "bundle", "--lang", "tr")

    assert "not published in tr, so not in it: articles/scalp, mail/note" in ran.out


def test_a_checksum_of_a_strange_name_is_escaped_as_sha256sum_reads_it(tmp_path):
    from pipeline.workflow.bundle import _sum_line

    name = "a\\b\nc"
    (tmp_path / name).write_bytes(b"")
    done = subprocess.run(
        ["sha256sum", name], cwd=tmp_path, capture_output=True, check=True
    )
    said = done.stdout.decode()
    value = said.removeprefix("\\").partition(" ")[0]

    assert _sum_line((name, value)) == said


def test_a_mail_is_in_the_bundle_of_its_language(turkish, tmp_path):
    note = "---\nkind: mail\n---\n\n# Rest\n\nRest now.\n"
    put(turkish, {"source/mail/note.md": note})
    publish(turkish, "extract")
    translate(
        turkish, {"Rest": "Dinlenme", "Rest now.": "Dinlenin."}, domain="mail/note"
    )
    publish(turkish, "build")

    path = publish(turkish, "bundle", "--lang", "tr", "--json").json["path"]

    folder = unpacked(turkish, path, tmp_path / "out")
    assert (folder / "mail/tr/note.eml").exists()
    assert "Kaşımayın." in (folder / "site/tr/scalp/index.html").read_text()


@pytest.mark.parametrize(
    "path",
    [
        "publish.toml",
        "pyproject.toml",
        "source/mail/note.md",
        "source/new.zip",
        "locales/tr/LC_MESSAGES/articles/washing.po",
        "templates/static/new.zip",
        "memory/new.zip",
        ".publish/new.zip",
        "dist/release.json",
        "dist/site/new.zip",
        "dist/mail/new.zip",
        "dist/release/new.zip",
    ],
)
def test_a_bundle_takes_no_place_that_the_site_needs(built, path):
    def files():
        return {p: p.read_bytes() for p in built.rglob("*") if p.is_file()}

    before = files()

    ran = publish(built, "bundle", "--out", str(built / path))

    assert ran.code == 2
    assert "the site needs this place itself (name another file" in ran.err
    assert files() == before


def test_a_bundle_is_not_led_into_the_site_by_a_link(built, tmp_path):
    (tmp_path / "in.zip").symlink_to(built / "source/new.zip")
    (tmp_path / "out.zip").touch()
    (built / "source/out.zip").symlink_to(tmp_path / "out.zip")

    for path in (tmp_path / "in.zip", built / "source/out.zip"):
        assert publish(built, "bundle", "--out", str(path)).code == 2
        assert path.is_symlink()


def test_a_bundle_replaces_no_file_that_is_no_zip(built, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")

    ran = publish(built, "bundle", "--out", str(letter))

    assert ran.code == 2
    assert f"{letter}: there is a file that is no zip" in ran.err
    assert letter.read_text() == "Dear all"


@pytest.mark.parametrize("path", ["../b.zip", "b.zip", "dist/b.zip", "new/b.zip"])
def test_a_bundle_replaces_another_one_where_there_is_room(built, path):
    for langs in ((), ("--lang", "tr")):
        ran = publish(built, "bundle", "--out", str(built / path), *langs)
        assert ran.code == 0, ran.err

    with ZipFile(built / path) as archive:
        assert "site/en/scalp/index.html" not in archive.namelist()
