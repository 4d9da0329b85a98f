"""
What becomes of a site when the disk fails, or the process ends, at any one call.

A command is run once under strace to list every call that writes below the site, then
again for each of them and each fault: the disk is full, the disk reports an error, the
process is killed at that very call. `python -m tests.faults` prints the whole matrix.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from pipeline.errors import PublishError
from pipeline.model.catalog import Key
from pipeline.po.parse import decode, parse
from pipeline.store.catalogs import read_catalog
from pipeline.store.journal import FILE, Journal
from tests.builders import CONFIG, TURKISH, Ran, make_site, publish, publish_process
from tests.engines.loopback import running_service

FAULTS = {"ENOSPC": "error=ENOSPC", "EIO": "error=EIO", "KILL": "signal=KILL"}
WRITING = (
    "openat creat write writev pwrite64 pwritev fsync fdatasync sync_file_range "
    "rename renameat renameat2 link linkat symlink ftruncate truncate fallocate mkdir "
    "mkdirat unlink unlinkat rmdir"
).split()
_OF_A_DATABASE = ("openat", "pwrite64", "fdatasync")
KILLED = (-9, 137)
ENV = {
    "SOURCE_DATE_EPOCH": "1790000000",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "NO_COLOR": "1",
}
_LINE = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)$")

Words = set[tuple[Key, tuple[str, ...]]]
Files = dict[str, bytes]


@dataclass(frozen=True)
class Call:
    """One call that writes: the `number`th of its name in the process."""

    name: str
    number: int
    what: str
    """What it is about, below the site, with random names made alike."""


@dataclass(frozen=True)
class Outcome:
    """What one fault at one call did; empty tuples are what we want."""

    call: Call
    fault: str
    lost: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unrepaired: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.torn or self.silent or self.unrepaired)


@dataclass(frozen=True)
class Scene:
    """A site at rest, and the command that is about to be disturbed."""

    root: Path
    args: tuple[str, ...]
    before: Path
    """A copy of the site, as it is before the command."""

    done: Ran
    old: Mapping[str, bytes]
    new: Mapping[str, bytes]
    calls: tuple[Call, ...]

    def restore(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.before, self.root, symlinks=True)


# The scenes.


def _prepare_extract(root: Path, _: str) -> None:
    """New, changed, moved, renamed and vanished texts; no journal yet."""
    make_site(root, {"source/articles/old.md": "# Old name\n\nStays.\n\nMoves.\n"})
    _ran(root, "extract")
    _fill(root, TURKISH | {"Old name": "Eski ad", "Stays.": "Kalır.", "Moves.": "Gi"})
    _ran(root, "build")
    scalp = root / "source/articles/scalp.md"
    text = scalp.read_text().replace("5 mg", "50 mg").replace("- Sleep on", "- Lie on")
    scalp.write_text(text + "\nMoves.\n")
    (root / "source/articles/old.md").unlink()
    (root / "source/articles/new.md").write_text("# Old name\n\nStays.\n\nFresh.\n")
    (root / "source/articles/more.md").write_text("# More\n\nDo not scratch.\n")
    shutil.rmtree(root / ".publish")


def _prepare_pretranslate(root: Path, service: str) -> None:
    """A memory that knows, one that knows nearly, and an engine on this machine."""
    engine = (
        f'engines = ["deep"]\n[engine.deep]\nbase_url = "{service}"\npause = 0.001\n'
    )
    near = "# Care\n\nWash your hair gently after 3 days.\n\nDo not scratch.\n\nRest.\n"
    make_site(root, {"publish.toml": CONFIG + engine, "source/articles/near.md": near})
    _ran(root, "extract")
    _fill(root, TURKISH)
    # The strings of the templates would be the same again and again.
    _fill_all(root / "locales/tr/LC_MESSAGES/messages.po")
    shutil.rmtree(root / ".publish")


def _prepare_build(root: Path, _: str) -> None:
    """Something that changed, something new, something recalled, something removed."""
    files = {
        "source/articles/gone.md": "# Gone\n\nSoon.\n",
        "source/mail/hello.md": "---\nkind: mail\nsubject: Hello\n---\n\nHello.\n",
    }
    make_site(root, files)
    _ran(root, "extract")
    _fill(root, TURKISH | {"Gone": "Giden", "Soon.": "Yakında.", "Hello": "Merhaba"})
    _ran(root, "build")
    _fill(root, {"Do not scratch.": "Sakın kaşımayın.", "Hello.": "Merhaba."})
    (root / "source/articles/gone.md").unlink()
    (root / "source/articles/more.md").write_text("# More\n\nMore.\n")
    shutil.rmtree(root / ".publish")


PREPARE: dict[str, tuple[Callable[[Path, str], None], tuple[str, ...]]] = {
    "extract": (_prepare_extract, ("extract",)),
    "pretranslate": (_prepare_pretranslate, ("pretranslate",)),
    "build": (_prepare_build, ("build", "--executor", "serial")),
}


def _ran(root: Path, *args: str) -> Ran:
    ran = publish_process(root, *args, env=ENV)
    assert ran.code in {0, 3}, ran.err
    return ran


def _fill(root: Path, texts: Mapping[str, str]) -> None:
    """Write translations as an editor does, which tells no journal of it."""
    for path in sorted((root / "locales/tr/LC_MESSAGES").rglob("*.po")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            msgid = line.removeprefix('msgid "').removesuffix('"')
            if line.startswith("msgid ") and msgid in texts:
                lines[number + 1] = f'msgstr "{texts[msgid]}"'
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _fill_all(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n\n")
    path.write_text(
        head
        + "\n\n"
        + re.sub(r'^(msgstr\S*) ""$', r'\1 "%(minutes)s"', rest, flags=re.MULTILINE),
        encoding="utf-8",
    )


@contextmanager
def scene(command: str, folder: Path) -> Iterator[Scene]:
    """The site of a command below a folder, with its calls listed."""
    prepare, args = PREPARE[command]
    root, before = folder / "site", folder / "before"
    root.mkdir()
    with running_service() as service:
        prepare(root, service.google)
        shutil.copytree(root, before, symlinks=True)
        old = files_of(root)
        # Leaves templates in the user's cache, which the runs after it do not write.
        plain = publish_process(root, *args, env=ENV)
        plainly = files_of(root)
        shutil.rmtree(root)
        shutil.copytree(before, root, symlinks=True)
        traced, calls = _trace(root, args, folder / "trace")
        new = files_of(root)
        # The trace is a plain run: the same end, the same bytes.
        assert (plain.code, plainly) == (traced.code, new), plain.err
        assert old != new
        yield Scene(root, args, before, traced, old, new, tuple(calls))


def can_trace() -> bool:
    """Whether strace is there and may be used."""
    try:
        command = [
            "strace",
            "-f",
            "-qq",
            "-e",
            "trace=openat",
            "-o",
            os.devnull,
            "true",
        ]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _strace(root: Path, args: Sequence[str], log: Path, *options: str) -> Ran:
    command = [
        *("strace", "-f", "-qq", "-e", "signal=none", *options),
        *("-o", str(log), sys.executable, "-m", "pipeline", *args),
    ]
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])} | ENV,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def _trace(root: Path, args: Sequence[str], log: Path) -> tuple[Ran, list[Call]]:
    ran = _strace(
        root, args, log, "--seccomp-bpf", "-y", "-e", f"trace={','.join(WRITING)}"
    )
    counts: Counter[tuple[str, str]] = Counter()
    calls: list[Call] = []
    for line in log.read_text(encoding="utf-8").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        name = match["name"]
        counts[match["pid"], name] += 1
        if str(root) not in line or (name == "openat" and "O_CREAT" not in line):
            continue
        what = line.partition(f"{root}/")[2]
        what = re.split(r'["><]', what)[0] or "."
        what = re.sub(r"-[0-9a-f]{16}\.tmp", "-*.tmp", what)
        calls.append(Call(name, counts[match["pid"], name], what))
    return ran, calls


# A fault, and what is looked at afterwards.


def disturb(scene: Scene, call: Call, fault: str, log: Path) -> Outcome:
    """Let one call of the command fail in one way, then run the command again."""
    scene.restore()
    words = words_of(scene.root)
    inject = f"inject={call.name}:{FAULTS[fault]}:when={call.number}"
    options = ["-e", f"trace={call.name}", "-e", inject]
    if fault != "KILL":  # with it, strace sends no signal
        options.append("--seccomp-bpf")
    ran = _strace(scene.root, scene.args, log, *options)
    found = Outcome(call, fault)
    lost = _missing(scene, words)
    words |= words_of(scene.root)
    torn = tuple(_torn(scene))
    silent = tuple(_silent(scene, ran, fault))
    with patch.dict(os.environ, ENV):
        again = publish(scene.root, *scene.args)
    lost += _missing(scene, words)
    unrepaired = tuple(_unrepaired(scene, again))
    return replace(found, lost=lost, torn=torn, silent=silent, unrepaired=unrepaired)


def files_of(root: Path) -> Files:
    """Every file of a site by path, but those of `.publish/`."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] != ".publish"
    }


def words_of(root: Path) -> Words:
    """Every translation in the catalogs."""
    found: Words = set()
    for path in sorted((root / "locales").rglob("*.po")):
        for message in read_catalog(path, root=root).messages:
            if any(message.msgstrs):
                found.add((message.key, message.msgstrs))
    return found


def _missing(scene: Scene, words: Words) -> tuple[str, ...]:
    """Words that are neither in a catalog nor in the journal."""
    missing = words - words_of(scene.root)
    if missing:
        missing -= journaled(scene.root)
    return tuple(f"{msgid} = {msgstrs}" for (_, msgid), msgstrs in sorted(missing))


def journaled(root: Path) -> Words:
    """The words of a copy of the journal, for looking at it would mend it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, FILE)
        if (root / FILE).exists():
            shutil.copytree((root / FILE).parent, copy.parent)
        with Journal(Path(folder)) as journal:
            texts = journal.texts("tr")
            assert not journal.warning, journal.warning
    return {((text.msgctxt, text.msgid), text.msgstrs) for text in texts}


def _torn(scene: Scene) -> Iterator[str]:
    now = files_of(scene.root)
    for path, data in now.items():
        if path.endswith((".po", ".pot")):
            yield from _broken(path, data)
        elif _is_ours(path) and not _is_whole(path, data, scene):
            yield f"{path} is neither the old nor the new one"
    for path in scene.old.keys() & scene.new.keys() - now.keys():
        yield f"{path} is gone"


def _is_whole(path: str, data: bytes, scene: Scene) -> bool:
    old, new = scene.old.get(path), scene.new.get(path)
    if path.endswith(".jsonl"):
        # Lines are added one by one; each is there as a whole or not at all.
        grows = data.startswith(old or b"") and (new or b"").startswith(data)
        return grows and data.endswith(b"\n")
    return data in {old, new}


@cache
def _broken(path: str, data: bytes) -> tuple[str, ...]:
    try:
        parse(decode(data, path=path), path=path)
    except PublishError as error:
        return (str(error),)
    done = subprocess.run(
        ["msgfmt", "-o", os.devnull, "-"], input=data, capture_output=True, check=False
    )
    return (done.stderr.decode(),) if done.returncode else ()


def _silent(scene: Scene, ran: Ran, fault: str) -> Iterator[str]:
    """A failure that is not said; one that does not matter need not be."""
    if fault == "KILL":
        if ran.code not in KILLED:
            yield f"was not killed, but exit {ran.code} {ran.err}"
        return
    if "Traceback" in ran.err:
        yield ran.err.splitlines()[-1]
        return
    if ran.code == scene.done.code:
        now = files_of(scene.root)
        wrong = {p for p in now.keys() | scene.new if now.get(p) != scene.new.get(p)}
        if any(map(_is_ours, wrong)):
            yield f"exit {ran.code}, and yet {sorted(wrong)}"
        return
    lines = ran.err.splitlines()
    if not lines or not all(line.startswith("publish: ") for line in lines):
        yield f"exit {ran.code} and {ran.err!r}"


def _unrepaired(scene: Scene, again: Ran) -> Iterator[str]:
    if again.code != scene.done.code:
        yield f"exit {again.code}: {again.err}"
    now = files_of(scene.root)
    for path in sorted(now.keys() | scene.new):
        if now.get(path) != scene.new.get(path):
            yield f"{path} differs after the same command again"


def _is_ours(path: str) -> bool:
    """Whether it is a file of the site, and not what a killed process left beside."""
    return not Path(path).name.startswith(".publish-")


def sample(calls: Sequence[Call]) -> list[tuple[Call, str]]:
    """One call of each kind, with the faults in turn."""
    kinds = {
        (call.name, Path(call.what).parts[:1]): call
        for call in reversed(calls)
        if not call.what.startswith(".publish") or call.name in _OF_A_DATABASE
    }
    faults = list(FAULTS)
    return [
        (call, faults[number % len(faults)])
        for number, call in enumerate(sorted(kinds.values(), key=calls.index))
    ]


def summary(command: str, fault: str, outcomes: Sequence[Outcome]) -> str:
    """One row of the matrix."""
    counts = (
        f"{sum(bool(getattr(each, name)) for each in outcomes)} {name}"
        for name in ("lost", "torn", "silent", "unrepaired")
    )
    return f"{command:12} {fault:6} {len(outcomes):4} calls: {', '.join(counts)}"


def main() -> int:
    """Print the matrix, and what went wrong."""
    is_good = True
    for command in sys.argv[1:] or PREPARE:
        with (
            tempfile.TemporaryDirectory() as folder,
            scene(command, Path(folder)) as found,
        ):
            for fault in FAULTS:
                log = Path(folder, "log")
                outcomes = [disturb(found, c, fault, log) for c in found.calls]
                print(summary(command, fault, outcomes), flush=True)  # noqa: T201 - what it is for
                for each in outcomes:
                    if not each.is_good:
                        is_good = False
                        print(f"  {each}", flush=True)  # noqa: T201 - what it is for
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
