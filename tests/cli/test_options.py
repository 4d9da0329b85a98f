"""Completion in the three shells, of commands, options, locales and articles."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import CONFIG, make_site, publish_process

SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture
def shelf(tmp_path):
    two = CONFIG.replace('["tr"]', '["tr", "pt-BR", "ar"]')
    article = "# Hair\n\nWords.\n"
    return make_site(
        tmp_path, {"publish.toml": two, "source/mail/reminder.md": article}
    )


def completed(root, *words, shell="bash"):
    """What the shell would be offered after these words."""
    position = len(words) - 1
    env = {
        "_PUBLISH_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": words[-1] if shell == "fish" else str(position),
    }
    lines = publish_process(root, env=env).out.splitlines()
    if shell == "zsh":
        return lines[1::3]
    return [line.partition(",")[2].partition("\t")[0] for line in lines]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(tmp_path, shell):
    ran = publish_process(tmp_path, "--completion", shell)

    assert ran.code == 0
    assert "_PUBLISH_COMPLETE" in ran.out
    assert "publish" in ran.out


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_valid(tmp_path, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(publish_process(tmp_path, "--completion", shell).out, "utf-8")

    subprocess.run([shell, "-n", str(script)], check=True)


def test_an_unknown_shell_names_the_known_ones(tmp_path):
    ran = publish_process(tmp_path, "--completion", "tcsh")

    assert ran.code == 2
    assert "'bash', 'zsh', 'fish'" in ran.err


@pytest.mark.parametrize("shell", SHELLS)
def test_locales_of_the_site_are_offered(shelf, shell):
    offered = completed(shelf, "publish", "build", "--lang", "", shell=shell)

    assert offered == ["tr", "pt-BR", "ar"]


def test_only_what_fits_is_offered(shelf):
    assert completed(shelf, "publish", "build", "--lang", "p") == ["pt-BR"]
    assert completed(shelf, "publish", "explain", "mail/") == ["mail/reminder"]
    assert completed(shelf, "publish", "ext") == ["extract"]


@pytest.mark.parametrize("command", ["explain", "approve"])
def test_articles_of_the_site_are_offered(shelf, command):
    offered = completed(shelf, "publish", command, "")

    assert offered == ["articles/scalp", "mail/reminder"]


def test_options_are_offered(shelf):
    offered = completed(shelf, "publish", "build", "--")

    assert {"--lang", "--draft", "--json", "--project"} <= set(offered)


def test_another_site_is_looked_at_where_it_is_named(shelf, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    offered = completed(elsewhere, "publish", "build", "-C", str(shelf), "--lang", "")

    assert offered == ["tr", "pt-BR", "ar"]


@pytest.mark.parametrize("words", [("build", "--lang", ""), ("explain", "")])
def test_without_a_usable_site_nothing_is_offered_and_nothing_is_said(tmp_path, words):
    make_site(tmp_path, {"publish.toml": "titel = 1\n"})

    ran = publish_process(
        tmp_path,
        env={
            "_PUBLISH_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("publish", *words)),
            "COMP_CWORD": str(len(words)),
        },
    )

    assert (ran.out.strip(), ran.err) == ("", "")


def test_bash_completes_the_command_as_it_is_installed(shelf):
    command = Path(sys.executable).with_name("publish")
    if not command.exists():
        pytest.skip("publish is not installed beside this Python")
    script = """\
eval "$(publish --completion bash)"
COMP_WORDS=(publish build --lang t)
COMP_CWORD=3
_publish_completion publish
echo "${COMPREPLY[@]}"
"""

    done = subprocess.run(
        ["bash", "-c", script],
        cwd=shelf,
        env=os.environ | {"PATH": f"{command.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "tr\n"
