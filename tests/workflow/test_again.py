"""What a plain build says where nothing has changed, by the short road and the long."""

import io
import os
import subprocess
import sys
from functools import partial

import pytest

from pipeline.cli.plain_table import drawn
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

    assert said_again(str(site)) == (long.out, 0)
    assert long.err == ""


def test_the_command_takes_the_short_road(site):
    found = run(site)

    assert (found.stdout, found.returncode) == said_again(str(site))
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


@pytest.fixture
def held(tmp_path):
    """A site of which a language is held back."""
    root = make_site(tmp_path)
    publish(root, "extract")
    for path in root.rglob("*"):
        os.utime(path, (OLD, OLD))
    publish(root, "build")
    for path in root.glob("locales/*/published.jsonl"):
        os.utime(path, (OLD, OLD))
    publish(root, "build")
    return root


def test_what_is_held_is_said_again_in_its_table(held):
    long = publish(held, "build")

    said = said_again(str(held), partial(drawn, io.StringIO()))

    assert said == (long.out, 3)
    assert "untranslated" in long.out


def test_the_command_ends_as_the_build_did(held):
    command = [sys.executable, "-m", "pipeline", "build"]
    found = subprocess.run(
        command, cwd=held, capture_output=True, encoding="utf-8", check=False
    )

    assert (found.stdout, found.returncode) == (publish(held, "build").out, 3)
    assert found.stderr == ""


def test_what_cannot_be_drawn_is_left_to_the_build(held):
    assert said_again(str(held)) is None


@pytest.mark.parametrize("data", ["", "{", "[]", "null", "{}", '{"said": 1}'])
def test_a_broken_memory_says_nothing(site, data):
    (site / ".publish" / "build.json").write_text(data, "utf-8")

    assert said_again(str(site)) is None


def test_what_would_steer_the_terminal_is_not_said(site):
    path = site / ".publish" / "build.json"
    path.write_text(path.read_text("utf-8").replace('["tr", 1', '["\\u001b[2J", 1'))

    assert said_again(str(site)) is None
