"""The contract of `--json`: one document, exact keys, the documented exit code."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.cli.session import now
from pipeline.errors import ConfigError
from tests.builders import ARTICLE, CONFIG, make_site, po_path, publish, put, translate

OUTPUT = {"article", "locale", "path", "state", "changed", "why"}
FINDING = {
    "file",
    "line",
    "locale",
    "msgctxt",
    "msgid",
    "check",
    "severity",
    "message",
}
ERROR = {"path", "line", "message", "hint"}
ROWS = {
    "domains": {
        "domain",
        "locale",
        "new",
        "changed",
        "moved",
        "kept",
        "obsolete",
        "written",
    },
    "findings": FINDING,
    "refused": FINDING,
    "errors": ERROR,
    "pages": OUTPUT,
    "mails": OUTPUT,
    "failed": {"msgid", "domain", "engine", "why"},
    "articles": {
        "article",
        "state",
        "segments",
        "words",
        "approved",
        "translated",
        "fuzzy",
        "untranslated",
    },
}
DOCUMENTS = {
    "extract": {"domains", "errors"},
    "pretranslate": {"locales", "engines", "errors"},
    "check": {"findings", "errors"},
    "approve": {"approved", "refused", "errors"},
    "build": {"pages", "mails", "written", "removed", "errors"},
    "explain": {"pages", "mails", "written", "removed", "errors"},
    "status": {"locales", "errors"},
    "verify": {"files", "errors"},
}
LOCALES = {
    "pretranslate": {"locale", "filled", "failed", "left", "characters"},
    "status": {"locale", "articles"},
}
ARGUMENTS = {
    "approve": ("--reviewer", "Reviewer"),
    "explain": ("articles/scalp",),
    "pretranslate": ("--offline",),
}


def leave(_):
    """A site in which nothing is wrong."""


def change_a_dose(root):
    translate(root, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})


def cut_the_catalog(root):
    path = po_path(root)
    path.write_bytes(path.read_bytes()[:-30])


def forget_a_sentence(root):
    translate(root, {"Do not scratch.": ""})


def misspell_a_key(root):
    put(root, {"publish.toml": CONFIG + 'titel = "x"\n'})


def build(root):
    publish(root, "build")


def lose_a_page(root):
    build(root)
    (root / "dist/site/tr/scalp/index.html").unlink()


CASES = [
    ("extract", leave, 0),
    ("extract", cut_the_catalog, 1),
    ("extract", misspell_a_key, 2),
    ("pretranslate", leave, 0),
    ("pretranslate", cut_the_catalog, 1),
    ("pretranslate", misspell_a_key, 2),
    ("check", leave, 0),
    ("check", change_a_dose, 1),
    ("check", cut_the_catalog, 1),
    ("check", misspell_a_key, 2),
    ("approve", leave, 0),
    ("approve", change_a_dose, 1),
    ("approve", cut_the_catalog, 1),
    ("approve", misspell_a_key, 2),
    ("build", leave, 0),
    ("build", change_a_dose, 1),
    ("build", cut_the_catalog, 1),
    ("build", misspell_a_key, 2),
    ("build", forget_a_sentence, 3),
    ("explain", leave, 0),
    ("explain", change_a_dose, 1),
    ("explain", cut_the_catalog, 1),
    ("explain", misspell_a_key, 2),
    ("explain", forget_a_sentence, 3),
    ("status", leave, 0),
    ("status", forget_a_sentence, 0),
    ("status", cut_the_catalog, 1),
    ("status", misspell_a_key, 2),
    ("verify", build, 0),
    ("verify", lose_a_page, 1),
    ("verify", leave, 2),
]


def only_document(ran):
    document, end = json.JSONDecoder().raw_decode(ran.out)
    assert ran.out[end:] == "\n"
    return document


def check_rows(value, *, path=""):
    """Every list of objects has exactly the keys that the contract names."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in ROWS and isinstance(each, list):
                for row in each:
                    extra = {"messages", "comments"} if path == "explain" else set()
                    assert set(row) - extra == ROWS[key], key
            check_rows(each, path=path)
    elif isinstance(value, list):
        for each in value:
            check_rows(each, path=path)


@pytest.mark.parametrize(("command", "prepare", "code"), CASES)
def test_json_is_one_document_with_the_keys_of_its_command(
    turkish, command, prepare, code
):
    prepare(turkish)

    ran = publish(turkish, command, *ARGUMENTS.get(command, ()), "--json")

    document = only_document(ran)
    assert ran.code == code
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    if code == 2:
        assert set(document) == {"errors"}
        assert document["errors"]
        return
    assert set(document) == DOCUMENTS[command]
    check_rows(document, path=command)
    for row in document.get("locales", ()):
        assert set(row) == LOCALES[command]


@pytest.mark.parametrize(
    ("command", "prepare"),
    [(command, prepare) for command, prepare, code in CASES if code in {1, 2}],
)
def test_what_fails_is_said_in_one_line_each_with_its_place(turkish, command, prepare):
    prepare(turkish)

    ran = publish(turkish, command, *ARGUMENTS.get(command, ()), "--json")

    errors = ran.json["errors"]
    said = [line for line in ran.err.splitlines() if line.startswith("publish: ")]
    assert len(said) == len(errors) == len({json.dumps(error) for error in errors})
    for error in errors:
        assert "\n" not in error["message"] + error["hint"]
        assert not Path(error["path"]).is_absolute()
        assert command == "verify" or error["line"] > 0


@pytest.mark.parametrize("command", sorted(DOCUMENTS))
def test_without_json_nothing_on_standard_output_is_json(turkish, command):
    build(turkish)

    ran = publish(turkish, command, *ARGUMENTS.get(command, ()))

    assert ran.code == 0
    assert ran.out.strip()
    assert ran.err == ""
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.out)


def test_wrong_use_goes_before_failure_and_failure_before_what_is_held(turkish):
    forget_a_sentence(turkish)
    held = publish(turkish, "build")
    put(turkish, {"source/articles/bad.md": b"\xff"})
    failed = publish(turkish, "build")
    wrong = publish(turkish, "build", "--lang", "xx")

    assert (held.code, failed.code, wrong.code) == (3, 1, 2)


def test_warnings_never_change_the_exit_code(turkish):
    translate(turkish, {"Do not scratch.": "Kaşımayın!"})

    ran = publish(turkish, "check", "--json")

    assert {finding["severity"] for finding in ran.json["findings"]} == {"warning"}
    assert ran.code == 0


def test_a_name_that_is_not_utf_8_does_not_break_the_document(tmp_path):
    make_site(tmp_path)
    name = os.fsdecode(b"\xff\xfe.md")
    (tmp_path / "source/articles" / name).write_text(ARTICLE, encoding="utf-8")

    ran = publish(tmp_path, "extract", "--json")

    (error,) = ran.json["errors"]
    assert ran.code == 1
    assert "not UTF-8" in error["message"]


def test_the_present_is_that_of_source_date_epoch(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    assert now() == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("epoch", ["", None])
def test_without_it_the_present_is_the_clocks(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert now().tzinfo is UTC


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30, "1.5"])
def test_a_present_that_is_no_number_is_wrong_use(turkish, monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(ConfigError):
        now()
    assert publish(turkish, "build").code == 2
