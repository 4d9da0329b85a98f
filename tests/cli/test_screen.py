import io
import sys

import pytest

from pipeline.cli.screen import Screen, bar, printable
from tests.builders import TURKISH, make_site, publish, publish_process, translate
from tests.cli.terminal import COLOUR, ESCAPE, in_terminal

COMMANDS = [
    ("status",),
    ("check",),
    ("build",),
    ("explain", "articles/scalp"),
    ("extract", "--check"),
]
ARABIC = dict.fromkeys(TURKISH, "العناية بفروة الرأس بعد 3 أيام و 50 mg")


@pytest.fixture
def wrong(turkish):
    """A site about which every command has something to say in Turkish."""
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})
    return turkish


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_a_terminal_gets_no_escape_codes(wrong, command):
    ran = publish(wrong, *command)

    assert ran.out
    assert "\x1b" not in ran.out + ran.err
    assert "\r" not in ran.out + ran.err


def test_a_terminal_shows_how_far_the_work_is(wrong):
    code, seen = in_terminal(wrong, "build", TERM="xterm-256color")

    assert code == 1
    assert "translating" in seen
    assert "\x1b[?25h" in seen  # the cursor is back
    assert "1 with a check's error of 6" in ESCAPE.sub("", seen)


def test_no_color_is_respected(wrong):
    coloured = in_terminal(wrong, "build", TERM="xterm-256color")[1]
    plain = in_terminal(wrong, "build", TERM="xterm-256color", NO_COLOR="1")[1]

    assert COLOUR.search(coloured)
    assert not COLOUR.search(plain)


def test_a_dumb_terminal_gets_no_escape_codes(wrong):
    code, seen = in_terminal(wrong, "status", TERM="dumb")

    assert code == 0
    assert "articl" in seen
    assert "\x1b" not in seen


PLAIN = {
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "PYTHONIOENCODING": "",
}


@pytest.mark.parametrize("command", [("check",), ("status",), ("check", "--json")])
@pytest.mark.parametrize(
    "speaks", [PLAIN, {"PYTHONIOENCODING": "iso-8859-9"}], ids=["C", "iso-8859-9"]
)
def test_a_terminal_that_cannot_write_turkish_or_arabic_is_no_trouble(
    wrong, command, speaks
):
    translate(wrong, ARABIC)

    ran = publish_process(wrong, *command, env=speaks)

    assert ran.code in {0, 1}
    assert "Traceback" not in ran.err
    assert ran.out


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path):
    make_site(tmp_path, {"source/articles/saç bakımı.md": "# Hair\n\nWords.\n"})

    latin = {"PYTHONIOENCODING": "iso-8859-9"}

    built = publish_process(tmp_path, "build", "--json", env=latin)
    refused = publish_process(tmp_path, "explain", "مقالة", "--json", env=latin)

    assert "articles/saç bakımı" in {page["article"] for page in built.json["pages"]}
    assert refused.code == 2
    assert "articles/saç bakımı" in refused.json["errors"][0]["hint"]


@pytest.mark.parametrize("name", ["kliniğim İzmir", "عيادتي 'a\"b"])
def test_a_site_may_lie_in_a_folder_of_any_name(tmp_path, name):
    root = tmp_path / name
    root.mkdir()
    make_site(root, {"source/مقالات/saç bakımı.md": "# Hair\n\nWords of it.\n"})

    extracted = publish_process(tmp_path, "extract", "-C", name)
    built = publish_process(root, "build", env={"LC_ALL": "C"})

    assert (extracted.code, built.code) == (0, 3)
    assert (root / "locales/tr/LC_MESSAGES/مقالات/saç bakımı.po").exists()
    assert (root / "dist/site/en/sac-bakimi/index.html").exists()


def test_what_steers_the_terminal_is_not_printed():
    assert printable("a\x1b[2Jb\x00\x9b\u2028") == "a\ufffd[2Jb\ufffd\ufffd\ufffd"


def test_what_shapes_letters_is_printed():
    text = "می\u200cخواهم 100\u00a0kg \u200fعربي\u2066x\u2069"

    assert printable(text) == text


def test_a_lone_half_of_a_character_is_replaced():
    assert printable("a\udcff") == "a\ufffd"


def test_a_line_is_one_line(capsys):
    Screen().line("two\nlines")

    assert capsys.readouterr().out == "two lines\n"


def test_markup_in_a_text_is_text(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    Screen().table(("what",), [("[red]not[/red] markup",)])

    assert "[red]not[/red] markup" in stream.getvalue()


def test_a_table_aligns_numbers_to_the_right(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)

    Screen().table(("name", "words"), [("a", "5"), ("b", "500")], right=("words",))

    ends = [line.rstrip() for line in stream.getvalue().splitlines() if "5" in line]
    assert len(ends[0]) == len(ends[1])


@pytest.mark.parametrize(
    ("part", "whole", "drawn"),
    [
        (0, 0, "    "),
        (0, 8, "    "),
        (1, 2, "██  "),
        (8, 8, "████"),
        (1, 32, "▏   "),
        (31, 32, "███▉"),
    ],
)
def test_a_bar_is_as_long_as_what_is_done(part, whole, drawn):
    assert bar(part, whole, width=4) == drawn
