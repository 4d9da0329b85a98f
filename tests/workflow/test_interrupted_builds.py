"""A build that is killed leaves whole files, and the next one finishes it."""

import shutil
import signal
import subprocess
import sys
import time

import pytest

from pipeline.store.stamps import RACY
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
publish(["build", "--executor", "serial", *sys.argv[1:]])
"""
STEPS = {
    "when no page is made": ("pieces", "stage", 0),
    "when one page is made": ("pieces", "stage", 1),
    "when none is in its place": ("product", "place", 0),
    "when one is in its place": ("product", "place", 1),
    "before the release is named": ("whole", "release_document", 0),
    "before it is remembered": ("assembly", "write_ledger", 0),
}


def killed(root, module, name, after, *options):
    script = KILLED.format(module=module, name=name)
    done = subprocess.run(
        [sys.executable, "-c", script, *options, str(after)],
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
    "when no page is made": ("pieces", "stage", 0),
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


@pytest.mark.parametrize("options", [(), ("--draft",)])
@pytest.mark.parametrize("and_then", ["nothing else", "an entry"])
def test_what_a_killed_build_brought_out_goes_with_its_text(turkish, options, and_then):
    # What was saved in the tick before a build is looked at again.
    time.sleep(RACY / 1e9 * 1.2)
    publish(turkish, "build", *options)
    before = files(turkish)
    new = turkish / "source/articles/new.md"
    new.write_text("# A promise\n\nNobody reviewed it.\n", "utf-8")
    killed(turkish, "product", "place", 1, *options)
    assert files(turkish).keys() > before.keys()

    new.unlink()
    if and_then == "an entry":
        entry = po_path(turkish, "articles/scalp")
        entry.write_text(entry.read_text("utf-8").replace("Kaşı", "Kaş"), "utf-8")
    publish(turkish, "build", *options)

    assert files(turkish).keys() == before.keys()


def test_verify_tells_a_set_that_is_not_whole(changed):
    killed(changed, "product", "place", 1)

    assert publish(changed, "verify").code == 1


@pytest.mark.parametrize("folder", ["dist", "dist/site/tr/scalp", ".publish"])
def test_what_was_left_beside_a_file_is_swept_away(changed, folder):
    left = changed / folder / ".publish-0123.tmp"
    left.write_bytes(b"<p>")

    publish(changed, "build")

    assert not left.exists()
