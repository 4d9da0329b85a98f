"""A build that is killed leaves whole files, and the next one finishes it."""

import shutil
import signal
import subprocess
import sys

import pytest

from tests.builders import ARTICLE, po_path, publish

KILLED = """\
import os, signal, sys
from pipeline.cli.commands import publish
from pipeline.workflow import {module}

left = int(sys.argv.pop())
real = {module}.{name}

def until_then(*args, **kwargs):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(*args, **kwargs)

{module}.{name} = until_then
publish(["build", "--executor", "serial"])
"""
STEPS = {
    "when no page is made": ("press", "stage", 0),
    "when one page is made": ("press", "stage", 1),
    "when none is in its place": ("product", "place", 0),
    "when one is in its place": ("product", "place", 1),
    "before the release is named": ("assembly", "release_document", 0),
    "before it is remembered": ("assembly", "write_ledger", 0),
}


def killed(root, module, name, after):
    script = KILLED.format(module=module, name=name)
    done = subprocess.run(
        [sys.executable, "-c", script, str(after)],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "dist").rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def changed(turkish):
    """A site that was built and has a new text."""
    publish(turkish, "build")
    path = turkish / "source/articles/scalp.md"
    path.write_text(ARTICLE.replace("title: ", "title: More on "), encoding="utf-8")
    return turkish


QUIET_STEPS = {
    "when no page is made": ("press", "stage", 0),
    "when one is in its place": ("product", "place", 1),
    "before the release is named": ("quiet", "write_dist", 0),
    "before it is remembered": ("assembly", "write_ledger", 0),
    "when half of it is remembered": ("fresh", "write_state", 0),
}


@pytest.mark.parametrize("step", QUIET_STEPS)
def test_the_next_build_finishes_a_quiet_one(turkish, step):
    publish(turkish, "build")
    path = po_path(turkish, "articles/scalp")
    path.write_text(path.read_text("utf-8").replace("Kaşı", "Kaşı, kaşı"), "utf-8")
    killed(turkish, *QUIET_STEPS[step])

    publish(turkish, "build")

    finished = files(turkish)
    assert publish(turkish, "verify").code == 0
    shutil.rmtree(turkish / "dist")
    shutil.rmtree(turkish / ".publish")
    publish(turkish, "build")
    assert files(turkish) == finished


@pytest.mark.parametrize("step", STEPS)
def test_the_next_build_finishes_it(changed, tmp_path_factory, step):
    before = files(changed)
    killed(changed, *STEPS[step])
    between = files(changed)

    publish(changed, "build")

    finished = files(changed)
    whole = set(before.values()) | set(finished.values())
    assert set(between.values()) <= whole
    assert publish(changed, "verify").code == 0
    assert not list(changed.glob(".publish/.publish-*.tmp"))
    for path in (changed / ".publish", changed / "dist"):
        path.rename(tmp_path_factory.mktemp("aside") / path.name)
    publish(changed, "build")
    assert files(changed) == finished


def test_verify_tells_a_set_that_is_not_whole(changed):
    killed(changed, "product", "place", 1)

    assert publish(changed, "verify").code == 1


@pytest.mark.parametrize("folder", ["dist", "dist/site/tr/scalp", ".publish"])
def test_what_was_left_beside_a_file_is_swept_away(changed, folder):
    left = changed / folder / ".publish-0123.tmp"
    left.write_bytes(b"<p>")

    publish(changed, "build")

    assert not left.exists()
