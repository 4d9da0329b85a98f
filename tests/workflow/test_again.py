"""What a plain build says where nothing has changed, by the short road and the long."""

import os
import subprocess
import sys

import pytest

from pipeline.workflow.again import said_again
from tests.builders import TURKISH, make_site, publish, translate

OLD = 1_700_000_000


@pytest.fixture
def site(tmp_path):
    """A site that is out in full, long after its files were saved."""
    root = make_site(tmp_path)
    publish(root, "extract")
    translate(root, TURKISH)
    for path in root.rglob("*"):
        os.utime(path, (OLD, OLD))
    publish(root, "build")
    for path in root.glob("locales/*/published.jsonl"):
        os.utime(path, (OLD, OLD))
    publish(root, "build")
    return root


def run(root):
    command = [sys.executable, "-m", "pipeline", "build"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)


def test_the_short_road_says_what_the_long_one_does(site):
    long = publish(site, "build")

    lines = said_again(str(site))

    assert lines is not None
    assert "\n".join([*lines, ""]) == long.out
    assert long.err == ""


def test_the_command_takes_the_short_road(site):
    found = run(site)

    assert found.stdout.splitlines() == said_again(str(site))
    assert found.stderr == ""


@pytest.mark.parametrize(
    "path",
    [
        "source/articles/scalp.md",
        "locales/tr/LC_MESSAGES/articles/scalp.po",
        "publish.toml",
        "dist/release.json",
        "dist/site/index.html",
    ],
)
def test_what_was_saved_again_is_looked_at(site, path):
    os.utime(site / path, (OLD + 1, OLD + 1))

    assert said_again(str(site)) is None


@pytest.mark.parametrize(
    "path", ["pyproject.toml", "source/new.md", "templates/page.html"]
)
def test_what_is_new_is_looked_at(site, path):
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_text("", "utf-8")
    os.utime(site / path, (OLD, OLD))

    assert said_again(str(site)) is None


def test_what_is_gone_is_made_again(site):
    page = next(site.glob("dist/site/tr/*/index.html"))
    page.unlink()

    assert said_again(str(site)) is None
    run(site)
    assert page.exists()


def test_another_epoch_is_another_build(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")

    assert said_again(str(site)) is None


def test_a_build_of_some_languages_says_nothing_for_all(site):
    os.utime(site / "source/articles/scalp.md", (OLD + 1, OLD + 1))
    publish(site, "build", "--lang", "en")

    assert said_again(str(site)) is None


def test_what_is_held_is_told_at_length(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    for path in root.rglob("*"):
        os.utime(path, (OLD, OLD))
    publish(root, "build")
    publish(root, "build")

    assert said_again(str(root)) is None


@pytest.mark.parametrize("data", ["", "{", "[]", "null", "{}", '{"said": 1}'])
def test_a_broken_memory_says_nothing(site, data):
    (site / ".publish" / "build.json").write_text(data, "utf-8")

    assert said_again(str(site)) is None


def test_what_would_steer_the_terminal_is_not_said(site):
    path = site / ".publish" / "build.json"
    path.write_text(path.read_text("utf-8").replace('["tr", 1', '["\\u001b[2J", 1'))

    assert said_again(str(site)) is None
