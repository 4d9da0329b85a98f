"""The group itself: its help, what it imports, completion, and how it is stopped."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.cli.commands import COMMANDS
from pipeline.store.lock import locked
from tests.builders import make_site, publish, publish_process

HEAVY = (
    "asyncio babel bs4 deep_translator jinja2 mjml multiprocessing nh3 polib requests "
    "rich sqlite3 turbohtml uniseg watchfiles yaml"
).split()
WITHOUT_WORK = ["babel", "deep_translator", "jinja2", "requests", "rich"]
LOADED = """\
import sys
from pipeline.cli.commands import publish
try:
    publish({args})
except SystemExit as end:
    assert not end.code, end.code
print(*sorted(set(sys.modules) & set({names})), file=sys.stderr)
"""


def loaded(root, args, names):
    """Which of these modules a command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(args=args, names=names)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr.split()


def test_help_lists_every_command_in_the_order_of_the_work(tmp_path):
    ran = publish_process(tmp_path, "--help")

    names = [line.split()[0] for line in ran.out.splitlines() if line.startswith("  ")]
    assert ran.code == 0
    assert [name for name in names if name in COMMANDS] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own(tmp_path, command):
    ran = publish(tmp_path, command, "--help")

    assert ran.code == 0
    assert f"publish {command}" in ran.out
    assert "--json" in ran.out
    assert "-C, --project DIR" in ran.out


def test_help_says_of_a_command_what_the_command_says_of_itself(tmp_path):
    for command, summary in COMMANDS.items():
        said = " ".join(publish(tmp_path, command, "--help").out.split())
        assert summary.rstrip(".").split(":")[0] in said


def test_help_imports_nothing_heavy(tmp_path):
    assert loaded(tmp_path, ["--help"], HEAVY) == []


def test_a_build_with_nothing_to_do_imports_nothing_of_the_work(turkish):
    assert publish(turkish, "build").code == 0
    settled = publish(turkish, "build", "--json")

    assert (settled.code, settled.json["written"]) == (0, [])
    assert loaded(turkish, ["build"], WITHOUT_WORK) == []


def test_the_version_is_that_of_the_package(tmp_path):
    assert publish_process(tmp_path, "--version").out.strip() == version("publish")


def test_ctrl_c_ends_with_130_and_no_traceback(turkish):
    with locked(turkish):
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "extract"],
            cwd=turkish,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until_open(process.pid, turkish / ".publish/lock")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()

    assert process.returncode == 130
    assert (out, err.strip()) == ("", "publish: stopped")


def wait_until_open(pid, path):
    """Until a process has opened a file."""
    for _ in range(1000):
        with suppress(OSError):
            for each in Path(f"/proc/{pid}/fd").iterdir():
                if each.readlink() == path:
                    return
        time.sleep(0.01)
    pytest.fail(f"{path} was never opened")


def test_a_reader_that_has_seen_enough_is_no_trouble(tmp_path):
    articles = {f"source/a{n}.md": f"# Article {n}\n\nWords.\n" for n in range(400)}
    make_site(tmp_path, articles)
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "extract", "--check", "--json"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()

    assert process.wait() in {1, 128 + signal.SIGPIPE}
    assert "Traceback" not in said
    assert "Exception" not in said
