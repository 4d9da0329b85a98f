"""
What goes wrong around the pipeline: broken files, a full disk, a kill, two at once.

Each time: one clear line with path and line, the documented exit code, no traceback, no
file half-written, none left behind.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.store.lock import locked
from tests.builders import (
    ARTICLE,
    TURKISH,
    Ran,
    make_site,
    po_path,
    publish,
    publish_process,
    put,
    translate,
)

HOME = Path(__file__).parents[1]
CATALOG = "locales/tr/LC_MESSAGES/articles/scalp.po"
SOURCE = "source/articles/scalp.md"
PAGE = "templates/page.html"
COMMANDS = ("extract", "check", "build", "status")
ONE_DAY = {"SOURCE_DATE_EPOCH": "1800000000"}


def tree(root, *tops):
    """The bytes of every file below some folders, by path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for top in tops or ("dist", "locales", "source")
        for path in sorted((root / top).rglob("*"))
        if path.is_file()
    }


def leftovers(root):
    return sorted(path.name for path in root.rglob("*.tmp"))


def told(ran, *, code, path, said="", line=None):
    """Exactly one line of error, which says where and what."""
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.out + ran.err
    place = path if line is None else f"{path}:{line}"
    (only,) = (text for text in ran.err.splitlines() if text.startswith("publish: "))
    assert only.startswith(f"publish: {place}: "), only
    assert said in only


# Broken files


def cut(root):
    path = po_path(root)
    path.write_bytes(path.read_bytes()[:-30])


def in_turkish_charset(root):
    path = po_path(root)
    text = path.read_text("utf-8").replace("charset=UTF-8", "charset=ISO-8859-9")
    path.write_bytes(text.encode("iso-8859-9"))


def in_turkish_charset_under_a_false_name(root):
    path = po_path(root)
    path.write_bytes(path.read_text("utf-8").encode("iso-8859-9"))


def twice(root):
    path = po_path(root)
    text = path.read_text("utf-8")
    entry = text[text.index('msgid "Do not scratch."') :].partition("\n\n")[0]
    path.write_text(f"{text}\n{entry}\n", "utf-8")


def a_folder_in_its_place(root):
    po_path(root).unlink()
    po_path(root).mkdir()


def not_utf_8(root):
    (root / SOURCE).write_bytes(ARTICLE.encode() + b"\nSa\xe7 bak\xfdm\xfd\n")


def bad_yaml(root):
    text = ARTICLE.replace("date:", "section: [first, second\ndate:")
    (root / SOURCE).write_text(text, "utf-8")


def unclosed_front_matter(root):
    (root / SOURCE).write_text("---\ntitle: Caring\n\nNo end.\n", "utf-8")


def a_template_that_includes_nothing(root):
    put(root, {PAGE: "<p>\n{% include 'nowhere.html' %}\n"})


def a_template_that_is_not_closed(root):
    put(root, {PAGE: "<p>\n{% if drafts %}\n{% endfor %}\n"})


def a_template_that_names_what_is_not_there(root):
    put(root, {PAGE: "<p>\n{{ nothing.at.all }}\n"})


def a_glossary_that_is_not_utf_8(root):
    put(root, {"locales/tr/glossary.csv": b"term,translation\nhair,sa\xe7\n"})


def approvals_that_are_no_json(root):
    put(root, {"locales/tr/reviews/articles/scalp.jsonl": "{}\nwhat\n"})


def a_history_that_is_no_json(root):
    put(root, {"locales/tr/published.jsonl": '{"article": "a"}\n'})


LAST = ARTICLE.count("\n") + 2
BROKEN = [
    # What, path and line, said, and the commands that meet it.
    (cut, CATALOG, None, "", "extract check build status"),
    (in_turkish_charset, CATALOG, 11, "ISO-8859-9", "extract check build status"),
    (
        in_turkish_charset_under_a_false_name,
        CATALOG,
        None,
        "not UTF-8",
        "extract check build status",
    ),
    (twice, CATALOG, None, "", "extract check build status"),
    (a_folder_in_its_place, CATALOG, None, "folder", "extract build status"),
    (not_utf_8, SOURCE, LAST, "not UTF-8", "extract build status"),
    (bad_yaml, SOURCE, None, "not YAML", "extract build status"),
    (unclosed_front_matter, SOURCE, 1, "front matter", "extract build status"),
    (a_template_that_includes_nothing, PAGE, 2, "nowhere.html", "build"),
    (a_template_that_is_not_closed, PAGE, 3, "endfor", "extract build status"),
    (a_template_that_names_what_is_not_there, PAGE, 2, "'nothing'", "build"),
    (
        a_glossary_that_is_not_utf_8,
        "locales/tr/glossary.csv",
        2,
        "not UTF-8",
        "check build status",
    ),
    (
        approvals_that_are_no_json,
        "locales/tr/reviews/articles/scalp.jsonl",
        1,
        "",
        "build status",
    ),
    (
        a_history_that_is_no_json,
        "locales/tr/published.jsonl",
        1,
        "history",
        "build status",
    ),
]
MEETINGS = [
    pytest.param(case[:4], command, id=f"{case[0].__name__}-{command}")
    for case in BROKEN
    for command in case[4].split()
]


@pytest.mark.parametrize(("case", "command"), MEETINGS)
def test_a_broken_file_is_one_line_and_touches_nothing(turkish, case, command):
    break_it, path, line, said = case
    break_it(turkish)
    before = tree(turkish, "locales", "source", "templates")

    ran = publish(turkish, command, "--json")

    if ran.json.get("findings"):
        (finding,) = ran.json["findings"]
        assert (finding["check"], finding["file"]) == ("catalog", path)
        assert finding["line"] > 0
        assert said in finding["message"]
        assert ran.code == 1
    else:
        place = line or ran.json["errors"][0]["line"]
        told(ran, code=1, path=path, said=said, line=place)
    after = tree(turkish, "locales", "source", "templates")
    assert {name: after[name] for name in before} == before
    assert leftovers(turkish) == []


def test_a_broken_template_withdraws_nothing_that_was_out(turkish):
    publish(turkish, "build")
    before = tree(turkish, "dist", "locales")
    a_template_that_is_not_closed(turkish)

    ran = publish(turkish, "build")

    assert ran.code == 1
    assert tree(turkish, "dist", "locales") == before


def test_a_page_that_cannot_be_rendered_is_recalled_and_said_so(turkish):
    put(turkish, {"source/articles/two.md": "# Two\n\nWords.\n"})
    publish(turkish, "build")
    page = "<p>{% if page.title == 'Two' %}{{ nothing.at.all }}{% endif %}</p>\n"
    put(turkish, {PAGE: page})

    ran = publish(turkish, "build", "--json")

    states = {
        (page["article"], page["locale"]): page["state"] for page in ran.json["pages"]
    }
    assert ran.code == 1
    assert states["articles/two", "en"] == "recalled"
    assert states["articles/scalp", "tr"] == "published"
    assert not (turkish / "dist/site/en/two").exists()


# The disk


def strace(root, fault, *args, path=None):
    """
    Run the command while the kernel answers a call otherwise than it would.

    `fault` is `CALL:error=NAME` or `CALL:signal=NAME`, with `:when=N` for the Nth call;
    with `path`, only calls on that file count. The user has no cache, for what is
    written there, and when, is none of a site's.
    """
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    call = fault.partition(":")[0]
    filters = [f"--trace={call}", f"--inject={fault}"]
    done = subprocess.run(
        [
            *("strace", "-f", "-qq", "-o", os.devnull, *filters),
            *(("-P", str(path)) if path else ()),
            *(sys.executable, "-m", "pipeline", *args),
        ],
        cwd=root,
        env=os.environ
        | ONE_DAY
        | {"PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1"}
        | {"XDG_CACHE_HOME": os.devnull},
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    if "ptrace" in said:
        pytest.skip("tracing processes is not permitted here")
    return Ran(done.returncode, done.stdout.decode(), said)


@pytest.mark.parametrize("command", ["extract", "build", "status"])
@pytest.mark.parametrize("file", [SOURCE, CATALOG])
def test_a_file_that_may_not_be_read_is_one_line(turkish, file, command):
    ran = strace(turkish, "openat:error=EACCES", command, path=turkish / file)

    told(ran, code=1, path=file, said="permission denied")


def test_a_configuration_that_may_not_be_read_is_one_line(turkish):
    path = turkish / "publish.toml"

    ran = strace(turkish, "openat:error=EACCES", "build", path=path)

    told(ran, code=2, path="publish.toml", said="ermission denied")


@pytest.fixture(scope="session")
def busy(extracted, tmp_path_factory):
    """A site that was built, whose source changed: every command has work to do."""
    root = tmp_path_factory.mktemp("busy")
    shutil.copytree(extracted, root, dirs_exist_ok=True)
    translate(root, TURKISH)
    put(root, {"source/articles/two.md": "# Two\n\nWords of two.\n"})
    assert publish_process(root, "extract", env=ONE_DAY).code == 0
    assert publish_process(root, "build", env=ONE_DAY).code == 3
    text = ARTICLE.replace("Do not scratch", "Never scratch")
    return put(root, {SOURCE: text})


@pytest.fixture
def changed(busy, tmp_path):
    shutil.copytree(busy, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture(scope="session")
def undisturbed(busy, tmp_path_factory):
    """What each command makes of that site if nothing happens to it."""
    trees = {}
    for command in ("extract", "build"):
        copy = tmp_path_factory.mktemp("undisturbed")
        shutil.copytree(busy, copy, dirs_exist_ok=True)
        assert publish_process(copy, command, env=ONE_DAY).code in {0, 3}
        trees[command] = tree(copy)
    return trees


def whole(after, before):
    """Whether every file is what it was, or new, or altogether another."""
    return all(data and data.endswith((b"\n", b">")) for data in after.values()) and (
        before.keys() - {name for name in before if name.startswith("dist/")}
        <= after.keys()
    )


@pytest.mark.parametrize(
    ("command", "call", "said"),
    [
        ("extract", "/^rename:error=EIO:when=2", "the disk reports an error"),
        ("extract", "/^rename:error=EROFS", "the disk is read-only"),
        ("extract", "fsync:error=ENOSPC:when=3", "no space left on the disk"),
        ("build", "rename:error=EIO:when=2", "the disk reports an error"),
        ("build", "rename:error=EDQUOT", "the disk quota is used up"),
    ],
)
def test_a_disk_that_refuses_leaves_every_file_whole(
    changed, undisturbed, command, call, said
):
    before = tree(changed)

    ran = strace(changed, call, command)

    assert ran.code == 1
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == ran.err.count("publish: ")
    assert whole(tree(changed), before)
    assert leftovers(changed) == []
    assert publish_process(changed, command, env=ONE_DAY).code in {0, 3}
    assert tree(changed) == undisturbed[command]


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_file_larger_than_is_allowed_is_one_line(changed, command):
    before = tree(changed)

    done = subprocess.run(
        [sys.executable, "-m", "pipeline", command],
        cwd=changed,
        env=os.environ | ONE_DAY | {"PYTHONPATH": str(HOME)},
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600)),
    )

    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert ran.code == 1
    # Of two stores, the one that is asked first says so in its own words.
    assert "larger than is allowed" in ran.err or "free some space" in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == ran.err.count("publish: ")
    assert whole(tree(changed), before)
    assert leftovers(changed) == []


@contextmanager
def mounted(folder, *options):
    """A file system of its own in a folder, or no test."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount")
    done = subprocess.run(
        ["mount", *options, str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_full_disk_leaves_every_file_whole(
    changed, undisturbed, tmp_path_factory, command
):
    small = tmp_path_factory.mktemp("small")
    with mounted(small, "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        shutil.copytree(changed, small, dirs_exist_ok=True)
        before = tree(small)
        filler = small / "filler"
        with filler.open("wb", buffering=0) as file:
            fill(file)

        ran = publish_process(small, command, env=ONE_DAY)

        assert ran.code == 1
        assert "no space left on the disk" in ran.err or "free some space" in ran.err
        assert "Traceback" not in ran.err
        assert len(ran.err.splitlines()) == ran.err.count("publish: ")
        assert whole(tree(small), before)
        assert leftovers(small) == []
        filler.unlink()
        again = publish_process(small, command, env=ONE_DAY)
        assert again.code in {0, 3}
        assert tree(small) == undisturbed[command]


def fill(file):
    """Write until nothing more fits."""
    block = b"x" * 65536
    while block:
        try:
            file.write(block)
        except OSError:
            block = block[: len(block) // 2]


def test_a_read_only_dist_is_one_line(changed):
    before = tree(changed, "dist")
    with read_only(changed / "dist"):
        ran = publish_process(changed, "build", env=ONE_DAY)

    assert ran.code == 1
    assert ran.err.startswith("publish: dist/")
    assert "read-only" in ran.err or "permission denied" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert tree(changed, "dist") == before


@contextmanager
def read_only(folder):
    if os.geteuid() == 0:
        with mounted(folder, "--bind", str(folder)):
            remount = ["mount", "-o", "remount,bind,ro", str(folder)]
            subprocess.run(remount, check=True)
            yield
        return
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o555)
    try:
        yield
    finally:
        for path in folders:
            path.chmod(0o755)


# Kill


@pytest.mark.parametrize(
    ("command", "call"),
    [
        ("extract", "/^rename:when=1"),
        ("extract", "/^rename:when=2"),
        ("extract", "fsync:when=1"),
        ("extract", "fsync:when=4"),
        ("build", "rename:when=1"),
        ("build", "rename:when=4"),
        ("build", "fsync:when=1"),
    ],
)
def test_after_a_kill_the_next_run_ends_as_if_there_had_been_none(
    changed, undisturbed, command, call
):
    before = tree(changed)
    name, _, when = call.partition(":")

    killed = strace(changed, f"{name}:signal=SIGKILL:{when}", command)

    assert killed.code in {-signal.SIGKILL, 128 + signal.SIGKILL}
    assert whole({n: d for n, d in tree(changed).items() if ".tmp" not in n}, before)
    assert publish_process(changed, command, env=ONE_DAY).code in {0, 3}
    assert tree(changed) == undisturbed[command]
    assert leftovers(changed) == []


def test_a_build_that_was_killed_is_told_from_a_whole_one(changed):
    killed = strace(changed, "rename:signal=SIGKILL:when=3", "build")

    half = publish(changed, "verify")
    publish(changed, "build")
    whole_again = publish(changed, "verify")

    assert killed.code != 0
    assert (half.code, whole_again.code) == (1, 0)


# Two at once


@pytest.mark.parametrize("command", ["extract", "build"])
def test_of_two_at_once_one_waits_for_the_other(changed, undisturbed, command):
    env = os.environ | ONE_DAY | {"PYTHONPATH": str(HOME)}
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "pipeline", command],
            cwd=changed,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]

    said = [process.communicate()[1].decode() for process in both]

    assert said == ["", ""]
    assert {process.returncode for process in both} <= {0, 3}
    assert tree(changed) == undisturbed[command]


@pytest.mark.slow
def test_who_waits_too_long_is_told_for_whom(changed):
    with locked(changed):
        ran = publish_process(changed, "extract", "--json")

    told(ran, code=1, path=".publish/lock", said=f"(process {os.getpid()}) is at work")


def test_a_lock_that_a_kill_left_is_no_lock(changed):
    put(changed, {".publish/lock": "4194304 publish build\n"})

    assert publish(changed, "extract").code == 0


@pytest.mark.parametrize("options", [["status"], ["status", "--json"], ["build"]])
def test_an_output_that_cannot_be_written_is_one_line(tmp_path, options):
    make_site(tmp_path)
    root = str(Path(__file__).parents[1])

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", *options],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": root},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    said = done.stderr.decode()
    assert done.returncode == 1
    assert "the system refused: No space left on device" in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said
