import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.record import COLUMNS
from pipeline.store.remote import open_target
from pipeline.store.targets.folder import FolderTarget
from pipeline.workflow import deploy as workflow
from pipeline.workflow.release import digest, written
from pipeline.workflow.verify import verify
from tests import objects, sshd
from tests.builders import make_site, publish, publish_process, put, translate

PAGE = "site/tr/scalp/index.html"


@pytest.fixture
def built(turkish):
    """One article, out in English and Turkish."""
    assert publish(turkish, "build").code == 0
    return turkish


@pytest.fixture
def target(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "www"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def make_dist(root: Path, contents: dict[str, bytes], *, recalled: str = "") -> Path:
    """
    A site whose `dist/` has these files, as if they had been built.

    The records of its pages are added to them.
    """
    shutil.rmtree(root / "dist", ignore_errors=True)
    pages = [
        {"article": path, "locale": "tr", "path": path, "state": "published"}
        for path in contents
        if path.endswith("index.html")
    ]
    for page in pages:
        record = page | {"columns": COLUMNS, "inputs": {}}
        page |= {"why": "", "record": f"release/{page['path']}.json"}
        contents[page["record"]] = json.dumps(record).encode()
    put(root, {f"dist/{path}": data for path, data in contents.items()})
    if recalled:
        row = {"article": recalled, "locale": "tr", "path": recalled, "why": "x"}
        pages.append(row | {"state": "recalled"})
    document = {
        "title": "Test clinic",
        "base_url": "https://clinic.example/health/",
        "pages": pages,
        "files": {path: digest(data) for path, data in sorted(contents.items())},
    }
    put(root, {"dist/release.json": bytes(written(document))})
    return root


def test_a_new_target_is_what_dist_is(built, target):
    ran = publish(built, "deploy", str(target), "--json")

    assert ran.code == 0
    assert files(target) == files(built / "dist")
    assert set(ran.json["uploaded"]) == files(target).keys()
    assert ran.json["uploaded"][-1] == "release.json"
    assert publish(built, "verify", str(target)).code == 0


def test_a_second_deploy_does_nothing(built, target):
    publish(built, "deploy", str(target))
    before = {path: (target / path).stat().st_ino for path in files(target)}

    ran = publish(built, "deploy", str(target), "--json")

    assert ran.json == {
        "uploaded": [],
        "removed": [],
        "unchanged": len(before) - 1,
        "errors": [],
    }
    assert {path: (target / path).stat().st_ino for path in files(target)} == before


def test_only_what_changed_is_brought(built, target):
    publish(built, "deploy", str(target))
    translate(built, {"Do not scratch.": "Sakın kaşımayın."})
    changed = publish(built, "build", "--json").json["written"]

    ran = publish(built, "deploy", str(target), "--json")

    assert {f"dist/{path}" for path in ran.json["uploaded"]} == set(changed)
    assert files(target) == files(built / "dist")


def test_a_recalled_page_is_removed_and_named(built, target):
    publish(built, "deploy", str(target))
    translate(
        built, {"Take 5 mg in the evening.": "Akşamları 5 mg alın."}, flags=("fuzzy",)
    )
    assert publish(built, "build").code == 3

    ran = publish(built, "deploy", str(target))

    assert ran.code == 0
    assert f"removed {PAGE}" in ran.out
    assert not (target / PAGE).exists()
    assert files(target) == files(built / "dist")


def test_a_notice_in_the_place_of_a_page_is_brought_before_all_else(built, target):
    publish(built, "deploy", str(target))
    rule = '\n[[class]]\nglobs = ["**"]\nrecall = "notice"\n'
    config = (built / "publish.toml").read_text()
    put(built, {"publish.toml": config + rule, "source/new.md": "# New\n\nText.\n"})
    translate(
        built, {"Take 5 mg in the evening.": "Akşamları 5 mg alın."}, flags=("fuzzy",)
    )
    publish(built, "extract")
    publish(built, "build")

    ran = publish(built, "deploy", str(target), "--json")

    assert ran.json["uploaded"][0] == PAGE
    assert "site/en/new/index.html" in ran.json["uploaded"]
    assert files(target) == files(built / "dist")


def test_what_is_not_ours_stays(built, target):
    theirs = {
        "site/theirs.html": "x",
        "site/tr/scalp/theirs.txt": "x",
        "mail/list.txt": "x",
        "private/a.txt": "x",
        "notes.txt": "x",
    }
    put(target, theirs)

    publish(built, "deploy", str(target))
    shutil.rmtree(built / "source/articles")
    put(built, {"source/other.md": "# Other\n\nText.\n"})
    publish(built, "build")
    ran = publish(built, "deploy", str(target), "--json")

    assert PAGE in ran.json["removed"]
    left = files(target)
    assert {path: left[path].decode() for path in theirs} == theirs


def test_a_file_that_no_deploy_brought_is_not_written_over(built, target):
    put(target, {PAGE: "somebody's own page"})

    ran = publish(built, "deploy", str(target), "--json")

    assert ran.code == 1
    assert [error["path"] for error in ran.json["errors"]] == [PAGE]
    assert files(target) == {PAGE: b"somebody's own page"}


def test_a_folder_that_was_copied_by_hand_is_taken_as_it_is(built, target):
    shutil.copytree(built / "dist/site", target / "site")

    ran = publish(built, "deploy", str(target), "--json")

    assert not [path for path in ran.json["uploaded"] if path.startswith("site/")]
    assert files(target) == files(built / "dist")


def test_a_file_that_was_cut_on_the_target_is_brought_again(built, target):
    publish(built, "deploy", str(target))
    (target / PAGE).write_bytes(b"cut")

    ran = publish(built, "deploy", str(target), "--json")

    assert ran.json["uploaded"] == [PAGE]
    assert files(target) == files(built / "dist")


def test_a_dry_run_changes_nothing_and_says_the_same(built, target):
    publish(built, "deploy", str(target))
    shutil.rmtree(built / "source/articles")
    put(built, {"source/other.md": "# Other\n\nText.\n"})
    publish(built, "build")
    before = files(target)

    said = publish(built, "deploy", str(target), "--dry-run", "--json").json

    assert files(target) == before
    assert publish(built, "deploy", str(target), "--json").json == said


def test_a_dry_run_makes_no_folder(built, target):
    assert publish(built, "deploy", str(target), "--dry-run").code == 0
    assert not target.exists()


def test_a_dist_that_is_not_whole_is_not_deployed(built, target):
    page = built / "dist" / PAGE
    page.write_bytes(page.read_bytes() + b" ")

    ran = publish(built, "deploy", str(target), "--json")

    assert ran.code == 1
    assert [error["path"] for error in ran.json["errors"]] == [f"dist/{PAGE}"]
    assert not target.exists()


def test_drafts_are_never_deployed(turkish, target):
    publish(turkish, "build", "--draft")

    ran = publish(turkish, "deploy", str(target))

    assert ran.code == 2
    assert "drafts" in ran.err
    publish(turkish, "build")
    publish(turkish, "deploy", str(target))
    assert not [path for path in files(target) if "draft" in path]


def test_what_was_never_built_is_not_deployed(site, target):
    assert publish(site, "deploy", str(target)).code == 2


@pytest.mark.parametrize(
    "folder", ["dist/site", "dist", ".", "..", "source/articles", "locales", "memory"]
)
def test_a_folder_of_the_site_is_no_target(built, folder):
    before = files(built)

    ran = publish(built, "deploy", str(built / folder))

    assert ran.code == 2
    assert "the site needs this folder itself" in ran.err
    assert files(built) == before


def test_the_site_of_somebody_else_is_not_replaced_unasked(built, target):
    publish(built, "deploy", str(target))
    text = (built / "publish.toml").read_text()
    put(built, {"publish.toml": text.replace("/health/", "/other/")})
    publish(built, "build")

    ran = publish(built, "deploy", str(target))

    assert ran.code == 2
    assert "https://clinic.example/health/" in ran.err
    assert publish(built, "deploy", str(target), "--take-over").code == 0
    assert files(target) == files(built / "dist")


def test_a_release_on_the_target_that_is_none_is_said(built, target):
    put(target, {"release.json": "hello"})

    ran = publish(built, "deploy", str(target))

    assert ran.code == 1
    assert "not the release" in ran.err


# Locks.


def test_a_deploy_from_elsewhere_keeps_others_out(built, target):
    lock = {"host": "web-7", "since": "2026-11-22T10:00:00+00:00", "site": "x"}
    put(target, {".publish-deploy.lock": json.dumps(lock)})

    ran = publish(built, "deploy", str(target))

    assert ran.code == 1
    assert "web-7" in ran.err
    assert "--take-over" in ran.err
    assert files(target).keys() == {".publish-deploy.lock"}
    assert publish(built, "deploy", str(target), "--take-over").code == 0
    assert files(target) == files(built / "dist")


def test_two_deploys_of_a_site_do_not_run_at_once(built, target):
    from pipeline.store.lock import locked

    with locked(built, below=".publish/deploy.lock"):
        ran = publish(built, "deploy", str(target))

    assert ran.code == 1
    assert "at work on this site" in ran.err
    assert not target.exists()


# Interruptions.

BEFORE = {
    "site/tr/a/index.html": b"first",
    "site/tr/gone/index.html": b"withdrawn",
    "site/tr/index.html": b"list",
    "site/assets/old.png": b"old",
    "mail/tr/gone.eml": b"withdrawn",
}
AFTER = {
    "site/tr/a/index.html": b"other",
    "site/tr/b/index.html": b"new",
    "site/tr/index.html": b"lists",
    "site/assets/new.png": b"new",
    "site/sitemap.xml": b"map",
}


class CutOff(Exception):
    """The power is gone."""


class Failing(FolderTarget):
    """A folder that is cut off after so many steps."""

    left = 0

    def _step(self):
        if self.left == 0:
            raise CutOff
        self.left -= 1

    def create(self, path, data):
        self._step()
        return super().create(path, data)

    def put(self, parts):
        for part in parts:
            self._step()
            yield from super().put([part])

    def remove(self, paths):
        for path in paths:
            self._step()
            yield from super().remove([path])


def opening(target):
    @contextmanager
    def opened(*_, **__):
        yield target

    return opened


def test_a_deploy_that_is_cut_off_anywhere_is_finished_by_the_next(
    tmp_path, monkeypatch
):
    root = make_site(tmp_path / "site")
    count, target = 0, tmp_path / "0"
    while True:
        target = tmp_path / str(count)
        make_dist(root, BEFORE)
        assert publish(root, "deploy", str(target)).code == 0
        make_dist(root, AFTER, recalled="site/tr/gone/index.html")
        failing = Failing(target)
        failing.left = count

        with monkeypatch.context() as patch:
            patch.setattr(workflow, "open_target", opening(failing))
            try:
                code = publish(root, "deploy", str(target)).code
            except CutOff:
                code = None
        if code == 0:
            break
        assert publish(root, "verify", str(target)).code in {0, 1}
        for path, data in files(target).items():
            if not path.startswith((".", "release")):
                assert data in {BEFORE.get(path), AFTER.get(path)}
        if any(path in files(target) for path in AFTER.keys() - BEFORE.keys()):
            assert "site/tr/gone/index.html" not in files(target)
            assert "mail/tr/gone.eml" not in files(target)
        assert publish(root, "deploy", str(target)).code == 0
        assert files(target) == files(root / "dist")
        count += 1
    assert count > 10


def test_what_another_release_left_halfway_is_not_taken_for_this_one(
    tmp_path, monkeypatch
):
    root, target = make_site(tmp_path / "site"), tmp_path / "www"
    make_dist(root, {"site/tr/a/index.html": b"1111"})
    publish(root, "deploy", str(target))
    make_dist(root, {"site/tr/a/index.html": b"2222"})
    failing = Failing(target)
    failing.left = 3  # lock, intents, the page

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "open_target", opening(failing))
        with pytest.raises(CutOff):
            publish(root, "deploy", str(target))
    assert (target / "site/tr/a/index.html").read_bytes() == b"2222"

    make_dist(root, {"site/tr/a/index.html": b"1111"})
    publish(root, "deploy", str(target))

    assert files(target) == files(root / "dist")


def test_what_fails_on_the_way_is_said_beside_what_was_done(tmp_path):
    root, target = make_site(tmp_path / "site"), tmp_path / "www"
    make_dist(root, BEFORE)
    publish(root, "deploy", str(target))
    make_dist(root, AFTER)
    (target / "site/assets/new.png").mkdir()

    ran = publish(root, "deploy", str(target), "--json")

    assert ran.code == 1
    assert ran.json["removed"] == ["mail/tr/gone.eml", "site/tr/gone/index.html"]
    assert not [path for path in ran.json["uploaded"] if path.startswith("site/")]
    assert "folder" in ran.json["errors"][0]["message"]
    assert not [path for path in files(target) if path.endswith(".lock")]
    (target / "site/assets/new.png").rmdir()
    assert publish(root, "deploy", str(target)).code == 0
    assert files(target) == files(root / "dist")


def test_a_page_that_is_built_again_meanwhile_ends_the_deploy(tmp_path, monkeypatch):
    root, target = make_site(tmp_path / "site"), tmp_path / "www"
    make_dist(root, AFTER)

    def then_changed(dist):
        report = verify(dist)
        (dist / "site/sitemap.xml").write_bytes(b"pam")
        return report

    monkeypatch.setattr(workflow, "verify", then_changed)

    ran = publish(root, "deploy", str(target), "--json")

    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == "dist/site/sitemap.xml"
    assert "release.json" not in files(target)


# Over SFTP, with a real server.


@pytest.fixture(scope="module")
def ssh(tmp_path_factory):
    if sshd.PROGRAM is None:
        pytest.skip("openssh-server is not installed")
    with sshd.server(tmp_path_factory.mktemp("ssh") / "server") as running:
        yield running


def test_a_server_gets_what_changed(built, ssh, tmp_path_factory):
    target = tmp_path_factory.mktemp("srv") / "www"
    call = ("deploy", f"{ssh.address}{target}", *ssh.options, "--json")

    assert publish(built, *call).code == 0
    assert files(target) == files(built / "dist")
    translate(
        built, {"Take 5 mg in the evening.": "Akşamları 5 mg alın."}, flags=("fuzzy",)
    )
    publish(built, "build")
    ran = publish(built, *call)

    assert PAGE in ran.json["removed"]
    assert files(target) == files(built / "dist")


def test_a_bucket_gets_what_changed_and_loses_what_was_recalled(built, monkeypatch):
    pytest.importorskip("moto", reason="the test group installs it")
    withdraw = {"Take 5 mg in the evening.": "Akşamları 5 mg alın."}
    with objects.server() as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        call = ("deploy", "s3://clinic/health", "--json")
        first = publish(built, *call)
        again = publish(built, *call)
        translate(built, withdraw, flags=("fuzzy",))
        publish(built, "build")
        last = publish(built, *call)
        with open_target("s3://clinic/health") as target:
            found = {path: target.read(path) for path in target.files()}

    assert set(first.json["uploaded"]) > {PAGE, "release.json"}
    assert (again.json["uploaded"], again.json["removed"]) == ([], [])
    assert PAGE in last.json["removed"]
    assert found == files(built / "dist")
    assert "s3cret" not in first.out + first.err


def test_a_deploy_that_is_killed_is_finished_by_the_next(ssh, tmp_path):
    root, target = make_site(tmp_path / "site"), tmp_path / "www"
    contents = {f"site/tr/{n}/index.html": b"%d" % n * 4000 for n in range(1500)} | {
        "site/static/site.css": b"a"
    }
    make_dist(root, contents)
    call = ["deploy", f"{ssh.address}{target}", *ssh.options, "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *call],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None and len(list(target.glob("site/tr/*"))) < 100:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    there = files(target)
    assert "release.json" not in there
    assert ".publish-deploy.lock" in there
    for path, data in there.items():
        assert path.startswith(".") or "/." in path or data == contents[path]

    ran = publish_process(root, *call)

    assert ran.code == 0, ran.err
    assert files(target) == files(root / "dist")
    assert 0 < ran.json["unchanged"] < len(contents)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_deploy_that_is_told_to_end_leaves_no_lock(told, ssh, tmp_path):
    root, target = make_site(tmp_path / "site"), tmp_path / "www"
    make_dist(root, {f"site/tr/{n}/index.html": b"x" * 9000 for n in range(1500)})
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "pipeline", "deploy"),
            *(f"{ssh.address}{target}", *ssh.options),
        ],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
    )
    while process.poll() is None and len(list(target.glob("site/tr/*"))) < 50:
        time.sleep(0.01)
    process.send_signal(told)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert not (target / ".publish-deploy.lock").exists()
    assert not list(target.rglob(".publish-*.tmp"))
    assert not (target / "release.json").exists()
