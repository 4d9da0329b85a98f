"""Catalogs that are made to hurt: refused, or read, in little time and memory."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import CatalogError
from pipeline.po.limits import (
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_FORMS,
    MAX_LINE,
    MAX_LINES,
    MAX_TEXT,
)
from pipeline.po.parse import parse
from tests.po.catalogs import HEADER, with_header

HOME = Path(__file__).parents[2]
MEMORY = 300_000_000
SECONDS = 60
"""The processor's, and far more than it takes: a slow machine is no failure."""

READ = """
import sys
from pathlib import Path
from pipeline.errors import PublishError
from pipeline.store.catalogs import read_catalog
path = Path(sys.argv[1])
try:
    print(len(read_catalog(path, root=path.parent).messages))
except PublishError as error:
    print(f"refused: {error}")
"""
MOST = MAX_BYTES - 10_000
ROOM = MAX_LINE - 10
PLURAL = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'


def entries(count):
    return "".join(f'\nmsgid "{number}"\nmsgstr ""\n' for number in range(count))


def forms(digits):
    return HEADER.replace("nplurals=2", f"nplurals={digits}") + "\n" + PLURAL


def entry(strings):
    return with_header(f'msgid "a"\nmsgstr {strings}\n')


REFUSED = {
    "one very long text": lambda: entry(f'"{"x" * MOST}"'),
    "a long text in emoji": lambda: entry(f'"{"😀" * (MOST // 4)}"'),
    "a long text in short lines": lambda: entry('""\n' + '"x"\n' * (MOST // 4)),
    "a long text of escapes": lambda: entry(f'"{chr(92) * 2 * (MOST // 2)}"'),
    "an open string of escapes": lambda: entry(f'"{chr(92) * 2 * (MOST // 2)}'),
    "a text on many lines": lambda: entry(f'"{"x" * 1000}"\n' * 1001),
    "very many entries": lambda: HEADER + entries(500_000),
    "just too many entries": lambda: HEADER + entries(MAX_ENTRIES),
    "entries without a text": lambda: HEADER + 'msgid ""\n' * (MOST // 9),
    "quotation marks": lambda: HEADER + '"' * MOST,
    "bytes of NUL": lambda: HEADER + "\0" * MOST,
    "a million plural forms": lambda: forms("1000000"),
    "a number of forms that is no number": lambda: forms("9" * 5000),
    "comments without an entry": lambda: HEADER + "#, a\n" * (MOST // 5),
    "empty lines": lambda: HEADER + "\n" * MOST,
    "a long comment": lambda: f"#{'x' * MOST}\n{HEADER}",
}
HARMLESS = {
    "a comment": lambda: f"#{'x' * ROOM}\n",
    "flags": lambda: f"#,{'a,' * (ROOM // 2)}\n",
    "places": lambda: f"#:{' a:1' * (ROOM // 4)}\n",
    "isolates that stay open": lambda: f"#:{chr(0x2068) * ROOM}\n",
    "comments": lambda: "#, a\n" * (MAX_LINES - 100),
    "empty lines": lambda: "\n" * (MAX_LINES - 100),
}


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def read_in_little_room(path):
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=HOME,
        capture_output=True,
        check=False,
        preexec_fn=limited,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_a_bomb_is_refused_in_little_memory(tmp_path, make):
    path = tmp_path / "bomb.po"
    path.write_text(make(), encoding="utf-8")
    assert path.stat().st_size <= MAX_BYTES
    assert read_in_little_room(path).startswith("refused: bomb.po")


@pytest.mark.parametrize("make", HARMLESS.values(), ids=HARMLESS)
def test_what_is_only_large_is_read_in_little_memory(tmp_path, make):
    path = tmp_path / "large.po"
    path.write_text(with_header(f'{make()}msgid "a"\nmsgstr ""\n'), encoding="utf-8")
    assert read_in_little_room(path) == "1\n"


def test_a_file_is_not_even_read_that_is_too_large(tmp_path):
    path = tmp_path / "bomb.po"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)
    assert "has 5,000,000,000 bytes" in read_in_little_room(path)


def test_what_is_no_file_is_refused():
    assert "not a regular file" in read_in_little_room(Path("/dev/zero"))


def test_a_catalog_may_be_as_large_as_the_limits_say():
    most = parse(HEADER + entries(MAX_ENTRIES - 1), path="x.po")
    assert len(most.messages) == MAX_ENTRIES - 1
    half = f'"{"x" * (MAX_TEXT // 2)}"'
    long = parse(entry(f"{half}\n{half}"), path="x.po")
    assert len(long.messages[0].msgstr) == MAX_TEXT


@pytest.mark.parametrize("count", [0, MAX_FORMS + 1])
def test_as_many_forms_as_no_language_has_are_refused(count):
    with pytest.raises(CatalogError, match=f"nplurals={count}") as caught:
        parse(forms(count), path="x.po")
    assert caught.value.line == 1
